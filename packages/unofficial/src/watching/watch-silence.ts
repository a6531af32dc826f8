import type { SessionVoice } from "@wadesk/core/ports";
import type { Socket } from "../baileys/baileys.ts";
import { machineTurns } from "./machine-turns.ts";

/** After so many milliseconds without a frame WhatsApp is asked for one; WhatsApp Web does so every 15 to 30 seconds (whatsmeow, `keepalive.go`). */
const PING_MS = 25_000;
/** After so many milliseconds without a frame a client is deaf: its status may say `connected` for no more than 90 seconds. */
const DEAF_MS = 60_000;

/** So many milliseconds a ping has to be answered, before which nobody is taken for deaf. */
const ANSWER_MS = 10_000;

/** Whom to listen to, by which clock, and what follows. */
export interface SilenceWatch {
  readonly socket: Pick<Socket, "ws" | "sendNode" | "generateMessageTag">;
  readonly after: SessionVoice["after"];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether it is logged in: before, nothing is sent. */
  readonly isOpen: () => boolean;
  /** Called once, when no frame came for a minute, none answered a ping, and none waits to be read. */
  readonly deaf: () => void;
}

/**
 * Watches that WhatsApp is heard, by pings where it says nothing of its own. It stands in the place of what Baileys does for that, which goes by the machine's
 * clock and waits up to 65 seconds, and then for an end in good order from a server that is not there. Here time goes by as its timers do: a clock that is set, or
 * that stood still with its machine, neither hides a silence nor makes one. The answer ends it.
 */
export function watchSilence({ socket, after, now, isOpen, deaf }: SilenceWatch): () => void {
  let heardAt = now();
  let pingedAt = heardAt;
  // the first ping since anything was heard
  let askedAt: number | undefined;
  let dueAt = heardAt;
  let stopped = false;
  let cancel = (): void => {};
  const hear = (): void => {
    heardAt = now();
    askedAt = undefined;
  };
  const ping = (): void => {
    pingedAt = now();
    askedAt ??= pingedAt;
    const attrs = { id: socket.generateMessageTag(), to: "s.whatsapp.net", type: "get", xmlns: "w:p" };
    // any frame is an answer; what cannot be sent gets none
    socket.sendNode({ tag: "iq", attrs, content: [{ tag: "ping", attrs: {} }] }).catch(() => {});
  };
  const moveAlong = (): void => {
    const at = now();
    const along = (time: number): number => Math.min(time + at - dueAt, at);
    heardAt = along(heardAt);
    pingedAt = along(pingedAt);
    askedAt = askedAt && along(askedAt);
  };
  const deafAt = (): number => {
    if (!isOpen()) return heardAt + DEAF_MS;
    return askedAt === undefined ? Number.POSITIVE_INFINITY : Math.max(heardAt + DEAF_MS, askedAt + ANSWER_MS);
  };
  const look = async (): Promise<void> => {
    moveAlong();
    if (now() >= deafAt()) {
      await machineTurns();
      if (stopped) return;
      if (now() >= deafAt()) {
        stop();
        return deaf();
      }
    }
    if (isOpen() && now() - Math.max(heardAt, pingedAt) >= PING_MS) ping();
    const pingInMs = isOpen() ? Math.max(heardAt, pingedAt) + PING_MS - now() : PING_MS;
    const inMs = Math.max(1, Math.min(deafAt() - now(), pingInMs));
    dueAt = now() + inMs;
    cancel = after(inMs, () => void look());
  };
  const stop = (): void => {
    stopped = true;
    cancel();
    socket.ws.off("frame", hear);
  };
  socket.ws.on("frame", hear);
  void look();
  return stop;
}
