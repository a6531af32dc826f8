import type { ConnectionStatus } from "../status/connection-status.ts";

/** One linked number of a workspace on one channel. Holds no secret. */
export interface Connection<Details = unknown> {
  readonly id: string;
  readonly workspaceId: string;
  /** The channel's kind, e.g. `cloud-api`. */
  readonly channel: string;
  /** Whose an inbound event is: `cloud-api:<phone number id>`. Unique across the platform. */
  readonly route: string;
  /** The vendor's account this number belongs to, e.g. `cloud-api:<WABA id>`; several connections may share it. */
  readonly account?: string;
  /** The app or account whose secret signs what the vendor says of this number, e.g. `cloud-api:app:<App ID>`. What others sign it does not hear. */
  readonly speaker?: string;
  readonly label: string;
  /** E.164 with the plus. */
  readonly phone?: string;
  /** ISO 3166 country of the phone, e.g. `BR`. */
  readonly region?: string;
  readonly primary: boolean;
  readonly status: ConnectionStatus;
  /** What the channel tells about the number, e.g. its quality rating. */
  readonly details: Details;
  /** What the person should know though the connection works, e.g. that its token expires. */
  readonly warnings: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly connectedAt?: number;
  readonly lastSeenAt?: number;
  /** Counts sessions; a signal of a former session changes nothing. */
  readonly epoch: number;
  /** Counts changes, for optimistic updates. */
  readonly version: number;
}
