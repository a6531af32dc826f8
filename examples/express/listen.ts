import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "@wadesk/example-app/server";

/** A listening server that has no application yet: its address is known before the client is made. */
export interface Listening {
  readonly url: string;
  serve(app: RequestListener): void;
  close(): Promise<void>;
}

/** Listens where the configuration says, or on a free port when nobody chose one and 3000 is taken. */
export async function listen({ host, port, portIsChosen }: Config): Promise<Listening> {
  const server = await open(host, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    if (portIsChosen) throw new Error(`port ${port} is taken; set PORT to a free one`);
    return open(host, 0);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const url = urlOf(server.address() as AddressInfo);
  return { url, serve: (app) => void server.on("request", app), close };
}

// where it can be opened: a name has become an address, and one that means all is that of this machine
function urlOf({ address, family, port }: AddressInfo): string {
  const own = address === "0.0.0.0" ? "127.0.0.1" : address === "::" ? "::1" : address;
  return family === "IPv6" ? `http://[${own}]:${port}` : `http://${own}:${port}`;
}

function open(host: string, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}
