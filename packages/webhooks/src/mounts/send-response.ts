import type { ServerResponse } from "node:http";
import { dropUpload, isStillSending } from "./drop-upload.ts";

/**
 * Writes a fetch response to Node's, streamed: each chunk as soon as it is there, no faster than the client takes it. When the client
 * hangs up the body is cancelled; when the body breaks the connection is cut, so that nobody takes half an answer for a whole one. A client that
 * is answered while it still sends is told to stop, by `Connection: close`, and the connection ends when it has, or soon.
 */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  // a body that came together with its head is only taken in when the head was dealt with
  if (isStillSending(outgoing)) await new Promise((resolve) => setImmediate(resolve));
  if (outgoing.headersSent || outgoing.destroyed) return void (await response.body?.cancel());
  outgoing.statusCode = response.status;
  if (response.statusText !== "" && outgoing.req.httpVersionMajor < 2) outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  // one header each: cookies do not join with commas, and middleware may have set its own
  for (const cookie of response.headers.getSetCookie()) outgoing.appendHeader("set-cookie", cookie);
  const isEarly = isStillSending(outgoing);
  if (isEarly) outgoing.setHeader("connection", "close");
  if (!response.body || outgoing.req.method === "HEAD") {
    await end(outgoing, isEarly && !response.body);
    await response.body?.cancel();
    return;
  }
  // live events have their headers long before their first chunk
  outgoing.flushHeaders();
  await pour(response.body, outgoing);
}

async function pour(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  const hangUp = (): void => void reader.cancel().catch(() => undefined);
  outgoing.once("close", hangUp);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (outgoing.destroyed) return;
      if (done) return await end(outgoing);
      if (!outgoing.write(value)) await drained(outgoing);
    }
  } catch {
    outgoing.destroy();
  } finally {
    outgoing.off("close", hangUp);
  }
}

// the end of an answer that closes its connection closes it at once, whatever is still on its way
async function end(outgoing: ServerResponse, isEmpty = false): Promise<void> {
  if (isStillSending(outgoing)) {
    if (isEmpty && outgoing.statusCode !== 204 && outgoing.statusCode !== 304) outgoing.setHeader("content-length", "0");
    outgoing.flushHeaders();
    await dropUpload(outgoing.req);
  }
  outgoing.end();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off("drain", done).off("close", done);
      resolve();
    };
    outgoing.once("drain", done).once("close", done);
  });
}
