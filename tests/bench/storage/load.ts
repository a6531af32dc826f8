import { connect, type Socket } from "node:net";

/** Sends prepared requests over connections that stay open, each one at a time: a client that costs next to nothing. */
export interface Load {
  /** Sends them all and resolves when each was answered; rejects when an answer is not 200. */
  send(requests: readonly Buffer[]): Promise<void>;
  close(): void;
}

/** Opens the connections. */
export async function openLoad(port: number, connections: number): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  return {
    async send(requests) {
      let next = 0;
      const work = async (socket: Socket): Promise<void> => {
        for (let request = requests[next++]; request !== undefined; request = requests[next++]) await exchange(socket, request);
      };
      await Promise.all(sockets.map(work));
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A POST as it goes over the wire. */
export function postOf(path: string, headers: Readonly<Record<string, string>>, body: Buffer): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join("")}content-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

function exchange(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    const hear = (chunk: Buffer): void => {
      text += chunk.toString("latin1");
      if (!isWhole(text)) return;
      socket.off("data", hear).off("close", end);
      if (text.startsWith("HTTP/1.1 200")) resolve();
      else reject(new Error(`a request was answered ${text.slice(0, 300)}`));
    };
    const end = (): void => reject(new Error("the server closed a connection"));
    socket.on("data", hear).once("close", end);
    socket.write(request);
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(text) ?? [];
  if (length !== undefined) return text.length >= end + 4 + Number(length);
  return !/\r\ntransfer-encoding: chunked/i.test(text) || text.endsWith("0\r\n\r\n");
}
