import { isWadeskError, WadeskError } from "@wadesk/core";
import type { SessionVoice } from "@wadesk/core/ports";
import type { Socket, WebMessage } from "../baileys/baileys.ts";
import type { FileReference } from "./file-ids.ts";

/** How long the phone may take to bring a file again, in milliseconds: Baileys 7.0.0-rc14 waits for ever, and a phone may be off for days. */
const PATIENCE_MS = 30_000;
const NOT_FOUND = 404;

/**
 * Asks the phone to bring a file to WhatsApp once more. Answers its new path; nothing where the phone has it no longer. Rejects with `media_unavailable` where the
 * phone does not answer within 30 seconds.
 */
export async function askAgain(
  { updateMediaMessage }: Pick<Socket, "updateMediaMessage">,
  after: SessionVoice["after"],
  file: FileReference,
): Promise<string | undefined> {
  const { message, kind, mediaKey, path } = file;
  if (message === undefined) return undefined;
  const { id, chat, fromMe, participant } = message;
  const asked: WebMessage = {
    key: { id, remoteJid: chat, fromMe, ...(participant !== undefined && { participant }) },
    message: { [`${kind}Message`]: { mediaKey: Buffer.from(mediaKey, "base64"), directPath: path, url: "" } },
  };
  const over = Promise.withResolvers<never>();
  const cancel = after(PATIENCE_MS, () => {
    over.reject(
      new WadeskError("media_unavailable", { detail: "the phone did not bring it again within 30 seconds; see that it is online" }),
    );
  });
  try {
    await Promise.race([updateMediaMessage(asked), over.promise]);
    // what the phone has answered was written into it
    const { directPath } = (asked.message as Readonly<Record<string, { readonly directPath?: string }>>)[`${kind}Message`] ?? {};
    return directPath;
  } catch (error) {
    if (isWadeskError(error)) throw error;
    if (statusOf(error) === NOT_FOUND) return undefined;
    throw new WadeskError("media_unavailable", { detail: "the phone could not be asked for it" });
  } finally {
    cancel();
  }
}

function statusOf(error: unknown): unknown {
  const { output } = (error ?? {}) as { readonly output?: { readonly statusCode?: unknown } };
  return output?.statusCode;
}
