import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Express } from "express";
import type { Config } from "./config.ts";

/** A listening application. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens where the configuration says, or on a free port when nobody chose one and 3000 is taken. */
export async function listen(app: Express, { host, port, portIsChosen }: Config): Promise<Listening> {
  const server = await open(app, host, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    if (portIsChosen) throw new Error(`port ${port} is taken; set PORT to a free one`);
    return open(app, host, 0);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, close };
}

function open(app: Express, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(server)));
  });
}
