import { connect, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Stands between a host and its database, and can take the database away. */
export interface TcpProxy {
  readonly port: number;
  /** From now on nobody gets through: `refusing` ends what is open and refuses the rest, `silent` takes everything and gives nothing back. */
  away(how: "refusing" | "silent"): Promise<void>;
  /** Lets everybody through again; what was silent goes on where it stopped. */
  back(): Promise<void>;
}

/** Opens a proxy on loopback before a port; it is closed when the test has finished. */
export async function openTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // what ends one side ends the other, by `close`
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    return socket;
  };
  const join = (from: Socket, to: Socket): void => {
    from.on("data", (chunk) => {
      if (!to.write(chunk)) from.pause();
    });
    to.on("drain", () => {
      if (!silent) from.resume();
    });
    from.once("close", () => to.destroy());
    if (silent) from.pause();
  };
  const server: Server = createServer((incoming) => {
    const outgoing = keep(connect(target));
    join(keep(incoming), outgoing);
    join(outgoing, incoming);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  const shut = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  await listen(0);
  onTestFinished(shut);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const { port } = address;
  return {
    port,
    async away(how) {
      if (how === "refusing") return shut();
      silent = true;
      for (const socket of sockets) socket.pause();
    },
    async back() {
      if (!server.listening) await listen(port);
      silent = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
