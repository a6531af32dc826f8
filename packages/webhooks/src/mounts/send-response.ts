import type { ServerResponse } from "node:http";

/**
 * Writes a fetch response to Node's, streamed: each chunk as soon as it is there, no faster than the client takes it. When the client
 * hangs up the body is cancelled; when the body breaks the connection is cut, so that nobody takes half an answer for a whole one.
 */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  if (outgoing.headersSent || outgoing.destroyed) return void (await response.body?.cancel());
  outgoing.statusCode = response.status;
  if (response.statusText !== "" && outgoing.req.httpVersionMajor < 2) outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  // one header each: cookies do not join with commas, and middleware may have set its own
  for (const cookie of response.headers.getSetCookie()) outgoing.appendHeader("set-cookie", cookie);
  if (!response.body || outgoing.req.method === "HEAD") {
    outgoing.end();
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
      if (done) return void outgoing.end();
      if (!outgoing.write(value)) await drained(outgoing);
    }
  } catch {
    outgoing.destroy();
  } finally {
    outgoing.off("close", hangUp);
  }
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
