import { ERROR_TABLE, type ErrorCode } from "../errors/error-table.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import type { AnyChannel } from "./channel.ts";

/** Throws a channel's error on, saying the channel's own sentence where the table's stood. Its detail stays. */
export function throwInOwnWords(channel: Pick<AnyChannel, "sentences"> | undefined, error: unknown): never {
  if (isWadeskError(error)) error.message = inOwnWords(channel, error.message);
  throw error;
}

/** A text with the channel's own sentence, where one of the table's stands at its front. */
export function inOwnWords(channel: Pick<AnyChannel, "sentences"> | undefined, text: string): string {
  for (const [reason, own] of Object.entries(channel?.sentences ?? {})) {
    // most reasons of a connection that waits or was ended are no errors
    const row = Object.hasOwn(ERROR_TABLE, reason) ? ERROR_TABLE[reason as ErrorCode] : undefined;
    if (own !== undefined && row !== undefined && text.startsWith(row.text)) return own + text.slice(row.text.length);
  }
  return text;
}
