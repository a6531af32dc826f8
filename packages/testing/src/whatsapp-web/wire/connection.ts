import { deflateSync, inflateSync } from "node:zlib";
import type { WebSocket } from "ws";
import type { Baileys } from "../baileys.ts";
import type { Authority } from "./authority.ts";
import { frame, frameReader } from "./frames.ts";
import { type BinaryNode, node } from "./node.ts";
import { noise as beginNoise, type HandshakeParts, type Noise } from "./noise.ts";
import type { CipherState } from "./symmetric-state.ts";

/** What a client says of itself at the end of the handshake, as `ClientPayload` of WhatsApp's Protobuf. */
export type ClientHello = ReturnType<Baileys["proto"]["ClientPayload"]["decode"]>;

/** A client's side of the wire after its handshake. */
export interface Connection {
  /** Counts the server's connections from 1. */
  readonly id: number;
  readonly hello: ClientHello;
  /** The client's Noise key, 32 bytes: it has proved that it holds the private half. */
  readonly staticKey: Buffer;
  /** What the client sent along from an earlier connection. */
  readonly routingInfo: Buffer | undefined;
  readonly isOpen: boolean;
  /** How well stanzas pass. */
  readonly link: Link;
  /** Sends a stanza; on a closed connection nothing happens. */
  send(stanza: BinaryNode): void;
  /** Sends a request and resolves with the client's answer; rejects when the connection ends before it comes. */
  ask(request: BinaryNode): Promise<BinaryNode>;
  /** Ends it in good order: everything that was sent arrives first. */
  close(): void;
  /** Cuts it without a word. */
  drop(): void;
  /** Reads nothing any more, the end of the connection included, as behind a network that is gone. */
  standStill(): void;
}

/** How well stanzas pass a connection. A test spoils it. */
export interface Link {
  /** Whether nothing passes, in neither direction. */
  isDeaf: boolean;
  /** Milliseconds of the server's clock that a stanza to the client takes. */
  delayMs: number;
}

/** What a connection tells its server. */
export interface ConnectionEvents {
  opened(connection: Connection): void | Promise<void>;
  /** One stanza after the other: the next waits until the promise of the last has settled. Answers to `ask` never come here. */
  received(connection: Connection, stanza: BinaryNode): Promise<void>;
  /** Every stanza of either direction, as it passes. */
  passed(connection: Connection, direction: "in" | "out", stanza: BinaryNode): void;
  ended(connection: Connection): void;
  /** Bytes that no client of WhatsApp Web sends; the connection is dropped. `connection` is absent during the handshake. */
  failed(error: unknown, connection?: Connection): void;
}

/** What every connection of a server shares. */
export interface ConnectionOptions {
  readonly baileys: Baileys;
  readonly authority: Authority;
  readonly events: ConnectionEvents;
  /** Takes each stanza to the client, by calling `send` as often and as late as it likes. */
  readonly pass: (connection: Connection, stanza: BinaryNode, send: (stanza: BinaryNode) => void) => void;
  readonly nextId: () => number;
  /** Whether a client that has kept the server's key may go on with it; otherwise it shakes hands from the start. */
  readonly mayResume: () => boolean;
  /** Stanzas of at least as many bytes go out compressed. */
  readonly compressFromBytes: number;
}

const COMPRESSED = 2;
// far above what any client sends, so that a few bytes cannot become all the memory there is
const LONGEST_STANZA = 2 ** 26;

