import { WadeskError } from "@wadesk/core";

/**
 * Reads a request's raw bytes. Rejects with `raw_body_missing` when somebody read them before, `body_too_large` as soon as it is known that
 * there are more than `limit` bytes, and `body_invalid` when the upload broke off.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw new WadeskError("raw_body_missing");
  if (!request.body) return new Uint8Array();
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge(limit);
  const reader: ReadableStreamDefaultReader<unknown> = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = await nextOf(reader);
    if (!chunk) return chunks.length === 1 && chunks[0] ? chunks[0] : joined(chunks, length);
    length += chunk.length;
    if (length > limit) {
      // not awaited: the answer need not wait until the sender has understood
      reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    chunks.push(chunk);
  }
}

async function nextOf(reader: ReadableStreamDefaultReader<unknown>): Promise<Uint8Array | undefined> {
  const { done, value } = await reader.read().catch((cause: unknown) => {
    throw new WadeskError("body_invalid", { detail: "the upload broke off", cause });
  });
  if (done) return undefined;
  if (!(value instanceof Uint8Array)) throw new WadeskError("raw_body_missing", { detail: "the request's body does not give bytes" });
  return value;
}

function tooLarge(limit: number): WadeskError {
  return new WadeskError("body_too_large", { detail: `more than ${limit} bytes; bodyLimit of createWebhookHandler sets the limit` });
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
