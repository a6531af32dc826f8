import type { SessionVoice } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { BinaryNode, Socket } from "../baileys/baileys.ts";
import { readJid } from "../numbers/jid.ts";

/** So exactly it is told when the phone was seen, in milliseconds. */
const HOUR_MS = 60 * 60_000;

/** When the phone behind a linked number was last heard of. */
export interface PhoneLife {
  /** In milliseconds since the epoch, as far as anybody knows. */
  seenAt(): number | undefined;
  /** Listens to what the phone itself sends. */
  meet(socket: Pick<Socket, "ws" | "user">): void;
  /** Tells what is known, now and every hour: a client has logged in. */
  greet(): void;
  /** Tells no more. */
  part(): void;
}

/** What it takes. */
export interface PhoneLifeParts {
  readonly voice: Pick<SessionVoice, "learn" | "after">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly state: Pick<AuthState, "auth">;
  /** What the connection says when its session is opened. */
  readonly seenAt: number | undefined;
}

/**
 * Follows the signs of life of the phone: its messages, its receipts, and what WhatsApp says of its account. They are all there is: WhatsApp unlinks the
 * devices of a phone that was not opened for 14 days, and says nothing before.
 */
export function phoneLife({ voice, now, state, seenAt: told }: PhoneLifeParts): PhoneLife {
  let heardAt = told;
  let toldAt = told;
  let cancel = (): void => {};
  const seenAt = (): number | undefined => {
    const synced = state.auth.creds.lastAccountSyncTimestamp;
    const times = [heardAt, synced === undefined ? undefined : synced * 1000].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.max(...times);
  };
  // a time ahead of now was told before the clock was set back
  const toldBefore = (): number => (toldAt === undefined || toldAt > now() ? 0 : toldAt);
  const tell = (): void => {
    const phoneSeenAt = seenAt();
    if (phoneSeenAt === undefined || phoneSeenAt <= toldBefore()) return;
    toldAt = phoneSeenAt;
    voice.learn({ facts: { phoneSeenAt } });
  };
  const tellHourly = (): void => {
    tell();
    cancel();
    cancel = voice.after(HOUR_MS, tellHourly);
  };
  return {
    seenAt,
    meet(socket) {
      const hear = ({ attrs }: BinaryNode): void => {
        if (!isOwnPhone(attrs.participant ?? attrs.from, socket.user)) return;
        // what waited for this device was said when it was said
        const at = Math.min(now(), Number(attrs.t) * 1000 || now());
        heardAt = heardAt === undefined || heardAt > now() ? at : Math.max(heardAt, at);
        if (heardAt - toldBefore() >= HOUR_MS) tell();
      };
      socket.ws.on("CB:message", hear);
      socket.ws.on("CB:receipt", hear);
    },
    greet: tellHourly,
    part() {
      cancel();
    },
  };
}

/** Whether an address is that of the account's phone itself, which is its device 0 and named by none. */
export function isOwnPhone(jid: string | undefined, me: Pick<NonNullable<Socket["user"]>, "id" | "lid"> | undefined): boolean {
  const user = readJid(jid)?.user;
  if (user === undefined || /:[1-9]/.test(jid ?? "")) return false;
  return user === readJid(me?.id)?.user || user === readJid(me?.lid)?.user;
}
