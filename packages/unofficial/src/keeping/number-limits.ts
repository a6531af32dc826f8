import type { Restriction } from "@wadesk/core";
import type { SessionVoice } from "@wadesk/core/ports";
import type { BinaryNode, Socket, SocketEvents } from "../baileys/baileys.ts";
import { type Limits, limitsOf, restrictionOf, warningsOf } from "./limits.ts";

/** So often WhatsApp is asked what it limits, in milliseconds. */
const HOUR_MS = 60 * 60_000;
/** After a refusal it is asked once those that came along with it are through, and no more often than once a minute, in milliseconds. */
const SOON_MS = 1000;
const REFUSED_EVERY_MS = 60_000;
/** The refusals of a first message: by the lock or for want of a token (463), and by the quota (475). Source: whatsmeow#1197, whatsapp-rust `nack.rs`. */
const REFUSALS: readonly string[] = ["463", "475"];

/** What WhatsApp lets a number do, for as long as its session is open. */
export interface NumberLimits {
  /** Hears what WhatsApp says of its own. */
  hear(batch: Partial<SocketEvents>): void;
  /** Hears refusals. */
  meet(socket: Pick<Socket, "ws">): void;
  /** Asks, now and every hour; a client that has logged in can. */
  greet(socket: Pick<Socket, "fetchAccountReachoutTimelock" | "fetchNewChatMessageCap">): void;
  /** Asks no more. */
  part(): void;
}

/** What it takes. */
export interface LimitsParts {
  readonly voice: Pick<SessionVoice, "report" | "learn" | "after">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What the connection says when its session is opened. */
  readonly restricted: Restriction | undefined;
}

/**
 * Asks WhatsApp whether the number is kept from beginning chats, tells the connection, and tells it again when that is over. A question that is not answered
 * changes nothing.
 */
export function numberLimits({ voice, now, restricted }: LimitsParts): NumberLimits {
  let limits: Limits = limitsOf(restricted);
  let socket: Parameters<NumberLimits["greet"]>[0] | undefined;
  let told: string | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isAskedSoon = false;
  let cancel = (): void => {};

  const tell = (): void => {
    const at = now();
    const restriction = restrictionOf(limits, at);
    const warnings = warningsOf(limits);
    const telling = JSON.stringify([restriction, warnings]);
    if (telling === told) return;
    told = telling;
    voice.report(restriction === undefined ? { type: "unrestricted", at } : { type: "restricted", ...restriction, at });
    if (limits.quota !== undefined) voice.learn({ warnings });
  };
  const know = (news: Limits): void => {
    limits = { ...limits, ...news };
    tell();
    schedule();
  };
  const ask = async (): Promise<void> => {
    const asked = socket;
    if (asked === undefined) return;
    askedAt = now();
    isAskedSoon = false;
    schedule();
    await Promise.allSettled([
      asked.fetchAccountReachoutTimelock().then((lock) => know({ lock })),
      asked.fetchNewChatMessageCap().then((quota) => know({ quota })),
    ]);
  };
  // when the hour is over, or the limit by its own end
  const schedule = (): void => {
    if (isAskedSoon || socket === undefined) return;
    cancel();
    const until = restrictionOf(limits, now())?.until ?? Number.POSITIVE_INFINITY;
    const inMs = Math.max(SOON_MS, Math.min(askedAt + HOUR_MS - now(), until - now(), HOUR_MS));
    cancel = voice.after(inMs, () => {
      // an end that has come needs nobody to be asked
      if (told !== undefined) tell();
      void ask();
    });
  };
  const askSoon = (): void => {
    if (isAskedSoon || socket === undefined) return;
    isAskedSoon = true;
    cancel();
    cancel = voice.after(Math.max(SOON_MS, Math.min(askedAt + REFUSED_EVERY_MS - now(), REFUSED_EVERY_MS)), () => void ask());
  };

  return {
    hear({ "connection.update": update, "message-capping.update": quota }) {
      if (update?.reachoutTimeLock !== undefined) know({ lock: update.reachoutTimeLock });
      if (quota !== undefined) know({ quota });
    },
    meet({ ws }) {
      ws.on("CB:ack,class:message", ({ attrs: { error } }: BinaryNode) => {
        if (REFUSALS.includes(error ?? "")) askSoon();
      });
    },
    greet(next) {
      socket = next;
      void ask();
    },
    part() {
      socket = undefined;
      cancel();
    },
  };
}
