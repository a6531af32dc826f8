import type { IncomingMessage } from "node:http";
import { isBytes } from "../body/is-bytes.ts";
import { turn } from "../body/turn.ts";
import { dropUpload, hasBody } from "./drop-upload.ts";

/** What frameworks and body parsers leave on Node's request. */
interface Prepared {
  /** The path as it was called, where a router has cut its own part off `url`. */
  readonly originalUrl?: string;
  /** The bytes that a parser's `verify` hook, or a serverless platform, has kept. */
  readonly rawBody?: unknown;
  /** Bytes after `express.raw()`; anything else is of no use. */
  readonly body?: unknown;
}

/**
 * Turns Node's request into fetch's, with the URL as it was called and the body's raw bytes. A body that a parser has eaten becomes a request
 * whose body is used, which a webhook handler answers with `raw_body_missing`. Nothing is read before the handler reads.
 */
export function toRequest(incoming: IncomingMessage, signal?: AbortSignal): Request {
  const method = incoming.method ?? "GET";
  const eaten = isEaten(incoming);
  const body = method === "GET" || method === "HEAD" ? undefined : eaten ? new ReadableStream<Uint8Array>() : bodyOf(incoming);
  const init = { method, headers: headersOf(incoming), ...(signal && { signal }), ...(body !== undefined && { body, duplex: "half" }) };
  const request = new Request(urlOf(incoming), init);
  if (eaten) request.body?.cancel().catch(() => undefined);
  return request;
}

function savedBody({ rawBody, body }: Prepared): BodyInit | undefined {
  if (isBytes(rawBody) || typeof rawBody === "string") return rawBody as BodyInit;
  return isBytes(body) ? (body as BodyInit) : undefined;
}

function isEaten(incoming: IncomingMessage & Prepared): boolean {
  return savedBody(incoming) === undefined && hasBody(incoming) && (incoming.readableDidRead || incoming.readableEnded);
}

function bodyOf(incoming: IncomingMessage & Prepared): BodyInit | undefined {
  return savedBody(incoming) ?? (hasBody(incoming) ? streamOf(incoming) : undefined);
}

// Not `Readable.toWeb`: when that is cancelled it destroys the socket, and with it the answer that says why.
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let cancelled = false;
  let wake = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // a client may write faster than small chunks are parsed, and the socket would be read on and on without a turn for anybody else
        if (incoming.readableDidRead && incoming.complete === false) await turn();
        while (!cancelled) {
          // all that has arrived in one piece, however small the pieces were in which it was sent
          const chunk: Uint8Array | null = incoming.read();
          if (chunk !== null) {
            incoming.pause();
            return controller.enqueue(chunk);
          }
          if (incoming.readableEnded) return controller.close();
          if (incoming.destroyed) throw incoming.errored ?? new Error("the client hung up before the body was complete");
          await new Promise<void>((resolve) => {
            wake = forgetting(incoming, resolve);
          });
        }
      },
      cancel() {
        cancelled = true;
        wake();
        void dropUpload(incoming).then((end) => {
          if (end === "too much") incoming.destroy();
        });
      },
    },
    { highWaterMark: 0 },
  );
}

/** Calls back once, when there is something to read or nothing will come any more; the answer calls it at once. */
function forgetting(incoming: IncomingMessage, then: () => void): () => void {
  const events = ["readable", "end", "error", "close"];
  const once = (): void => {
    for (const name of events) incoming.off(name, once);
    then();
  };
  for (const name of events) incoming.on(name, once);
  return once;
}

function urlOf(incoming: IncomingMessage & Prepared): string {
  const scheme = "encrypted" in incoming.socket ? "https" : "http";
  const authority = incoming.headers.host ?? String(incoming.headers[":authority"] ?? "");
  const origin =
    URL.canParse(`${scheme}://${authority}`) && !/[/?#@\\]/.test(authority) ? `${scheme}://${authority}` : `${scheme}://localhost`;
  const called = incoming.originalUrl ?? incoming.url ?? "/";
  if (called.startsWith("/")) return origin + called;
  // a client may write the whole URL, as to a proxy; OPTIONS may name "*"
  if (!URL.canParse(called)) return `${origin}/`;
  const { pathname, search } = new URL(called);
  return origin + pathname + search;
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const [name = "", value = ""] = incoming.rawHeaders.slice(index, index + 2);
    // HTTP/2 has its pseudo headers among them
    if (!name.startsWith(":")) headers.append(name, value);
  }
  return headers;
}
