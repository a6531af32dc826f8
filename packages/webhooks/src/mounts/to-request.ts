import type { IncomingMessage } from "node:http";

/** How much of a refused upload is let through, in bytes, before the connection is cut. */
const MOST_DROPPED = 16 * 1024 * 1024;

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
  if (rawBody instanceof Uint8Array || typeof rawBody === "string") return rawBody as BodyInit;
  return body instanceof Uint8Array ? (body as BodyInit) : undefined;
}

function isEaten(incoming: IncomingMessage & Prepared): boolean {
  return savedBody(incoming) === undefined && hasBody(incoming) && (incoming.readableDidRead || incoming.readableEnded);
}

function bodyOf(incoming: IncomingMessage & Prepared): BodyInit | undefined {
  return savedBody(incoming) ?? (hasBody(incoming) ? streamOf(incoming) : undefined);
}

function hasBody({ headers, httpVersionMajor }: IncomingMessage): boolean {
  const length = headers["content-length"];
  // HTTP/2 needs neither header
  return httpVersionMajor > 1 || headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

// Not `Readable.toWeb`: when that is cancelled it destroys the socket, and with it the answer that says why.
function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let forget = (): void => undefined;
  const listen = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const onData = (chunk: Uint8Array): void => {
      incoming.pause();
      controller.enqueue(chunk);
    };
    const onEnd = (): void => {
      forget();
      controller.close();
    };
    const onBreak = (cause?: unknown): void => {
      forget();
      controller.error(cause ?? new Error("the client hung up before the body was complete"));
    };
    incoming.on("data", onData).once("end", onEnd).once("error", onBreak).once("close", onBreak);
    forget = () => void incoming.off("data", onData).off("end", onEnd).off("error", onBreak).off("close", onBreak);
    // a client that is gone already says so no second time
    if (incoming.destroyed) onBreak();
  };
  let listening = false;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (!listening) listen(controller);
        listening = true;
        incoming.resume();
      },
      cancel() {
        forget();
        // what is still coming is let through and dropped, since many clients read the answer only when they have sent everything
        let dropped = 0;
        incoming.on("data", (chunk: Uint8Array) => {
          dropped += chunk.byteLength;
          if (dropped > MOST_DROPPED) incoming.destroy();
        });
        incoming.resume();
      },
    },
    { highWaterMark: 0 },
  );
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
