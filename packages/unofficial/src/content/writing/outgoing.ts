import { WadeskError } from "@wadesk/core";
import type { Body, ContextInfo } from "../../baileys/baileys.ts";
import type { FileReference } from "../../files/file-ids.ts";
import type { KnownMessage } from "../../known/known-messages.ts";
import type { Address } from "./addresses.ts";
import type { LinkPreview } from "./link-preview.ts";

/** What writing needs to know. */
export interface Writing {
  /** The chat it goes to. */
  readonly jid: string;
  readonly address: Address;
  readonly known: (messageId: string) => Promise<KnownMessage | undefined>;
  readonly openFile: (id: string) => FileReference | undefined;
  /** What a link in the text shows; nothing where that cannot be had. */
  readonly preview: (text: string) => Promise<LinkPreview | undefined>;
  /** So many bytes that nobody can guess. */
  readonly random: (bytes: number) => Uint8Array;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The same message with something more beside what it says. Kinds that have no place for it stay as they are. */
export function withContext(body: Body, more: ContextInfo): Body {
  if (Object.keys(more).length === 0) return body;
  const [entry] = Object.entries(body).filter(([name]) => name !== "messageContextInfo");
  if (entry === undefined) return body;
  const [kind, value] = entry as [string, { readonly contextInfo?: ContextInfo }];
  return { ...body, [kind]: { ...value, contextInfo: { ...value.contextInfo, ...more } } };
}

const UNKNOWN = "no message of this id came in or went out on this number in the last 14 days";

/** The message of an id. Rejects with `content_invalid` or, for `replyTo`, `input_invalid` where it is not known. */
export async function knownOr(writing: Pick<Writing, "known">, messageId: string, field: string): Promise<KnownMessage> {
  const found = await writing.known(messageId);
  if (found !== undefined) return found;
  throw refused(field, UNKNOWN, "not_found");
}

/** The error for a field that WhatsApp, or what is known here, does not allow. */
export function refused(field: string, message: string, code: "not_found" | "conflicts" | "unusable" | "required"): WadeskError {
  const issues = [{ field, code, message }];
  return new WadeskError(field.startsWith("content") ? "content_invalid" : "input_invalid", { detail: `${field}: ${message}`, issues });
}
