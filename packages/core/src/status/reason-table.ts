import type { Remedy } from "../errors/error-row.ts";
import { ERROR_TABLE } from "../errors/error-table.ts";
import { utcText } from "../time/utc-text.ts";
import type { ConnectionStatus, DisconnectedReason, FailedReason, PendingReason, Restriction } from "./connection-status.ts";

/** Why a connection is not connected, whichever state that is. */
export type Reason = PendingReason | DisconnectedReason | FailedReason;

/** What a person is told of a connection's state. */
export interface Advice {
  /** The English sentence: what is so, then what to do. The channel's own where it has one. */
  readonly text: string;
  /** What can be done next. */
  readonly remedy: Remedy;
}

/** A channel's own sentences for reasons, in place of core's. */
export type ReasonSentences = { readonly [Each in Reason]?: string };

// one row per reason that is no error; the failed ones stand in the table of errors
const TABLE = {
  awaiting_scan: { remedy: "none", text: "the QR waits to be scanned with WhatsApp on the phone" },
  awaiting_code: { remedy: "none", text: "the code waits to be typed into WhatsApp on the phone" },
  passkey_required: { remedy: "none", text: "WhatsApp asks for a passkey, which nobody can give here; link another number" },
  restarting: { remedy: "wait", text: "WhatsApp restarts the link, which takes a few seconds" },
  syncing: { remedy: "wait", text: "the phone hands over its chats; keep WhatsApp open on it" },
  verifying: { remedy: "wait", text: "the credentials are being checked" },
  needs_repair: { remedy: "pair-again", text: "WhatsApp ended the session; pair the phone again" },
  unlinked: { remedy: "pair-again", text: "the link was removed on the phone; pair it again" },
  replaced: { remedy: "reconnect", text: "another program took over this session; stop it there, then reconnect, with no new QR" },
  silent: { remedy: "wait", text: "nothing has been heard of it for a while; it comes back by itself once it is heard" },
  requested: { remedy: "reconnect", text: "somebody of this workspace disconnected it; reconnect it to use it again" },
  connection_lost: { remedy: "wait", text: "the connection broke off and is being made again; check it if that lasts" },
  phone_inactive: { remedy: "pair-again", text: "the phone did not open WhatsApp for too long; open it there, then pair it again" },
} as const satisfies Record<PendingReason | DisconnectedReason, Advice>;
const ROWS: { readonly [Each in Reason]?: Advice } = TABLE;

/** What to tell of a state: of its reason, or of what limits one that is connected; nothing where all is well. */
export function adviceOf(status: ConnectionStatus, own: ReasonSentences | undefined): Advice | undefined {
  if (status.state === "connected") return status.restriction && { remedy: "wait", text: limitText(status.restriction) };
  const { reason } = status;
  // a row may be of a version with more of them
  const row: Advice | undefined = ROWS[reason] ?? ERROR_TABLE[reason as FailedReason];
  return row && { remedy: row.remedy, text: own?.[reason] ?? row.text };
}

function limitText({ until }: Restriction): string {
  return `the provider limits what this number may send${until === undefined ? ", and names no end" : ` until ${utcText(until)}`}`;
}
