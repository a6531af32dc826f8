import { isWadeskError, WadeskError } from "../../errors/wadesk-error.ts";
import type { Progress } from "./progress.ts";
import { hexOf, startSha256 } from "./sha256.ts";

/** What a file must be, as far as it is known. */
export interface Expected {
  /** The most bytes that may come. */
  readonly maxBytes: number;
  readonly sizeBytes: number | undefined;
  /** In hex. */
  readonly sha256: string | undefined;
}

/**
 * A file's bytes as they come, no more than are asked for. Errors with `media_too_large` as soon as more came than may, with `media_corrupt` where
 * they are not as long as told, or at their end have another hash, and with `media_unavailable` where they stop coming.
 */
export async function checkedStream(
  source: ReadableStream<Uint8Array>,
  expected: Expected,
  progress: Progress,
): Promise<ReadableStream<Uint8Array>> {
  const { maxBytes, sizeBytes, sha256 } = expected;
  const hash = sha256 === undefined ? undefined : await startSha256();
  const reader = source.getReader();
  let read = 0;

  // also while nobody reads: the vendor's connection must not wait for a reader that may be gone
  const abandon = (): void => letGo(reader, progress.signal.reason);
  if (progress.signal.aborted) abandon();
  progress.signal.addEventListener("abort", abandon, { once: true });

  const take = (bytes: Uint8Array): Uint8Array => {
    read += bytes.byteLength;
    if (read > maxBytes) throw tooLarge(maxBytes);
    if (sizeBytes !== undefined && read > sizeBytes) throw corrupt(`more than the ${sizeBytes} bytes that were told`);
    hash?.update(bytes);
    progress.came(bytes.byteLength);
    return bytes;
  };
  const finish = (): void => {
    if (sizeBytes !== undefined && read !== sizeBytes) throw corrupt(`${read} bytes came of ${sizeBytes}`);
    if (hash !== undefined && hexOf(hash.digest()) !== sha256) throw corrupt("its SHA-256 is another one");
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await progress.within(reader.read());
          // who lets go of a stream makes it look ended
          progress.signal.throwIfAborted();
          if (!done) return controller.enqueue(take(value));
          finish();
          progress.done();
          controller.close();
        } catch (error) {
          // the owner's own reason, or ours; a client's error carries the request and its credentials
          const failure = isWadeskError(error) || progress.signal.aborted ? error : brokenOff(read);
          progress.end(failure);
          throw failure;
        }
      },
      cancel: (reason) => progress.end(reason),
    },
    // nothing is taken before it is asked for
    { highWaterMark: 0 },
  );
}

/** Drops a stream; one that has failed already has nothing more to say. */
export function letGo(stream: { cancel(reason?: unknown): Promise<void> }, reason: unknown): void {
  stream.cancel(reason).catch(() => {});
}

/** The error for a file that is too large; its limit in bytes. */
export function tooLarge(limit: number, size?: number): WadeskError {
  return new WadeskError("media_too_large", {
    detail: size === undefined ? `the limit is ${limit} bytes` : `${size} bytes; the limit is ${limit}`,
  });
}

function corrupt(detail: string): WadeskError {
  return new WadeskError("media_corrupt", { detail });
}

function brokenOff(read: number): WadeskError {
  return new WadeskError("media_unavailable", { detail: `the connection broke off after ${read} bytes` });
}
