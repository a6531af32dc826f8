import { type Figure, ratio, share } from "../figure.ts";
import { medianOf } from "../race.ts";
import type { Turn } from "./course.ts";
import type { Side, Transactions } from "./plan.ts";
import { courseOf, type Found, type Size } from "./sizes.ts";

/** Every size, by `bench unofficial`: about twenty minutes. */
const FULL: readonly Size[] = [
  { sessions: 1, rounds: 5, logins: 3, cut: 1, talkers: 1, messages: 200, warmUp: 200 },
  { sessions: 50, rounds: 5, logins: 1, cut: 50, talkers: 20, messages: 20, warmUp: 10 },
  { sessions: 300, rounds: 5, logins: 1, cut: 100, talkers: 0, messages: 0, warmUp: 0 },
];
/** What `bench` runs among everything else. */
const SHORT: readonly Size[] = [
  { sessions: 1, rounds: 3, logins: 3, cut: 1, talkers: 1, messages: 40, warmUp: 40 },
  { sessions: 24, rounds: 3, logins: 1, cut: 20, talkers: 5, messages: 10, warmUp: 10 },
];

/** Only some of them: BENCH_SIZES=1,50. */
const SIZES = process.env.BENCH_SIZES?.split(",").map(Number);

const LIKE_PLAIN = 1.15;
const HALF = 0.5;
/** Of so many that are cut at once. */
const MANY = 100;
const MEMORY = 1.3;
const BLOCK_MS = 300;
const SENDS = 0.9;
const GROUP_SENDS = 2;
const GROUP_HEARD = 5;
const TRANSACTIONS = 3;

/**
 * The channel on SQLite beside plain Baileys with `useMultiFileAuthState`, each in a process of its own and both on one WhatsApp Web server in a third: what linking, logging in,
 * coming back after a cut and messages of people and of groups cost. Medians over rounds in which both take turns.
 *
 * Sends are counted at WhatsApp's acknowledgement on both sides. The least that is asked for holds for those that are handed over at once, as each side's callers can: a session sends one
 * message at a time, and the next waits for no acknowledgement. One after the other is told beside it.
 *
 * In the groups that figures are held to, the phones of all members but one are off: with every phone answering in the same instant, both sides spend two thirds of their time on receipts, and
 * what a message costs to send is not seen. That case is told beside it.
 */
export async function unofficialFigures(isAlone: boolean): Promise<{ readonly figures: readonly Figure[]; readonly times: string }> {
  const figures: Figure[] = [];
  const times: string[] = [isAlone ? "" : "  Of the unofficial channel small sizes in three rounds only; all of it by: bench unofficial"];
  for (const size of isAlone ? FULL : SHORT) {
    if (SIZES !== undefined && !SIZES.includes(size.sessions)) continue;
    const found = await courseOf(size);
    figures.push(...figuresOf(size, found));
    times.push(timesOf(size, found));
  }
  return { figures, times: times.filter((text) => text !== "").join("\n") };
}

function figuresOf({ sessions, cut, talkers }: Size, found: Found): readonly Figure[] {
  const name = `Unofficial, ${sessions === 1 ? "1 session" : `${sessions} sessions`}`;
  // one login is mostly its host's start, and one that was cut waits for up to a tenth of a second, so that many do not come at once
  const login = sessions === 1 ? LIKE_PLAIN : HALF;
  // of fewer it is only told
  const half = cut >= MANY ? HALF : undefined;
  const memory = medianOf(found.memory.map(({ ours, plain }) => ours / plain));
  const block = medianOf(found.cuts.map(({ ours }) => ours.block));
  return [
    of(`${name}, linking, processor`, found.linking, "cpu", LIKE_PLAIN),
    byTheClock(of(`${name}, linking, by the clock`, found.linking, "clock", LIKE_PLAIN)),
    of(`${name}, login, processor`, found.logins, "cpu", login),
    byTheClock(of(`${name}, login, by the clock`, found.logins, "clock", LIKE_PLAIN)),
    ratio(`${name}, memory after login`, memory, MEMORY),
    of(`${name}, ${cut} cut at once until all are back, processor`, found.cuts, "cpu", half),
    byTheClock(of(`${name}, ${cut} cut at once until all are back, by the clock`, found.cuts, "clock", half)),
    {
      what: `${name}, ${cut} cut at once, the longest block of the event loop`,
      ...{ measured: `${block.toFixed(0)} ms`, target: `≤ ${BLOCK_MS} ms`, met: block <= BLOCK_MS, binding: false },
    },
    ...(talkers > 0 ? talk(name, talkers === 1, found) : []),
  ];
}

