import type { Connection } from "../model/connection.ts";
import type { Contact } from "../model/contact.ts";

/** A message that names no number, and the numbers that it may go out from. */
export interface NumberChoice {
  /** The tenant that sends. */
  readonly workspaceId: string;
  /** Whom the message goes to. */
  readonly to: Contact;
  /** The connection that the contact last spoke with, as it now stands, which may be disconnected; absent for somebody new. */
  readonly last: Connection | undefined;
  /** The workspace's connections of this channel that are connected, oldest first. The storage is asked with the first call. */
  connected(): Promise<readonly Connection[]>;
}

/**
 * Says from which of a workspace's numbers a message goes out, the best first. Core asks for the next one only where the one before proves unable before
 * anything has left it; what may have left is `outcome_unknown` and goes nowhere else. A rule that names none has the send rejected with `no_connection`, and
 * one that throws with what it threw.
 */
export type NumberRule = (choice: NumberChoice) => AsyncIterable<Connection> | Iterable<Connection>;
