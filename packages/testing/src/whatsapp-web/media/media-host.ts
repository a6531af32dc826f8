import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { Agent, createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { loopbackCertificate } from "./certificate.ts";
import { routeFetch } from "./fetch-route.ts";

/** A host on loopback that files are uploaded to and fetched from. */
export interface MediaHost {
  /** `127.0.0.1:<port>`, to be reached by HTTPS. */
  readonly hostname: string;
  /** `http://127.0.0.1:<port>`: the same without TLS. */
  readonly plainUrl: string;
  /** Its certificate as PEM. */
  readonly certificate: string;
  /** Reaches the host and no other. */
  readonly agent: Agent;
  close(): Promise<void>;
}

/** What a media host does. */
export interface MediaHostOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether there is a file at a path, or was. */
  has(path: string): boolean;
  /** Answers a request to fetch a file: its bytes, or an HTTP status. */
  fetch(path: string): Uint8Array | number;
  /** Answers an upload: what is told to the uploader, or an HTTP status. */
  upload(url: URL, body: Buffer): Readonly<Record<string, string>> | number;
}

const LARGEST_BYTES = 128 * 1_048_576;

/** Opens a media host with a certificate of its own, made now. While it is open `fetch` in this process reaches it. */
export async function mediaHost(options: MediaHostOptions): Promise<MediaHost> {
  const { certificate, privateKey } = loopbackCertificate(options.now);
  const answer: RequestListener = (request, response) => {
    const url = new URL(request.url ?? "/", "https://127.0.0.1");
    if (request.method === "POST") takeUpload(request, response, (body) => options.upload(url, body));
    else giveFile(request, response, options.fetch(url.pathname));
  };
  const secure = createTlsServer({ key: privateKey, cert: certificate }, answer);
  const plain = createServer(answer);
  const [port, plainPort] = await Promise.all([secure, plain].map(listening));
  const agent = new Agent({ ca: certificate });
  const hostname = `127.0.0.1:${port}`;
  const stopRouting = routeFetch({
    origin: `https://${hostname}`,
    plainOrigin: `http://127.0.0.1:${plainPort}`,
    has: (path) => options.has(new URL(path, "https://127.0.0.1").pathname),
  });
  return {
    hostname,
    plainUrl: `http://127.0.0.1:${plainPort}`,
    certificate,
    agent,
    close: async () => {
      stopRouting();
      agent.destroy();
      await Promise.all([secure, plain].map(closed));
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function takeUpload(
  request: IncomingMessage,
  response: ServerResponse,
  take: (body: Buffer) => ReturnType<MediaHostOptions["upload"]>,
): void {
  const parts: Buffer[] = [];
  let size = 0;
  request.on("data", (part: Buffer) => {
    size += part.length;
    if (size <= LARGEST_BYTES) parts.push(part);
  });
  request.on("end", () => {
    const answer = size > LARGEST_BYTES ? 413 : take(Buffer.concat(parts));
    const [status, body] = typeof answer === "number" ? [answer, { error: { code: answer } }] : [200, answer];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
}

function giveFile({ headers }: IncomingMessage, response: ServerResponse, file: Uint8Array | number): void {
  if (typeof file === "number") {
    response.writeHead(file).end();
    return;
  }
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "") ?? [];
  if (first === undefined) {
    response.writeHead(200, { "content-length": file.length }).end(file);
    return;
  }
  const from = Number(first);
  const to = Math.min(last ? Number(last) : file.length - 1, file.length - 1);
  if (from > to) {
    response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
    return;
  }
  const part = file.subarray(from, to + 1);
  response.writeHead(206, { "content-length": part.length, "content-range": `bytes ${from}-${to}/${file.length}` }).end(part);
}
