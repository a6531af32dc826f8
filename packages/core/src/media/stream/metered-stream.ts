import { WadeskError } from "../../errors/wadesk-error.ts";
import { invalidField } from "../../fields/invalid.ts";
import { isBytes } from "./bytes-of.ts";
import { letGo, tooLarge } from "./checked-stream.ts";
import type { Progress } from "./progress.ts";
import { hexOf, startSha256 } from "./sha256.ts";

/** A stream, and what is known of it once it was read. */
export interface MeteredStream {
  readonly stream: ReadableStream<Uint8Array>;
  /** Why it ended early; nothing where it did not. */
  failure(): { readonly reason: unknown } | undefined;
  /** What went through. Throws `media_corrupt` where it was not read to its end. */
  whole(): { readonly sha256: string; readonly sizeBytes: number };
}

/**
 * Counts and hashes a file on its way out. It fails with `media_too_large` beyond the limit in bytes, and with `input_invalid`, naming the field, where
 * it is empty or yields what are no bytes.
 */
export async function meteredStream(
  source: ReadableStream<Uint8Array>,
  { limit, field, progress }: { readonly limit: number; readonly field: string; readonly progress?: Progress },
): Promise<MeteredStream> {
  const hash = await startSha256();
  const reader = source.getReader();
  let sizeBytes = 0;
  let failed: { readonly reason: unknown } | undefined;
  let ended = false;

  const take = (bytes: unknown): Uint8Array => {
    if (!isBytes(bytes)) throw invalidField(field, "must yield bytes, each piece a Uint8Array", "wrong_type", { expected: "bytes" });
    sizeBytes += bytes.byteLength;
    if (sizeBytes > limit) throw tooLarge(limit);
    hash.update(bytes);
    progress?.moved();
    return bytes;
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(take(value));
          if (sizeBytes === 0) throw invalidField(field, "is empty", "required");
          ended = true;
          controller.close();
        } catch (reason) {
          failed = { reason };
          letGo(reader, reason);
          throw reason;
        }
      },
      cancel: (reason) => letGo(reader, reason),
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    failure: () => failed,
    whole() {
      if (!ended) throw new WadeskError("media_corrupt", { detail: `the provider took ${sizeBytes} bytes and did not wait for the rest` });
      return { sha256: hexOf(hash.digest()), sizeBytes };
    },
  };
}
