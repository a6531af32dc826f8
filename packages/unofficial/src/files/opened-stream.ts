import { createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { WadeskError } from "@wadesk/core";
import type { FileReference } from "./file-ids.ts";

const BLOCK = 16;
/** So many bytes of an HMAC stand behind a file. */
const MAC_BYTES = 10;

/** What a file's keys are derived with, after what it is. Source: whatsmeow, `download.go`; pictures and stickers are alike. */
const INFO: Readonly<Record<FileReference["kind"], string>> = {
  image: "WhatsApp Image Keys",
  sticker: "WhatsApp Image Keys",
  video: "WhatsApp Video Keys",
  audio: "WhatsApp Audio Keys",
  document: "WhatsApp Document Keys",
};

/**
 * A file as it was before it was sealed, read as the sealed one comes. Fails with `media_corrupt` at its end where it is not the one that was sealed: until then
 * do not use what came. Cancelling it cancels the other.
 */
export function openedStream(sealed: ReadableStream<Uint8Array>, { kind, mediaKey }: FileReference): ReadableStream<Uint8Array> {
  const keys = Buffer.from(hkdfSync("sha256", Buffer.from(mediaKey, "base64"), new Uint8Array(), INFO[kind], 112));
  const [iv, cipherKey, macKey] = [keys.subarray(0, 16), keys.subarray(16, 48), keys.subarray(48, 80)];
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  const mac = createHmac("sha256", macKey).update(iv);
  const reader = sealed.getReader();
  // the last bytes are the MAC, and nobody knows beforehand which those are
  let held = Buffer.alloc(0);

  const whole = (): Uint8Array => {
    const told = held.subarray(-MAC_BYTES);
    const rest = held.subarray(0, -MAC_BYTES);
    if (held.length < MAC_BYTES || !mac.update(rest).digest().subarray(0, MAC_BYTES).equals(told)) throw corrupt();
    try {
      return Buffer.concat([decipher.update(rest), decipher.final()]);
    } catch {
      throw corrupt();
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) {
            const last = whole();
            if (last.length > 0) controller.enqueue(last);
            controller.close();
            return;
          }
          held = Buffer.concat([held, value]);
          const ready = Math.floor((held.length - MAC_BYTES - BLOCK) / BLOCK) * BLOCK;
          if (ready <= 0) continue;
          const part = held.subarray(0, ready);
          held = held.subarray(ready);
          mac.update(part);
          const opened = decipher.update(part);
          if (opened.length === 0) continue;
          controller.enqueue(new Uint8Array(opened));
          return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function corrupt(): WadeskError {
  return new WadeskError("media_corrupt", { detail: "what came is not what was sealed" });
}
