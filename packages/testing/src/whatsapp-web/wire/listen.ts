import type { AddressInfo } from "node:net";
import type { WebSocket } from "ws";

/** A WebSocket server on loopback. */
export interface Listener {
  /** `ws://127.0.0.1:<port>/ws/chat`, to be used in place of WhatsApp's own. */
  readonly url: string;
  /** Drops every socket and stops listening. */
  close(): Promise<void>;
}

const PATH = "/ws/chat";
// what every client of WhatsApp Web calls itself; a browser states another website's own name
const ORIGIN = "https://web.whatsapp.com";
// a frame of WhatsApp Web is at most 16 MiB long
const LONGEST_MESSAGE = 2 ** 24 + 2 ** 16;

/** Listens on 127.0.0.1; port 0 takes a free one. Other websites in a browser of this computer are not let in. */
export async function listen(port: number, accept: (socket: WebSocket) => void): Promise<Listener> {
  const { WebSocketServer } = await import("ws");
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port,
    path: PATH,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE,
    verifyClient: ({ origin }: { readonly origin: string | undefined }) => origin === undefined || origin === ORIGIN,
  });
  server.on("connection", (socket) => accept(socket));
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${actual}${PATH}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => resolve());
      }),
  };
}
