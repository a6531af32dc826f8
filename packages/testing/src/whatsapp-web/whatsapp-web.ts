import type { Clock } from "@wadesk/core";
import type { FaultHandle } from "../fakes/stage/fault-list.ts";
import type { NewAccount } from "./directory/directory.ts";
import type { Phone } from "./phones/phone.ts";
import type { WhatsAppWebFault } from "./server/faults.ts";

/** A WhatsApp Web server on loopback with the people on it. */
export interface WhatsAppWeb {
  /** `ws://127.0.0.1:<port>/ws/chat`: what Baileys takes as `waWebSocketUrl`. */
  readonly url: string;
  /** Puts a person with a phone on WhatsApp. Throws when the number is taken or holds anything but 5 to 15 digits. */
  addPhone(person: NewAccount): Phone;
  /** Lets something go wrong; it strikes once, or as often as `times` says. */
  fault(fault: WhatsAppWebFault): FaultHandle;
  /** What clients did that WhatsApp Web's protocol does not know, each with its stanza. Every wait fails as soon as there is one. */
  readonly complaints: readonly string[];
  /** Answers the complaints and forgets them, for a test that provoked them. */
  takeComplaints(): readonly string[];
  /** Throws when there are complaints. */
  assertClean(): void;
  /** The newest 2,000 stanzas of both directions in readable form. Bytes are only counted: no key is ever in it. */
  transcript(): string;
  /** Cuts every connection and stops listening. Rejects when there are complaints, once everything is closed. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How the server is set up. Everything has a default. */
export interface WhatsAppWebOptions {
  /** A free one where absent. */
  readonly port?: number;
  /** The clock of the machine where absent. QR codes expire and timestamps are written by it. */
  readonly clock?: Clock;
  /** How many QR codes a client gets to show; 6 where absent. */
  readonly qrRefs?: number;
  /** The oldest client that may log in; an older one meets the failure 405. */
  readonly oldestVersion?: readonly [number, number, number];
  /** What a client is told to send along when it connects again. */
  readonly routingInfo?: Uint8Array;
  /** Stanzas of at least as many bytes are sent compressed; 4096 where absent. */
  readonly compressFromBytes?: number;
}
