import { WadeskError } from "@wadesk/core";
import type { SessionEnd } from "@wadesk/core/ports";
import type { Socket, SocketEvents } from "../baileys/baileys.ts";
import { type Consequence, consequenceOf } from "../closing/close-codes.ts";
import type { Close } from "../closing/read-close.ts";
import { watchHandling } from "../watching/watch-handling.ts";
import { type WatchedSends, watchSends } from "../watching/watch-sends.ts";
import { watchSilence } from "../watching/watch-silence.ts";
import type { Connecting } from "./connecting.ts";
import { type OpenSocket, openSocket, type SocketParts } from "./open-socket.ts";

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
  /** From now on its end is no news: it is being logged out. The answer is called where that failed: then it goes on, and an end meanwhile counts. */
  leave(): () => void;
  /** What is sent goes through here: a send that stands still ends the session, which is opened anew then. */
  readonly sends: WatchedSends;
}

/** Who goes along with a session. */
export interface Companion {
  /** Hears what happens, in batches. */
  hear(batch: Partial<SocketEvents>): void;
  /** Meets each client as it is made, before it says anything. */
  meet(socket: Socket): void;
  /** Hears that a client has logged in. */
  greet(socket: Socket): void;
  /** When the phone was last heard of, in milliseconds since the epoch, as far as anybody knows. */
  phoneSeenAt(): number | undefined;
  /** The session has ended. */
  part(): void;
}

/** A client that WhatsApp asks to come back more often without ever letting it in is not well. */
const MOST_RESTARTS = 5;
/** Signs of life come with every frame; one in so many milliseconds is enough. */
const ALIVE_EVERY_MS = 5000;

/** Starts one with a device that is linked. */
export function runSession(connecting: Connecting, parts: Omit<SocketParts, "hear" | "isWatched">, companion: Companion): RunningSession {
  const { connectionId, log, now, records, voice } = connecting;
  const { after } = voice;
  const settled = Promise.withResolvers<"open" | Close>();
  const ended = Promise.withResolvers<SessionEnd | undefined>();
  let restarts = 0;
  let leaving = false;
  let isClosed = false;
  let unheard: Close | undefined;
  let isOpen = false;
  let hasEnded = false;
  let aliveAt = Number.NEGATIVE_INFINITY;
  let current: OpenSocket;
  const waiting = new Set<() => void>();

  // a race against promises that last as long as the session would be kept as long
  const wake = (): void => {
    for (const goOn of waiting) goOn();
    waiting.clear();
  };

  const alive = (): void => {
    // one ahead of now was told before the clock was set back
    const sinceMs = Math.abs(now() - aliveAt);
    if (!isOpen || leaving || sinceMs < ALIVE_EVERY_MS) return;
    aliveAt = now();
    voice.report({ type: "alive", at: aliveAt });
  };
  const giveUp = (client: OpenSocket, reason: string): void => {
    if (hasEnded || leaving) return;
    log.warn({ connectionId, reason }, "the connection of a linked phone stood still; it is made anew");
    client.giveUp();
  };
  const sends = watchSends({ after, now, stuck: () => giveUp(current, "a message was not sent within a minute") });
  records.overdue.then(() => giveUp(current, "the storage did not answer within 20 seconds")).catch(() => {});
  const part = (): void => {
    sends.stop();
    companion.part();
  };
  const over = async (close: Close): Promise<void> => {
    const consequence = consequenceOf(close, { now: now(), phoneSeenAt: companion.phoneSeenAt() });
    if (consequence.openAgain === "at once" && restarts < MOST_RESTARTS) {
      restarts += 1;
      start();
      return;
    }
    // before anything is waited for, or whoever waits for a client would look again and again
    hasEnded = true;
    part();
    if (consequence.keysEnd) await parts.state.forget().catch(() => {});
    const isStuck = consequence.openAgain === "at once";
    if (isStuck) voice.report({ type: "closed", reason: "connection_lost", at: now() });
    for (const report of consequence.reports) voice.report(report);
    settled.resolve(close);
    ended.resolve(endOf(consequence));
  };
  const lost = (): void => {
    hasEnded = true;
    part();
    wake();
    ended.resolve(undefined);
  };
  const start = (): void => {
    isOpen = false;
    const mine = openSocket({ ...parts, isWatched: true, hear: companion.hear });
    const { socket } = mine;
    current = mine;
    socket.ws.on("frame", alive);
    const stops = [
      watchSilence({ socket, after, now, isOpen: () => isOpen, deaf: () => giveUp(mine, "WhatsApp was not heard for a minute") }),
      watchHandling({ socket, after, now, deaf: () => giveUp(mine, "what came in was not dealt with for half a minute") }),
    ];
    companion.meet(socket);
    mine.opened
      .then(() => {
        restarts = 0;
        isOpen = true;
        wake();
        aliveAt = Number.NEGATIVE_INFINITY;
        alive();
        if (!leaving) companion.greet(socket);
        settled.resolve("open");
      })
      .catch(() => {});
    mine.closed
      .then(async (close) => {
        for (const stop of stops) stop();
        if (current !== mine) return;
        isOpen = false;
        if (leaving) {
          unheard = close;
          settled.resolve(close);
          return wake();
        }
        const ending = over(close);
        wake();
        await ending;
      })
      .catch(lost);
  };
  start();

  return {
    async ready() {
      // what is sent while a login goes on would break it
      while (!isOpen || !current.socket.ws.isOpen) {
        if (leaving || hasEnded) throw new WadeskError("provider_unavailable", { detail: "the connection to WhatsApp has ended" });
        await new Promise<void>((resolve) => void waiting.add(resolve));
      }
      return current.socket;
    },
    settled: settled.promise,
    ended: ended.promise,
    async close() {
      isClosed = true;
      leaving = true;
      part();
      await current.close();
    },
    leave() {
      leaving = true;
      return () => {
        if (isClosed) return;
        leaving = false;
        if (unheard !== undefined) over(unheard).catch(lost);
        unheard = undefined;
        wake();
      };
    },
    sends,
  };
}

function endOf({ openAgain }: Consequence): SessionEnd | undefined {
  if (openAgain === "asked") return { openAgain };
  return openAgain === "at once" || openAgain.inMs === 0 ? undefined : { openAgain };
}
