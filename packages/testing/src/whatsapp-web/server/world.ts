import type { Clock } from "@wadesk/core";
import type { Baileys } from "../baileys.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import type { Directory } from "../directory/directory.ts";
import type { Addressing } from "../directory/jid.ts";
import type { Connection } from "../wire/connection.ts";
import type { Changes } from "./changes.ts";
import type { Complaints } from "./complaints.ts";
import type { WhatsAppWebFaults } from "./faults.ts";

/** What every room of the server knows. */
export interface World {
  readonly baileys: Baileys;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly changes: Changes;
  readonly complaints: Complaints;
  readonly faults: WhatsAppWebFaults;
  readonly settings: Settings;
  /** Who is logged in on which connection. */
  readonly sessions: Map<Connection, ClientSession>;
  /** A fresh id for a stanza. */
  readonly nextId: () => string;
  /** Seconds since the epoch, as stanzas state times. */
  readonly seconds: () => number;
  /** Runs work after a time by the clock, unless the server was closed before; the answer cancels it. */
  readonly after: (delayMs: number, work: () => void) => () => void;
}

/** How the server behaves. */
export interface Settings {
  /** How many QR codes a client gets to show. */
  readonly qrRefs: number;
  /** The oldest version that may log in, as `[2, 3000, 1]`; any where undefined. */
  readonly oldestVersion: readonly [number, number, number] | undefined;
  /** What a client is told to send along when it connects again; nothing where undefined. */
  readonly routingInfo: Uint8Array | undefined;
  /** How people name each other in a chat of two. */
  readonly chatAddressing: Addressing;
  /** How members know each other in groups that clients make. */
  readonly groupAddressing: Addressing;
}

/** A client that has logged in. */
export interface ClientSession {
  readonly connection: Connection;
  readonly account: Account;
  readonly device: LinkedDevice;
}
