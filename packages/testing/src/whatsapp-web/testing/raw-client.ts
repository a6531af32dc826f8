import { once } from "node:events";
import { deflateSync } from "node:zlib";
import { WebSocket } from "ws";
import { type Baileys, loadBaileys } from "../baileys.ts";
import { type KeyPair, keyPair } from "../keys/key-pair.ts";
import { frame } from "../wire/frames.ts";
import type { BinaryNode } from "../wire/node.ts";
import { type NoiseXX, noiseXX } from "../wire/noise-xx.ts";

/** A client that says exactly what a test wants, right or wrong: what no well-behaved library would send. */
export interface RawClient {
  readonly staticKey: KeyPair;
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

/** Connects and shakes hands, with a hello as bytes where it is to be no hello at all. For tests of the server alone: the package does not export it. */
export async function rawClient(url: string, hello: RawHello | Uint8Array, staticKey: KeyPair = keyPair()): Promise<RawClient> {
  const baileys = await loadBaileys();
  const socket = new WebSocket(url);
  await once(socket, "open");
  const noise = noiseXX({ role: "initiator", prologue: HEADER, static: staticKey });
  await shakeHands(baileys, socket, noise, hello);
  const { sending, receiving } = noise.split();
  const received: BinaryNode[] = [];
  const waiting = new Set<{ look(): void; fail(): void }>();
  let reading = Promise.resolve();
  let lastFrame: Buffer = Buffer.alloc(0);
  socket.on("message", (data: Buffer) => {
    const plain = receiving.open(data.subarray(3));
    reading = reading.then(async () => {
      received.push(await baileys.decodeBinaryNode(plain));
      for (const { look } of [...waiting]) look();
    });
  });
  socket.on("close", () => void reading.then(() => waiting.forEach(({ fail }) => void fail())));
  return {
    staticKey,
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

async function shakeHands({ proto }: Baileys, socket: WebSocket, noise: NoiseXX, hello: RawHello | Uint8Array): Promise<void> {
  const { ephemeral } = noise.write();
  const first = proto.HandshakeMessage.encode({ clientHello: { ephemeral: ephemeral ?? null } }).finish();
  socket.send(Buffer.concat([HEADER, frame(first)]));
  const [answer] = (await once(socket, "message")) as [Buffer];
  const { serverHello } = proto.HandshakeMessage.decode(answer.subarray(3));
  noise.read({
    ephemeral: serverHello?.ephemeral ?? undefined,
    static: serverHello?.static ?? undefined,
    payload: serverHello?.payload ?? undefined,
  });
  const { static: fixed, payload } = noise.write(hello instanceof Uint8Array ? hello : proto.ClientPayload.encode(hello).finish());
  socket.send(frame(proto.HandshakeMessage.encode({ clientFinish: { static: fixed ?? null, payload: payload ?? null } }).finish()));
}
