import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";

/** A fake, listening on loopback. */
export interface FakeServer {
  /** `http://127.0.0.1:<port>`, to be used in place of the vendor's own. */
  readonly url: string;
  /** Stops listening and cuts what is open; resolves once the port is free. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 with a fetch function; where it answers undefined, or a body has more than `mostBytes`, the connection is cut. */
export async function serve(
  answer: (request: Request) => Promise<Response | undefined>,
  port: number,
  mostBytes: number = Number.POSITIVE_INFINITY,
): Promise<FakeServer> {
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, answer, mostBytes).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Response | undefined>,
  mostBytes: number,
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes) {
      outgoing.destroy();
      return;
    }
    chunks.push(chunk as Buffer);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (value !== undefined) headers.set(name, String(value));
  const method = incoming.method ?? "GET";
  const body = method === "GET" || method === "HEAD" || chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
  const response = await answer(
    new Request(`http://${incoming.headers.host ?? "127.0.0.1"}${incoming.url ?? "/"}`, { method, headers, ...body }),
  );
  if (!response) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pipeline(response.body, outgoing);
  else outgoing.end();
}
