import { expect, it } from "vitest";
import { freshAuthState } from "../auth/auth-state.ts";
import { loadBaileys } from "../baileys/baileys.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { unofficial } from "../unofficial.ts";
import { type NumberPace, numberPace, type PaceParts } from "./number-pace.ts";

const baileys = await loadBaileys();

const NOW = Date.UTC(2026, 5, 1, 12);
const many = { messagesPerMinute: 1_000_000, messagesPerHour: 1_000_000, messagesPerDay: 1_000_000, newChatsPerDay: 1_000_000 };
const { defaults } = unofficial().settings;

/** The pace of a number whose settings and time can be changed. */
function open(settings = { ...defaults }, records = memoryRecords()) {
  const world = { settings, now: NOW, asked: 0 };
  const opened = (): Taking =>
    taking({
      state: freshAuthState(baileys, records),
      settings: async () => {
        world.asked += 1;
        return world.settings;
      },
      now: () => world.now,
    });
  return Object.assign(world, { records, pace: opened(), again: opened });
}

interface Taking {
  readonly counting: NumberPace["counting"];
  /** A message is counted and leaves. */
  readonly take: (message: { readonly opensChat?: boolean }) => Promise<void>;
}

function taking(parts: PaceParts): Taking {
  const { counting } = numberPace(parts);
  return { counting, take: async (message) => parts.state.keep({}, await counting(message).beside()) };
}

it("the limits are those that are safe, unless somebody sets others", () => {
  // what baileys-antiban 3.8 does by default
  expect(defaults).toEqual({ messagesPerMinute: 8, messagesPerHour: 200, messagesPerDay: 1500, newChatsPerDay: 5 });
});

it("the ninth message in a minute is refused as ours, with where it is set and its wait", async () => {
  const { pace } = open();
  for (let count = 0; count < 8; count += 1) await pace.take({});
  const refusal = await pace.take({}).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: "pace_limited", remedy: "wait", httpStatus: 429, retryAfterMs: 65_000 });
  expect(String(refusal)).toContain("WaDesk's own limit, set in its channel's settings");
  expect(String(refusal)).toContain('8 messages in a minute by one number; settings.change("unofficial", { messagesPerMinute: … })');
});

it("the sixth chat that is begun in a day is refused, and chats go on", async () => {
  const world = open();
  for (let count = 0; count < 5; count += 1) {
    await world.pace.take({ opensChat: true });
    world.now += 60_000;
  }
  await expect(world.pace.take({ opensChat: true })).rejects.toMatchObject({
    code: "pace_limited",
    message: expect.stringContaining("newChatsPerDay"),
  });
  await world.pace.take({ opensChat: false });
});

it("what was counted is there for whoever opens the number next, and a refusal counts nothing", async () => {
  const world = open();
  for (let count = 0; count < 8; count += 1) await world.pace.take({});
  for (let count = 0; count < 5; count += 1) await expect(world.pace.take({})).rejects.toMatchObject({ code: "pace_limited" });
  const next = world.again();
  await expect(next.take({})).rejects.toMatchObject({ code: "pace_limited" });
  world.now += 65_000;
  for (let count = 0; count < 8; count += 1) await next.take({});
});

it("a limit that an admin raises counts at once, and one that is lowered within five seconds", async () => {
  const world = open();
  for (let count = 0; count < 8; count += 1) await world.pace.take({});
  world.settings = { ...defaults, messagesPerMinute: 10 };
  for (let count = 0; count < 2; count += 1) await world.pace.take({});
  world.settings = { ...defaults, messagesPerMinute: 11 };
  await world.pace.take({});
  world.settings = { ...defaults, messagesPerMinute: 1 };
  world.now += 5000;
  await expect(world.pace.take({})).rejects.toMatchObject({ code: "pace_limited" });
});

it("many messages at once are one write, and whoever opens the number next finds them all", async () => {
  const world = open(many);
  await Promise.all(Array.from({ length: 500 }, () => world.pace.take({})));
  expect([world.records.written.length, world.asked]).toEqual([1, 1]);
  world.settings = { ...many, messagesPerDay: 500 };
  await expect(world.again().take({})).rejects.toMatchObject({ code: "pace_limited" });
});

it("what is stored beside a message counts those that came until then, and that is never stored over a later one", async () => {
  const world = open(many);
  const first = await world.pace.counting({}).beside();
  await world.pace.take({});
  const [change] = first.values();
  const counts = typeof change === "function" ? JSON.parse(new TextDecoder().decode(change().value)) : undefined;
  expect(counts.messagesPerDay).toEqual([[Math.floor(NOW / 3_600_000), 2]]);
});

it("nothing is asked that could not be counted", async () => {
  const { pace, records } = open();
  records.breakWith(new Error("the disk is full"));
  await expect(pace.counting({}).stored()).rejects.toThrow();
});

it("a message counts once, however often it is asked for", async () => {
  const world = open({ ...defaults, messagesPerMinute: 2 });
  const counting = world.pace.counting({});
  await Promise.all([counting.stored(), counting.beside(), counting.stored()]);
  await world.again().take({});
  await expect(world.again().take({})).rejects.toMatchObject({ code: "pace_limited" });
});
