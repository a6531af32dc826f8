import { type Clock, isWadeskError, WadeskError } from "@wadesk/core";
import { isBytes } from "./is-bytes.ts";
import { PIECES_A_TURN, turn } from "./turn.ts";

/** How long a body may take to arrive. */
export interface Patience {
  readonly clock: Clock;
  /** Milliseconds for the whole of it. */
  readonly withinMs: number;
}

/**
 * Reads a request's raw bytes into one buffer that grows, whatever pieces they come in. Rejects with `raw_body_missing` when somebody read them
 * before, `body_too_large` as soon as it is known that there are more than `limit` bytes, and `body_invalid` when the upload broke off or took too long.
 */
export async function readBody(request: Request, limit: number, patience?: Patience): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw new WadeskError("raw_body_missing");
  if (!request.body) return new Uint8Array();
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge(limit);
  const reader: ReadableStreamDefaultReader<unknown> = request.body.getReader();
  const drop = (): void => void reader.cancel().catch(() => undefined);
  let late = false;
  // ends the read that is waiting, too
  const calm = patience?.clock.after(patience.withinMs, () => {
    late = true;
    drop();
  });
  const whole = growing(limit);
  try {
    for (let pieces = 1; ; pieces += 1) {
      const { done, value } = await reader.read();
      if (late)
        throw new WadeskError("body_invalid", { detail: `the upload took longer than ${(patience?.withinMs ?? 0) / 1000} seconds` });
      if (done) return whole.bytes();
      if (!isBytes(value)) throw new WadeskError("raw_body_missing", { detail: "the request's body does not give bytes" });
      whole.add(value);
      // a stream that always has the next piece at hand would keep everybody else waiting to its end
      if (pieces % PIECES_A_TURN === 0) await turn();
    }
  } catch (error) {
    // not awaited: the answer need not wait until the sender has understood
    drop();
    if (isWadeskError(error)) throw error;
    throw new WadeskError("body_invalid", { detail: "the upload broke off", cause: error });
  } finally {
    calm?.();
  }
}

const LEAST = 16 * 1024;

/** Bytes that are added to one another, never more than `limit`. A body that came in one piece is that piece. */
function growing(limit: number): { add(chunk: Uint8Array): void; bytes(): Uint8Array } {
  let buffer = new Uint8Array();
  let length = 0;
  return {
    add(chunk) {
      const needed = length + chunk.length;
      if (needed > limit) throw tooLarge(limit);
      if (length === 0) buffer = chunk as Uint8Array<ArrayBuffer>;
      else {
        if (needed > buffer.length) buffer = grown(buffer, length, Math.min(limit, Math.max(needed, 2 * length, LEAST)));
        buffer.set(chunk, length);
      }
      length = needed;
    },
    bytes: () => (length === buffer.length ? buffer : buffer.subarray(0, length)),
  };
}

function grown(buffer: Uint8Array, length: number, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(length === buffer.length ? buffer : buffer.subarray(0, length));
  return larger;
}

function tooLarge(limit: number): WadeskError {
  return new WadeskError("body_too_large", { detail: `more than ${limit} bytes; bodyLimit of createWebhookHandler sets the limit` });
}