/** Speaks the server's side on a socket: the handshake, then stanzas. */
export function serveSocket(
  socket: WebSocket,
  { baileys, authority, events, pass, nextId, mayResume, compressFromBytes }: ConnectionOptions,
): void {
  const { proto } = baileys;
  const reader = frameReader();
  const questions = new Map<string, { resolve(answer: BinaryNode): void; reject(error: Error): void }>();
  let noise: Noise | undefined;
  let channel: { readonly sending: CipherState; readonly receiving: CipherState } | undefined;
  let connection: Connection | undefined;
  // frames are read in order; what they hold is handled in order behind that, so that an answer is read while a handler waits for it
  let reading = Promise.resolve();
  let handling = Promise.resolve();
  let asked = 0;

  // whoever was thrown out is not heard any further, whatever has come meanwhile
  let hasFailed = false;
  const fail = (error: unknown): void => {
    if (hasFailed) return;
    hasFailed = true;
    socket.terminate();
    events.failed(error, connection);
  };

  const prologue = (): Buffer => reader.intro?.header ?? Buffer.alloc(0);
  const admit = (noise: Noise, payload: Buffer | undefined): void => {
    channel = noise.split();
    connection = open(proto.ClientPayload.decode(payload ?? Buffer.alloc(0)), noise.remoteStatic ?? Buffer.alloc(0));
    const opened = connection;
    // what the client says next is handled behind it
    handling = handling.then(() => events.opened(opened)).catch(fail);
  };
  const answer = ({ ephemeral, static: fixed, payload }: HandshakeParts): void => {
    const serverHello = { ephemeral: ephemeral ?? null, static: fixed ?? null, payload: payload ?? null };
    socket.send(frame(proto.HandshakeMessage.encode({ serverHello }).finish()));
  };
  /** Opens the hello of a client that has kept the server's key; undefined where that key was another's or the server does not want to. */
  const resume = (hello: HandshakeParts): Noise | undefined => {
    const resumed = beginNoise({ pattern: "IK", role: "responder", prologue: prologue(), static: authority.static });
    const payload = mayResume() ? unlessItThrows(() => resumed.read(hello)) : undefined;
    if (payload === undefined) return undefined;
    answer(resumed.write(authority.chain));
    admit(resumed, payload);
    return resumed;
  };

  const shakeHands = (bytes: Buffer): void => {
    const { clientHello, clientFinish } = proto.HandshakeMessage.decode(bytes);
    if (noise === undefined) {
      const hello = partsOf(clientHello);
      const knowsServer = (hello.static?.length ?? 0) > 0;
      noise = knowsServer ? resume(hello) : undefined;
      if (noise !== undefined) return;
      const pattern = knowsServer ? "XXfallback" : "XX";
      noise = beginNoise({ pattern, role: "responder", prologue: prologue(), static: authority.static });
      noise.read({ ephemeral: hello.ephemeral });
      answer(noise.write(authority.chain));
      return;
    }
    admit(noise, noise.read(partsOf(clientFinish)));
  };

  const read = async (sealed: Buffer, from: Connection, receiving: CipherState): Promise<void> => {
    const stanza: BinaryNode = await baileys.decodeBinaryNode(unpacked(receiving.open(sealed)));
    if (from.link.isDeaf) return;
    events.passed(from, "in", stanza);
    const question = isAnswer(stanza) ? questions.get(stanza.attrs.id ?? "") : undefined;
    if (question !== undefined) {
      questions.delete(stanza.attrs.id ?? "");
      question.resolve(stanza);
      return;
    }
    handling = handling.then(() => (hasFailed ? undefined : events.received(from, stanza))).catch(fail);
  };

  const open = (hello: ClientHello, staticKey: Buffer): Connection => {
    const write = (stanza: BinaryNode): void => {
      if (!made.isOpen || made.link.isDeaf || channel === undefined) return;
      events.passed(made, "out", stanza);
      socket.send(frame(channel.sending.seal(packed(stanza))));
    };
    const made: Connection = {
      id: nextId(),
      hello,
      staticKey,
      routingInfo: reader.intro?.routingInfo,
      get isOpen() {
        return socket.readyState === socket.OPEN;
      },
      link: { isDeaf: false, delayMs: 0 },
      send: (stanza) => pass(made, stanza, write),
      ask: (request) => {
        asked += 1;
        const id = request.attrs.id ?? `server-${made.id}-${asked}`;
        return new Promise((resolve, reject) => {
          if (!made.isOpen) reject(new Error("the connection has ended"));
          questions.set(id, { resolve, reject });
          made.send(node(request.tag, { ...request.attrs, id }, request.content));
        });
      },
      close: () => socket.close(1000),
      drop: () => socket.terminate(),
      standStill: () => socket.pause(),
    };
    return made;
  };

  const packed = (stanza: BinaryNode): Buffer => {
    const plain = baileys.encodeBinaryNode(stanza as Parameters<Baileys["encodeBinaryNode"]>[0]);
    return plain.length < compressFromBytes ? plain : Buffer.concat([Buffer.from([COMPRESSED]), deflateSync(plain.subarray(1))]);
  };

  socket.on("message", (data: Buffer) => {
    reading = reading
      .then(async () => {
        if (hasFailed) return;
        for (const bytes of reader.push(data)) {
          if (connection === undefined || channel === undefined) shakeHands(bytes);
          else await read(bytes, connection, channel.receiving);
        }
      })
      .catch(fail);
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    for (const { reject } of questions.values()) reject(new Error("the connection ended before the client answered"));
    questions.clear();
    const last = connection;
    // a client that says something and leaves is heard first
    if (last !== undefined) reading = reading.then(() => handling).then(() => events.ended(last));
  });
}

function unpacked(plain: Buffer): Buffer {
  if (((plain[0] ?? 0) & COMPRESSED) === 0) return plain;
  return Buffer.concat([Buffer.alloc(1), inflateSync(plain.subarray(1), { maxOutputLength: LONGEST_STANZA })]);
}

type WireParts = { readonly [Part in keyof HandshakeParts]: HandshakeParts[Part] | null };

function partsOf(message: WireParts | null | undefined): HandshakeParts {
  return { ephemeral: message?.ephemeral ?? undefined, static: message?.static ?? undefined, payload: message?.payload ?? undefined };
}

function unlessItThrows<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function isAnswer({ tag, attrs }: BinaryNode): boolean {
  return tag === "iq" && (attrs.type === "result" || attrs.type === "error");
}
