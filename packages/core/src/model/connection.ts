import type { Notice } from "../errors/notice.ts";
import type { ConnectionStatus } from "../status/connection-status.ts";
import type { Advice } from "../status/reason-table.ts";

/** What a card shows of a number, in words that are the same for every channel. What a channel does not know, or has no word of ours for, is absent. */
export interface ConnectionFacts {
  /** How the people who are written to take it; `unrated` where the vendor has not said yet. */
  readonly quality?: "high" | "medium" | "low" | "unrated";
  /** How many people may be written to first in a day. */
  readonly messagingLimit?: number | "unlimited";
  /** When the access token ends, in milliseconds since the epoch. */
  readonly tokenExpiresAt?: number | "never";
  /** Whether it reaches everybody, or those alone who joined the vendor's sandbox. */
  readonly mode?: "live" | "sandbox";
  /** The vendor's account, masked for people: `AC12…cdef`. */
  readonly account?: string;
  /** What it was connected with that is no secret, by the fields of the channel's input: what a form for connecting it anew is filled in with. */
  readonly given?: Readonly<Record<string, string>>;
  /** Whose account it is: the workspace's, or the admin's. */
  readonly accountOrigin?: "own" | "admin";
  /** When the phone behind it was last heard of, in milliseconds since the epoch. */
  readonly phoneSeenAt?: number;
  /** When a webhook of its vendor last came for it, in milliseconds since the epoch, to ten minutes; absent until the first. */
  readonly webhookAt?: number;
  /** How much of its past has been handed over by the phone app that has the number too, in percent; `declined` where its owner shares none. Never falls. */
  readonly historyProgress?: number | "declined";
}

/** One linked number of a workspace on one channel. Holds no secret. */
export interface Connection<Details = unknown> {
  /** Our id, e.g. `con_…`: `from` of a message, and what every call takes. */
  readonly id: string;
  /** The tenant that it belongs to. */
  readonly workspaceId: string;
  /** The channel's kind, e.g. `cloud-api`. */
  readonly channel: string;
  /** Whose an inbound event is: `cloud-api:<phone number id>`. Unique across the platform. */
  readonly route: string;
  /** The vendor's account this number belongs to, e.g. `cloud-api:<WABA id>`; several connections may share it. */
  readonly account?: string;
  /** The app or account whose secret signs what the vendor says of this number, e.g. `cloud-api:app:<App ID>`. What others sign it does not hear. */
  readonly speaker?: string;
  /** What people know it by; its number where nobody named it. */
  readonly label: string;
  /** E.164 with the plus. */
  readonly phone?: string;
  /** ISO 3166 country of the phone, e.g. `BR`. */
  readonly region?: string;
  /** Whether it is the one that a message goes out from that names none: one of a workspace and channel. */
  readonly primary: boolean;
  /** Whether it works, since when, and why not. */
  readonly status: ConnectionStatus;
  /** What the channel tells about the number, e.g. its quality rating. */
  readonly details: Details;
  /** What a card shows of it; absent until its channel has told. */
  readonly facts?: ConnectionFacts;
  /** What its state means and what to do, in English; where it is read, and absent while it is connected and nothing limits it. */
  readonly advice?: Advice;
  /**
   * What the person should know though the connection works, e.g. that its token expires. What depends on time or facts is made anew whenever it is read;
   * a storage keeps only what the channel said.
   */
  readonly warnings: readonly Notice[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When it was last connected by somebody, in milliseconds since the epoch; absent of one that never was. */
  readonly connectedAt?: number;
  /** When it last showed that it works, in milliseconds since the epoch. */
  readonly lastSeenAt?: number;
  /** Counts sessions; a signal of a former session changes nothing. */
  readonly epoch: number;
  /** Counts changes, for optimistic updates. */
  readonly version: number;
}
