import type { WireConnection } from "../../wire/connection.ts";
import type { WireFailure } from "../../wire/problem.ts";
import type { Labels } from "../labels/en/en.ts";

/** What a colour says: all is well, somebody or something is waited for, it is off, it is broken, work goes on. */
export type Tone = "ok" | "wait" | "off" | "bad" | "info";

/** What a person can do about a state, by the key of its word. */
export type Remedy = keyof Labels["states"]["remedies"];

/** How a connection looks: its colour, its word, and what can be done. */
export interface Look {
  readonly tone: Tone;
  readonly chip: keyof Labels["states"]["chips"];
  readonly remedy?: Remedy;
}

const LOOKS: Readonly<Record<WireConnection["status"]["state"], Look>> = {
  connected: { tone: "ok", chip: "connected" },
  pending: { tone: "wait", chip: "pending" },
  disconnected: { tone: "off", chip: "disconnected" },
  failed: { tone: "bad", chip: "failed" },
};

const REMEDIES: Readonly<Record<string, Remedy | "none">> = {
  restarting: "open",
  syncing: "open",
  verifying: "open",
  unlinked: "pairAgain",
  replaced: "connectAgain",
  silent: "checkNow",
  connection_lost: "checkNow",
  phone_inactive: "pairAgain",
  credentials_rejected: "reconnect",
  token_expired: "reconnect",
  scope_missing: "reconnect",
  app_mismatch: "reconnect",
  pair_failed: "pairAgain",
  banned: "checkNow",
  temporarily_banned: "checkNow",
  locked: "checkNow",
  client_outdated: "none",
  bridge_unreachable: "checkNow",
};
// of a reason that is a channel's own or of a newer version
const BY_ADVICE: Readonly<Record<string, Remedy>> = {
  "pair-again": "pairAgain",
  reconnect: "reconnect",
  retry: "checkNow",
  wait: "checkNow",
};

/** How a connection looks. `linksPhone` says whether its channel links the phone in the hand. */
export function lookOf({ status, connectedAt, advice }: WireConnection, linksPhone: boolean): Look {
  const look = LOOKS[status.state];
  if (status.state === "connected") return look;
  const { reason = "" } = status;
  if (status.state === "pending" && REMEDIES[reason] !== "open") {
    // one that has worked before waits for its phone again; one that never has is being linked
    const repair = reason === "needs_repair" || connectedAt !== undefined;
    return repair ? { tone: "wait", chip: "repair", remedy: linksPhone ? "pairAgain" : "reconnect" } : { ...look, remedy: "open" };
  }
  if (reason === "requested" || reason === "number_mismatch") return { ...look, remedy: linksPhone ? "pairAgain" : "reconnect" };
  const remedy = REMEDIES[reason] ?? BY_ADVICE[advice?.remedy ?? ""] ?? "none";
  if (remedy === "none") return look;
  // whoever has the phone in the hand scans, whoever has credentials pastes
  if (remedy === "pairAgain" && !linksPhone) return { ...look, remedy: "reconnect" };
  return { ...look, remedy };
}

/** The sentence of a connection's reason, by its channel; nothing where all is well. */
export function whyOf({ channel, status, advice }: WireConnection, words: Labels["states"]): string | undefined {
  const { reason } = status;
  if (status.state === "connected" || reason === undefined) return undefined;
  return reasonOf(channel, reason, words) ?? sentence(advice?.text);
}

/** Why something could not be done with a connection, in the words of its states where they have the code. */
export function failureOf(
  { channel }: Pick<WireConnection, "channel">,
  { code, message }: WireFailure,
  words: Labels["states"],
): string | undefined {
  return reasonOf(channel, code, words) ?? sentence(message);
}

function reasonOf(channel: string, reason: string, words: Labels["states"]): string | undefined {
  const own: Readonly<Record<string, string>> =
    channel === "cloud-api" ? words.cloudReasons : channel === "twilio" ? words.twilioReasons : {};
  const all: Readonly<Record<string, string>> = words.reasons;
  return own[reason] ?? all[reason];
}

/** An English clause as a sentence of its own. */
export function sentence(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
