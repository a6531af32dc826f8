import type { UnofficialSettings } from "../options.ts";

/** Over how long a number is counted, and what is counted. `slotMs` is how finely: a message counts until the whole of its slot is out of the window. */
interface PaceWindow {
  readonly lengthMs: number;
  readonly slotMs: number;
  /** Whether only messages that begin a chat count. */
  readonly chats: boolean;
  /** What it limits, after a number. */
  readonly words: string;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const WINDOWS: Readonly<Record<keyof UnofficialSettings, PaceWindow>> = {
  messagesPerMinute: { lengthMs: MINUTE_MS, slotMs: 5 * SECOND_MS, chats: false, words: "messages in a minute" },
  messagesPerHour: { lengthMs: HOUR_MS, slotMs: 5 * MINUTE_MS, chats: false, words: "messages in an hour" },
  messagesPerDay: { lengthMs: DAY_MS, slotMs: HOUR_MS, chats: false, words: "messages in a day" },
  newChatsPerDay: { lengthMs: DAY_MS, slotMs: HOUR_MS, chats: true, words: "new chats in a day" },
};

/** How many messages were counted in each slot of each window: pairs of the slot's number since the epoch and the count. */
export type PaceCounts = { readonly [Name in keyof UnofficialSettings]?: readonly (readonly [slot: number, count: number])[] };

/** A limit that was met. */
export interface MetLimit {
  readonly name: keyof UnofficialSettings;
  /** Such as `8 messages in a minute`. */
  readonly words: string;
  /** Milliseconds until another message fits. */
  readonly waitMs: number;
}

/** The counts with some more messages at `now`, and without what is over. Pure. */
export function withMessages(
  counts: PaceCounts,
  now: number,
  { messages, chats }: { readonly messages: number; readonly chats: number },
): PaceCounts {
  return Object.fromEntries(
    names().map((name) => {
      const own = WINDOWS[name];
      const slot = Math.floor(now / own.slotMs);
      const added = own.chats ? chats : messages;
      const others = inForce(counts, name, now).filter(([each]) => each !== slot);
      const count = (inForce(counts, name, now).find(([each]) => each === slot)?.[1] ?? 0) + added;
      return [name, count === 0 ? others : [...others, [slot, count] as const]];
    }),
  );
}

/** The limit that keeps one more message from going out at `now`, of several the one with the longest wait; nothing where it may. Pure. */
export function metLimit(counts: PaceCounts, limits: UnofficialSettings, now: number, opensChat: boolean): MetLimit | undefined {
  const met = names()
    .filter((name) => opensChat || !WINDOWS[name].chats)
    .map((name) => ({ name, words: `${limits[name]} ${WINDOWS[name].words}`, waitMs: waitOf(counts, name, limits[name], now) }))
    .filter(({ waitMs }) => waitMs > 0);
  return met.sort((one, other) => other.waitMs - one.waitMs)[0];
}

/** Milliseconds until fewer than `most` are in the window; 0 where that is now. */
function waitOf(counts: PaceCounts, name: keyof UnofficialSettings, most: number, now: number): number {
  const slots = [...inForce(counts, name, now)].sort(([one], [other]) => one - other);
  let left = slots.reduce((sum, [, count]) => sum + count, 0);
  let waitMs = 0;
  for (const [slot, count] of slots) {
    if (left < most) break;
    left -= count;
    waitMs = endOf(name, slot) - now;
  }
  return waitMs;
}

// one further ahead than a window was written while a clock was wrong
function inForce(counts: PaceCounts, name: keyof UnofficialSettings, now: number): readonly (readonly [slot: number, count: number])[] {
  const { lengthMs } = WINDOWS[name];
  return (counts[name] ?? []).filter(([slot]) => endOf(name, slot) > now && endOf(name, slot) <= now + 2 * lengthMs);
}

function endOf(name: keyof UnofficialSettings, slot: number): number {
  const { lengthMs, slotMs } = WINDOWS[name];
  return (slot + 1) * slotMs + lengthMs;
}

function names(): readonly (keyof UnofficialSettings)[] {
  return Object.keys(WINDOWS) as (keyof UnofficialSettings)[];
}
