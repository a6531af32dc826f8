import type { AuthState } from "../auth/auth-state.ts";
import { keepPrivacyTokens } from "../auth/privacy-tokens.ts";
import type { Baileys, BaileysLogger, Socket, SocketConfig, SocketEvents } from "../baileys/baileys.ts";
import { type Close, readClose } from "../closing/read-close.ts";
import type { Transport } from "../options.ts";
import { flushAtEnd } from "./flush-at-end.ts";

/** What one client of WhatsApp Web is made of. */
export interface SocketParts {
  readonly baileys: Baileys;
  readonly transport: Transport;
  readonly state: AuthState;
  readonly logger: BaileysLogger;
  readonly browser: NonNullable<SocketConfig["browser"]>;
  /** Hears what happens, in batches. */
  readonly hear: (batch: Partial<SocketEvents>) => void;
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
}

/** Opens one. */
export function openSocket({ baileys, transport, state, logger, browser, hear }: SocketParts): OpenSocket {
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Close>();
  const { version, webSocketUrl, qrTimeoutMs, timeoutMs } = transport;
  const socket = baileys.makeWASocket({
    auth: state.auth,
    logger,
    browser,
    ...(version && { version: [...version] as [number, number, number] }),
    ...(webSocketUrl !== undefined && { waWebSocketUrl: webSocketUrl }),
    ...(qrTimeoutMs !== undefined && { qrTimeout: qrTimeoutMs }),
    defaultQueryTimeoutMs: timeoutMs,
    // a write that failed ends the client, so to try it again would only hold others up
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    // else receipts within a tenth of a second are merged into the message's own event
    emitOwnEvents: false,
    // the phone keeps its notifications
    markOnlineOnConnect: false,
    syncFullHistory: false,
  });
  keepPrivacyTokens(socket, state.auth.keys);
  flushAtEnd(socket);
  socket.ev.on("creds.update", () => state.keepCredentials());
  socket.ev.process((batch) => {
    const { "connection.update": update } = batch;
    if (update?.connection === "open") opened.resolve();
    hear(batch);
    if (update?.connection === "close") ended.resolve(readClose(update.lastDisconnect));
  });
  // what lies in memory is worth nothing any more
  state.failed.then(() => socket.end(new Error("what the client keeps could not be stored"))).catch(() => {});
  return {
    socket,
    opened: opened.promise,
    closed: ended.promise.then(async (close) => {
      await state.flush().catch(() => {});
      return close;
    }),
    async close() {
      await socket.end(undefined);
      await state.flush().catch(() => {});
    },
  };
}