function talk(
  name: string,
  isAlone: boolean,
  { sending, bursts, hearing, groupSending, groupBursts, groupAnswered, groupHearing, out, into }: Found,
): readonly Figure[] {
  const speed = (what: string, turns: readonly Turn[], least?: number): Figure =>
    byTheClock(share(`${name}, ${what} in a second`, medianOf(turns.map(({ ours, plain }) => plain.clock / ours.clock)), least));
  return [
    speed("messages sent at once and acknowledged", bursts, SENDS),
    // what one phone sends like this is a measure of a round trip, in which each message waits for the disk by itself, and plain Baileys for none
    speed("messages sent one after the other and acknowledged", sending, isAlone ? undefined : SENDS),
    speed("messages sent to a group at once and acknowledged", groupBursts, GROUP_SENDS),
    speed("messages sent to a group one after the other and acknowledged", groupSending),
    speed("messages sent to a group one after the other, where each member answers", groupAnswered),
    speed("messages of a group handled", groupHearing, GROUP_HEARD),
    of(`${name}, a message out at once with others, processor`, bursts, "cpu"),
    of(`${name}, a message out, processor`, sending, "cpu"),
    of(`${name}, a message out to a group at once with others, processor`, groupBursts, "cpu"),
    of(`${name}, a message in until it was handled, processor`, hearing, "cpu"),
    ...(out.length === 0
      ? []
      : [
          transactions(`${name}, transactions for a message out`, out, (table) => table === "messages" || table === "records"),
          transactions(
            `${name}, transactions for a message in`,
            into,
            (table, verb) => table === "records" || (table === "inbox" && verb === "insert"),
          ),
        ]),
  ];
}

function of(what: string, turns: readonly Turn[], part: "cpu" | "clock", most?: number): Figure {
  const ratios = turns.map(({ ours, plain }) => ours[part] / plain[part]);
  return { ...ratio(what, medianOf(ratios), most), note: ratios.map((value) => value.toFixed(2)).join(" ") };
}

// others use the machine too
function byTheClock(figure: Figure): Figure {
  return { ...figure, binding: false };
}

/** What of a message's own transactions there is, and beside it the others that its receipts and its handler bring. */
function transactions(what: string, all: readonly Transactions[], isOwn: (table: string, verb: string) => boolean): Figure {
  const own = medianOf(all.map((each) => sumOf(each, (name) => isOwn(...tableOf(name)))));
  const others = medianOf(all.map((each) => sumOf(each, (name) => !isOwn(...tableOf(name)))));
  const measured = own.toFixed(1);
  return {
    what,
    measured,
    target: `≤ ${TRANSACTIONS}`,
    met: own <= TRANSACTIONS,
    binding: true,
    note: `and ${others.toFixed(1)} of its handler and receipts`,
  };
}

function tableOf(name: string): readonly [table: string, verb: string] {
  const [verb = "", table = ""] = name.split(" ");
  return [table, verb];
}

function sumOf(all: Transactions, counts: (name: string) => boolean): number {
  return Object.entries(all).reduce((sum, [name, value]) => sum + (counts(name) ? value : 0), 0);
}

function timesOf({ sessions, cut, talkers, messages }: Size, found: Found): string {
  const { linking, logins, memory, cuts, sending, bursts, hearing, groupBursts, groupHearing } = found;
  const each = (turns: readonly Turn[], side: Side, part: "cpu" | "clock", count: number): string =>
    (medianOf(turns.map((turn) => turn[side][part])) / count).toFixed(1).padStart(8);
  const row = (what: string, turns: readonly Turn[], count: number): string =>
    `  ${what.padEnd(44)}${each(turns, "ours", "cpu", count)}${each(turns, "plain", "cpu", count)}${each(turns, "ours", "clock", count)}${each(turns, "plain", "clock", count)}`;
  const mebibytes = (side: Side): string => (medianOf(memory.map((one) => one[side])) / 2 ** 20).toFixed(0);
  return [
    `  Unofficial, ${sessions} sessions; milliseconds for one: processor ours and plain, clock ours and plain`,
    row("linking", linking, Math.max(1, Math.round(sessions / linking.length))),
    row("login", logins, sessions),
    row(`back after a cut of ${cut}`, cuts, cut),
    ...(talkers === 0
      ? []
      : [
          row("a message sent after another", sending, talkers * messages),
          row("a message sent at once with others", bursts, talkers * messages),
          row("a message handled", hearing, talkers * messages),
          row("a message to a group at once with others", groupBursts, talkers * messages),
          row("a message of a group handled", groupHearing, talkers * messages),
        ]),
    `  memory after login ${mebibytes("ours")} and ${mebibytes("plain")} MiB`,
  ].join("\n");
}
