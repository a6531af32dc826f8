import type { FaultHandle } from "../../fakes/stage/fault-list.ts";

/** A person who has a phone with WhatsApp. */
export interface Person {
  /** E.164 with the plus. */
  readonly phone: string;
  readonly name: string;
}

/** What a person has of a message, by hand. */
export type HandStatus = "delivered" | "read" | "failed";

/** A message that the application has sent, as the page shows it. */
export interface SentView {
  readonly id: string;
  readonly to: string;
  readonly kind: string;
  readonly text: string;
  readonly status: string;
  /** The vendor's code of a failure. */
  readonly code?: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The statuses that may still follow. */
  readonly next: readonly HandStatus[];
}

/** A webhook on its way to the application, as the page shows it. */
export interface DeliveryView {
  readonly url: string;
  /** What it tells, in a few words. */
  readonly about: string;
  readonly isSigned: boolean;
  /** 1 is the first attempt. */
  readonly attempt: number;
  /** The HTTP status of the answer; undefined where none came. */
  readonly status: number | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Something that can go wrong, at a click. */
export interface FaultChoice {
  readonly id: string;
  readonly label: string;
  /** Whether it holds from one moment to another by its nature, as a ban does, and not for a call or so. */
  readonly isState: boolean;
  /** Begins it: for the next time, or until it is ended. */
  start(isLasting: boolean): FaultHandle;
}

/** One of the vendors, behind the page. */
export interface Vendor {
  readonly name: "meta" | "twilio" | "whatsapp";
  /** What an application is told of it, by the names of the environment. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly faults: readonly FaultChoice[];
  /** Throws or rejects with a sentence where the number is none or is taken. */
  addPerson(person: Person): unknown;
  /** The person writes to the business. */
  write(phone: string, text: string): unknown;
  /** Whether what comes is delivered and read at once, or waits for a hand. */
  setAtOnce(phone: string, isAtOnce: boolean): void;
  sent(): readonly SentView[];
  deliveries(): readonly DeliveryView[];
  /** Throws with a sentence where the vendor would never tell this. */
  setStatus(id: string, status: HandStatus): unknown;
  close(): Promise<void>;
}
