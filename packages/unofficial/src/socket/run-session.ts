import { WadeskError } from "@wadesk/core";
import type { SessionEnd } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Socket } from "../baileys/baileys.ts";
import { type Consequence, consequenceOf } from "../closing/close-codes.ts";
import type { Close } from "../closing/read-close.ts";
import { type OpenSocket, openSocket, type SocketParts } from "./open-socket.ts";
import type { Connecting } from "./connecting.ts";

/** A linked number's session: one client after another, each time WhatsApp asks it to come back. */
export interface RunningSession {
  /** The client in force, once it is logged in. Rejects with `provider_unavailable` where the session has ended. */
  readonly ready: () => Promise<Socket>;
  /** Resolves when it is logged in for the first time, or with how it ended before. */
  readonly settled: Promise<"open" | Close>;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<SessionEnd | undefined>;
  /** Ends it without a word to WhatsApp; nothing that follows is told. */
  close(): Promise<void>;
  /** From now on its end is no news: it is being logged out. */
  leave(): void;
}

/** A client that WhatsApp asks to come back more often without ever letting it in is not well. */
const MOST_RESTARTS = 5;
/** Signs of life come with every frame; one in so many milliseconds is enough. */
const ALIVE_EVERY_MS = 5000;

/** Starts one with a device that is linked. */
export function runSession(connecting: Connecting, parts: Omit<SocketParts, "hear">, hear: SocketParts["hear"]): RunningSession {
  const { now, voice } = connecting;
  const settled = Promise.withResolvers<"open" | Close>();
  const ended = Promise.withResolvers<SessionEnd | undefined>();
  let restarts = 0;
  let leaving = false;
  let isOpen = false;
  let hasEnded = false;
  let aliveAt = Number.NEGATIVE_INFINITY;
  let current: OpenSocket;

  const alive = (): void => {
    if (!isOpen || leaving || now() - aliveAt < ALIVE_EVERY_MS) return;
    aliveAt = now();
    voice.report({ type: "alive", at: aliveAt });
  };
  const over = async (close: Close): Promise<void> => {
    const consequence = consequenceOf(close, { now: now(), phoneSeenAt: phoneSeenAt(parts.state) });
    if (consequence.openAgain === "at once" && restarts < MOST_RESTARTS) {
      restarts += 1;
      start();
      return;
    }
    // before anything is waited for, or whoever waits for a client would look again and again
    hasEnded = true;
    if (consequence.keysEnd) await parts.state.forget().catch(() => {});
    const isStuck = consequence.openAgain === "at once";
    if (isStuck) voice.report({ type: "closed", reason: "connection_lost", at: now() });
    for (const report of consequence.reports) voice.report(report);
    settled.resolve(close);
    ended.resolve(endOf(consequence));
  };
  const start = (): void => {
    isOpen = false;
    const mine = openSocket({ ...parts, hear });
    current = mine;
    mine.socket.ws.on("frame", alive);
    mine.opened
      .then(() => {
        restarts = 0;
        isOpen = true;
        aliveAt = Number.NEGATIVE_INFINITY;
        alive();
        settled.resolve("open");
      })
      .catch(() => {});
    mine.closed
      .then(async (close) => {
        if (current !== mine) return;
        isOpen = false;
        if (!leaving) await over(close);
        else settled.resolve(close);
      })
      .catch(() => {
        hasEnded = true;
        ended.resolve(undefined);
      });
  };
  start();

  return {
    async ready() {
      // what is sent while a login goes on would break it
      while (!isOpen || !current.socket.ws.isOpen) {
        if (leaving || hasEnded) throw new WadeskError("provider_unavailable", { detail: "the connection to WhatsApp has ended" });
        await Promise.race([isOpen ? current.closed : current.opened, current.closed, ended.promise]);
      }
      return current.socket;
    },
    settled: settled.promise,
    ended: ended.promise,
    async close() {
      leaving = true;
      await current.close();
    },
    leave() {
      leaving = true;
    },
  };
}

/** When the phone was last heard of, in milliseconds since the epoch, as far as the device knows. */
export function phoneSeenAt({ auth: { creds } }: AuthState): number | undefined {
  return creds.lastAccountSyncTimestamp === undefined ? undefined : creds.lastAccountSyncTimestamp * 1000;
}

function endOf({ openAgain }: Consequence): SessionEnd | undefined {
  if (openAgain === "asked") return { openAgain };
  return openAgain === "at once" || openAgain.inMs === 0 ? undefined : { openAgain };
}
