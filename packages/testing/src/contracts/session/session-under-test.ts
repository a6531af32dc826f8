import type { AnyChannel, Contact, OutboundContent } from "@wadesk/core";

/** The vendor's side of one number, which a test plays. Each resolves when the vendor has done it, whether the channel has heard of it or not. */
export interface SessionVendor {
  /** How many sessions of the number are open. */
  readonly sessions: () => Promise<number>;
  /** How many messages it took from the number so far. */
  readonly taken: () => Promise<number>;
  /** Whether the vendor still knows the device. */
  readonly isLinked: () => Promise<boolean>;
  /** Breaks the connection of what is open, as a network does. */
  cut(): Promise<void>;
  /** Unlinks the number, as a person does on the phone. */
  unlink(): Promise<void>;
  /** Somebody writes to the number. Whether the client said that it has the message. */
  write(): Promise<"acknowledged" | "not acknowledged">;
}

/** A channel whose sessions are under test, with a vendor that knows one number. `channel` makes a fresh one each time, as another process would. */
export interface SessionUnderTest {
  /** The channel itself. */
  readonly channel: () => AnyChannel;
  /** What a person types to link the number; the vendor takes it. */
  readonly input: unknown;
  /** The texts that must never show, such as what the number is linked with. */
  readonly secrets: readonly string[];
  /** Somebody who can be written to, and what the channel can send them. */
  readonly to: Contact;
  /** What is sent. */
  readonly content: OutboundContent;
  /** The vendor's side of a session. */
  readonly vendor: SessionVendor;
  /** How long the channel may take for what it does by itself, in milliseconds; five seconds when absent. */
  readonly withinMs?: number;
  /** Reaches the vendor; absent where no channel of its kind asks over HTTP. */
  readonly fetch?: typeof fetch;
}
