import type { AuthState } from "../auth/auth-state.ts";
import { keepPrivacyTokens } from "../auth/privacy-tokens.ts";
import { settledKeys } from "../auth/settled-keys.ts";
import type { Baileys, BaileysLogger, BinaryNode, Body, Socket, SocketConfig, SocketEvents } from "../baileys/baileys.ts";
import { type Close, readClose } from "../closing/read-close.ts";
import type { GroupCache } from "../groups/group-cache.ts";
import type { People } from "../known/people.ts";
import type { Transport } from "../options.ts";
import { lastingRepository } from "../signal/lasting-repository.ts";
import type { SignalHooks } from "../signal/signal-hooks.ts";
import type { SessionCaches } from "../caches/session-caches.ts";
import { flushAtEnd } from "../frames/flush-at-end.ts";
import { gateSocket } from "../frames/gate-socket.ts";
import { pullBacklog } from "../frames/pull-backlog.ts";
import { emptyCaches } from "./empty-caches.ts";
import { giveOneTokenEach } from "./one-token-each.ts";
import { rejectTimeouts } from "./reject-timeouts.ts";

/** What one client of WhatsApp Web is made of. */
export interface SocketParts {
  readonly baileys: Baileys;
  readonly transport: Transport;
  readonly state: AuthState;
  readonly logger: BaileysLogger;
  readonly browser: NonNullable<SocketConfig["browser"]>;
  /** Whether somebody else sees to it that WhatsApp is heard, in the place of Baileys' own pings. */
  readonly isWatched?: true;
  /** What is known of chats; absent while nobody is logged in. */
  readonly chats?: { readonly groups: GroupCache; readonly people: People };
  /** Hears what happens, in batches. */
  readonly hear: (batch: Partial<SocketEvents>) => void;
  /** Hears each stanza before Baileys does. */
  readonly frame?: (node: BinaryNode) => void;
  /** Hears what is encrypted and decrypted. */
  readonly signal?: SignalHooks;
  /** What WhatsApp may hear of only when it is handed on; nothing where all of it is. */
  readonly untold?: () => Promise<void> | undefined;
  /** What goes from one client of a session to the next. */
  readonly caches?: SessionCaches;
  /** What a message of ours said that a device asks for again. */
  readonly bodyOf?: (id: string) => Promise<Body | undefined>;
}

/** One client of WhatsApp Web: from its connection until that ends. */
export interface OpenSocket {
  readonly socket: Socket;
  /** Resolves when it is logged in; never where it ends before. */
  readonly opened: Promise<void>;
  /** Resolves when it has ended, and what was kept is stored as far as it could be. */
  readonly closed: Promise<Close>;
  /** Ends it without a word to WhatsApp. */
  close(): Promise<void>;
  /** Takes it for ended from now on: it stands still, or nobody is there any more who would end it in good order. */
  giveUp(): void;
}

/** How a client that was given up has ended. */
const GIVEN_UP: Close = { code: 408, said: "socket", codesShown: false, attributes: {} };
/** As long as a timer can be, in milliseconds. */
const NEVER_MS = 2 ** 31 - 1;

/** Opens one. */
export function openSocket(parts: SocketParts): OpenSocket {
  const { baileys, transport, state, logger, browser, isWatched, chats, hear, frame, signal, caches, bodyOf, untold } = parts;
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Close>();
  const { version, webSocketUrl, webSocketRootKey, qrTimeoutMs, timeoutMs } = transport;
  // Baileys has one root for all clients, and reads it at each connection
  if (webSocketRootKey !== undefined) baileys.WA_CERT_DETAILS.PUBLIC_KEY.set(Buffer.from(webSocketRootKey, "hex"));
  const socket = baileys.makeWASocket({
    auth: { creds: state.auth.creds, keys: settledKeys(state) },
    makeSignalRepository: lastingRepository(baileys.DEFAULT_CONNECTION_CONFIG.makeSignalRepository, state, {
      ...(signal && { hooks: signal }),
      attempted: (ciphertext) => backlog.attempted(ciphertext),
    }),
    ...caches,
    ...(bodyOf && { getMessage: async ({ id }) => bodyOf(id ?? "") }),
    logger: rejectTimeouts(logger),
    browser,
    ...(version && { version: [...version] as [number, number, number] }),
    ...(webSocketUrl !== undefined && { waWebSocketUrl: webSocketUrl }),
    ...(qrTimeoutMs !== undefined && { qrTimeout: qrTimeoutMs }),
    defaultQueryTimeoutMs: timeoutMs,
    ...(isWatched && { keepAliveIntervalMs: NEVER_MS }),
    // a write that failed ends the client, so to try it again would only hold others up
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    // else receipts within a tenth of a second are merged into the message's own event
    emitOwnEvents: false,
    // the phone keeps its notifications
    markOnlineOnConnect: false,
    // whoever opened it asks, once nobody logs in any more
    fireInitQueries: false,
    syncFullHistory: false,
    // else each message to a group asks for the group first
    ...(chats && { cachedGroupMetadata: async (jid) => chats.groups.peek(jid) }),
  });
  keepPrivacyTokens(socket, { store: state.auth.keys, isSending: () => signal?.outgoing() !== undefined, now: Date.now });
  flushAtEnd(socket);
  giveOneTokenEach(socket);
  chats?.groups.watch(socket);
  chats?.people.watch(socket);
  gateSocket(socket, () => [state.unstored(), untold?.()]);
  const backlog = pullBacklog(socket);
  // the first frames are a handshake's, and no stanzas
  socket.ws.on("frame", (heard: BinaryNode | Uint8Array) => {
    if (!(heard instanceof Uint8Array)) frame?.(heard);
  });
  socket.ev.on("creds.update", () => state.keepCredentials());
  socket.ev.process((batch) => {
    const { "connection.update": update } = batch;
    if (update?.connection === "open") opened.resolve();
    hear(batch);
    if (update?.connection === "close") ended.resolve(readClose(update.lastDisconnect));
  });
  const giveUp = (): void => {
    // what it holds back has its receipt
    socket.ev.flush();
    ended.resolve(GIVEN_UP);
    // in good order that may take half a minute
    socket.end(new Error("the client was given up")).catch(() => {});
  };
  // what lies in memory is worth nothing any more
  const stop = state.whenFailed(giveUp);
  return {
    socket,
    opened: opened.promise,
    closed: ended.promise.then(async (close) => {
      stop();
      await state.flush().catch(() => {});
      emptyCaches(socket);
      return close;
    }),
    async close() {
      await socket.end(undefined);
      await state.flush().catch(() => {});
      emptyCaches(socket);
    },
    giveUp,
  };
}
