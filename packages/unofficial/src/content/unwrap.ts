import type { Body, ContextInfo } from "../baileys/baileys.ts";

/** What a message says without what it is wrapped in. */
export interface Unwrapped {
  readonly body: Body;
  readonly viewOnce: boolean;
}

/** Wrappers that hold a message: one that disappears, a document with a caption, and the like. */
const WRAPPERS = [
  "ephemeralMessage",
  "documentWithCaptionMessage",
  "editedMessage",
  "associatedChildMessage",
  "groupStatusMessage",
  "groupStatusMessageV2",
] as const;
const ONCE = ["viewOnceMessage", "viewOnceMessageV2", "viewOnceMessageV2Extension"] as const;
// deeper is no message of anybody's
const DEEPEST = 5;

/** Takes a message out of its wrappers. */
export function unwrap(body: Body): Unwrapped {
  let inner = body;
  let viewOnce = false;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const once = ONCE.map((name) => inner[name]?.message).find(Boolean);
    const next = once ?? WRAPPERS.map((name) => inner[name]?.message).find(Boolean);
    if (!next) break;
    viewOnce ||= once !== undefined;
    inner = next;
  }
  return { body: inner, viewOnce };
}

// what travels beside a message and says nothing to a person: keys, secrets, the phone's talk with its devices
const BESIDE: readonly string[] = ["messageContextInfo", "senderKeyDistributionMessage", "protocolMessage"];

/** By WhatsApp's name, what a message is; nothing where it says nothing to a person. */
export function kindOf(body: Body): string | undefined {
  return Object.entries(body).find(([name, value]) => value != null && !BESIDE.includes(name))?.[0];
}

/** What stands beside what a message says; nothing where that kind has none. */
export function contextOf(body: Body): ContextInfo | undefined {
  const kind = kindOf(body);
  const value = kind === undefined ? undefined : (body as Readonly<Record<string, unknown>>)[kind];
  if (typeof value !== "object" || value === null || !("contextInfo" in value)) return undefined;
  return (value.contextInfo ?? undefined) as ContextInfo | undefined;
}
