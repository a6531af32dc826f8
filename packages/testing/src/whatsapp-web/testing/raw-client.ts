import { once } from "node:events";
import { deflateSync } from "node:zlib";
import { WebSocket } from "ws";
import { type Baileys, loadBaileys } from "../baileys.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { frame } from "../wire/frames.ts";
import type { BinaryNode } from "../wire/node.ts";
import { type HandshakeParts, type NoisePattern, noise } from "../wire/noise.ts";

/** A client that says exactly what a test wants, right or wrong: what no well-behaved library would send. */
export interface RawClient {
  readonly staticKey: KeyPair;
  /** The server's static key, to be kept for the next connection. */
  readonly serverKey: Buffer;
  /** How the handshake went in the end. */
  readonly handshake: NoisePattern;
  /** Every stanza that came. */
  readonly received: readonly BinaryNode[];
  /** Sends a stanza; `compressed` as the protocol allows it to be. */
  send(stanza: BinaryNode, options?: { readonly compressed?: boolean }): void;
  /** Seals bytes and sends them where a stanza is expected. */
  sendSealed(plain: Uint8Array): void;
  /** The last stanza that was sent, as it was on the wire. */
  readonly lastFrame: Buffer;
  /** Sends bytes as they are, behind whatever was sent before. */
  sendRaw(bytes: Uint8Array): void;
  /** Resolves with the first stanza that fits, the ones that came before included; rejects when the connection ends first. */
  next(fits: (stanza: BinaryNode) => boolean): Promise<BinaryNode>;
  /** Resolves when the connection has ended. */
  ended(): Promise<void>;
  close(): void;
}

/** What a client says of itself in the handshake: the fields of `ClientPayload`. */
export type RawHello = Parameters<Baileys["proto"]["ClientPayload"]["encode"]>[0];

const HEADER = Buffer.from([0x57, 0x41, 6, 3]);

/**
 * Connects and shakes hands, with a hello as bytes where it is to be no hello at all, and with the server's key where it was kept. For tests of the
 * server alone: the package does not export it.
 */
export async function rawClient(
  url: string,
  hello: RawHello | Uint8Array,
  staticKey: KeyPair = keyPair(),
  keptKey?: Uint8Array,
): Promise<RawClient> {
  const baileys = await loadBaileys();
  const socket = new WebSocket(url);
  await once(socket, "open");
  // what comes right behind the server's hello is not lost
  const early: Buffer[] = [];
  const keep = (data: Buffer): void => void early.push(data);
  socket.on("message", keep);
  const { done, pattern } = await shakeHands(baileys, socket, { hello, staticKey, keptKey });
  socket.off("message", keep);
  const { sending, receiving } = done.split();
  const received: BinaryNode[] = [];
  const waiting = new Set<{ look(): void; fail(): void }>();
  let reading = Promise.resolve();
  let lastFrame: Buffer = Buffer.alloc(0);
  const read = (data: Buffer): void => {
    const plain = receiving.open(data.subarray(3));
    reading = reading.then(async () => {
      received.push(await baileys.decodeBinaryNode(plain));
      for (const { look } of [...waiting]) look();
    });
  };
  for (const data of early.slice(1)) read(data);
  socket.on("message", read);
  socket.on("close", () => void reading.then(() => waiting.forEach(({ fail }) => void fail())));
  return {
    staticKey,
    serverKey: done.remoteStatic ?? Buffer.alloc(0),
    handshake: pattern,
    received,
    get lastFrame() {
      return lastFrame;
    },
    send: (stanza, { compressed = false } = {}) => {
      const plain = baileys.encodeBinaryNode(stanza as Parameters<Baileys["encodeBinaryNode"]>[0]);
      const packed = compressed ? Buffer.concat([Buffer.from([2]), deflateSync(plain.subarray(1))]) : plain;
      lastFrame = frame(sending.seal(packed));
      socket.send(lastFrame);
    },
    sendSealed: (plain) => socket.send(frame(sending.seal(plain))),
    sendRaw: (bytes) => socket.send(bytes),
    next: (fits) =>
      new Promise((resolve, reject) => {
        const entry = {
          look: () => {
            const found = received.find(fits);
            if (found === undefined) return;
            waiting.delete(entry);
            resolve(found);
          },
          fail: () => reject(new Error("the server ended the connection")),
        };
        waiting.add(entry);
        entry.look();
      }),
    ended: async () => {
      if (socket.readyState !== socket.CLOSED) await once(socket, "close");
    },
    close: () => socket.close(),
  };
}

interface Beginning {
  readonly hello: RawHello | Uint8Array;
  readonly staticKey: KeyPair;
  readonly keptKey: Uint8Array | undefined;
}

async function shakeHands(
  { proto }: Baileys,
  socket: WebSocket,
  { hello, staticKey, keptKey }: Beginning,
): Promise<{ readonly done: ReturnType<typeof noise>; readonly pattern: NoisePattern }> {
  const payload = hello instanceof Uint8Array ? hello : proto.ClientPayload.encode(hello).finish();
  const ephemeral = keyPair();
  const begin = (pattern: NoisePattern) =>
    noise({
      pattern,
      role: "initiator",
      prologue: HEADER,
      static: staticKey,
      ephemeral,
      ...(pattern === "IK" && keptKey && { remoteStatic: keptKey }),
    });
  const first = keptKey === undefined ? begin("XX") : begin("IK");
  const clientHello = nullable(first.write(keptKey === undefined ? undefined : payload));
  socket.send(Buffer.concat([HEADER, frame(proto.HandshakeMessage.encode({ clientHello }).finish())]));
  const [answer] = (await once(socket, "message")) as [Buffer];
  const { serverHello } = proto.HandshakeMessage.decode(answer.subarray(3));
  const parts = { ephemeral: serverHello?.ephemeral ?? undefined, payload: serverHello?.payload ?? undefined };
  if (keptKey !== undefined && !serverHello?.static?.length) {
    first.read(parts);
    return { done: first, pattern: "IK" };
  }
  const pattern = keptKey === undefined ? "XX" : "XXfallback";
  const full = keptKey === undefined ? first : begin(pattern);
  if (keptKey !== undefined) full.write();
  full.read({ ...parts, static: serverHello?.static ?? undefined });
  const clientFinish = nullable(full.write(payload));
  socket.send(frame(proto.HandshakeMessage.encode({ clientFinish }).finish()));
  return { done: full, pattern };
}

function nullable({ ephemeral, static: fixed, payload }: HandshakeParts) {
  return { ephemeral: ephemeral ?? null, static: fixed ?? null, payload: payload ?? null };
}
