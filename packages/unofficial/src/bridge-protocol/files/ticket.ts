import type { MediaContent } from "@wadesk/core";
import { PROTOCOL_VERSION } from "../signing/canonical-text.ts";
import { isSameText, signatureOf } from "../signing/hmac.ts";
import { type Refusal, refusal } from "../signing/refusal.ts";
import { readHeader, writeHeader } from "./file-header.ts";

/** By which one file may be brought to one number, once. */
export interface Ticket {
  readonly id: string;
  /** The bridge that gave it. */
  readonly bridge: string;
  readonly route: string;
  /** When it counts no more, in milliseconds since the epoch, by the clock of the bridge. */
  readonly endsAt: number;
  readonly mimeType: string;
  readonly fileName?: string;
  readonly kind?: MediaContent["kind"];
  /** Absent where it is known only when the file has ended. */
  readonly sizeBytes?: number;
}

/** For how long one counts, in milliseconds. */
export const TICKET_MS: number = 5 * 60_000;

/** A ticket as text that its bridge knows again. */
export async function signTicket(ticket: Ticket, secret: string): Promise<string> {
  const text = writeHeader(ticket);
  return `${text}.${await signatureOf(secret, signed(text))}`;
}

/** Reads one that this bridge has given and that still counts. */
export async function readTicket(
  text: string | null,
  { bridge, secrets, now }: { readonly bridge: string; readonly secrets: readonly string[]; readonly now: number },
): Promise<{ readonly ticket: Ticket } | { readonly refused: Refusal }> {
  if (text === null) return { refused: refusal("signature_missing", "A file is brought by a ticket, which the call `ticket` gives.") };
  const [told = "", signature = ""] = text.split(".", 2);
  const own = await Promise.all(secrets.map((secret) => signatureOf(secret, signed(told))));
  const matches = own.filter((mine) => isSameText(mine, signature));
  const ticket = matches.length > 0 ? (readHeader(told) as Ticket | undefined) : undefined;
  // bridges may have one secret
  if (ticket === undefined || ticket.bridge !== bridge)
    return {
      refused: refusal("signature_invalid", "This bridge has given no such ticket. Bring a file to the bridge that gave its ticket."),
    };
  if (ticket.endsAt <= now)
    return {
      refused: refusal("too_old", `A ticket counts for ${TICKET_MS / 60_000} minutes. Ask for another one, and bring the file at once.`),
    };
  return { ticket };
}

function signed(text: string): string {
  return `wadesk-bridge/${PROTOCOL_VERSION} ticket\n${text}`;
}
