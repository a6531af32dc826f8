import { memoryStorage } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { type LinkedShop, linkedShop, logsIn, speaks, text } from "./world/linked-shop.ts";
import { type StuckStorage, stuckStorage } from "./world/stuck-storage.ts";
import { watchedStorage } from "./world/watched-storage.ts";

const DAY_MS = 24 * 60 * 60_000;
const LOST = "disconnected · connection_lost";

/** Expects the session to end within 90 seconds by the clock, to say so once, and to be open again. */
async function isMadeAnew(world: LinkedShop): Promise<void> {
  const { one, client, time } = world;
  const began = time.now();
  while (!one.changes.all.includes(LOST) && time.now() - began < 90_000) await time.advance(1000);
  await one.changes.next((status) => status === LOST);
  await client.disconnected();
  await logsIn(world);
  await one.changes.next((status) => status === "connected");
  expect(one.lines.filter(({ message }) => message.includes("stood still"))).toHaveLength(1);
}
async function linkedOnStuck(): Promise<LinkedShop & { readonly stuck: StuckStorage }> {
  let stuck: StuckStorage | undefined;
  const world = await linkedShop((time) => {
    stuck = stuckStorage(memoryStorage({ now: time.now }));
    return stuck.storage;
  });
  if (stuck === undefined) throw new Error("there is no storage");
  return { ...world, stuck };
}

describe("within 90 seconds a session is not called connected any more, and is made anew,", () => {
  it("whose server is silent and answers no ping", async () => {
    const world = await linkedShop();
    world.client.goDeaf();
    await isMadeAnew(world);
    await speaks(world.one, world, "here again");
  });

  it("whose network is gone, so that nobody ends it in good order", async () => {
    const world = await linkedShop();
    const { one, client, time, web } = world;
    const logins = (): number => web.transcript().split("<success").length;
    const before = logins();
    client.goDeaf("network gone");
    await time.advance(60_000);
    await one.changes.next((status) => status === LOST);
    await time.advance(1100);
    await web.until("another login", () => (logins() > before ? true : undefined));
    await one.changes.next((status) => status === "connected");
    await speaks(one, world, "here again");
  });

  it("that hears messages and does nothing with them, since the storage never answers; they come again", async () => {
    const world = await linkedOnStuck();
    const { one, ana, shop, stuck } = world;
    stuck.hold("get");
    const id = ana.send(shop, "are you there?");
    await stuck.held();
    await world.time.advance(15_000);
    stuck.letGo();
    await isMadeAnew(world);
    expect((await one.received.next()).data.messageId).toBe(id);
    await speaks(one, world, "here again");
  });

  it("whose storage never answers a write; what was to be written comes again, and its keys are of use", async () => {
    const world = await linkedOnStuck();
    const { one, ana, shop, stuck } = world;
    stuck.hold("set");
    const id = ana.send(shop, "are you there?");
    await stuck.held();
    stuck.letGo();
    await isMadeAnew(world);
    expect((await one.received.next()).data.messageId).toBe(id);
    await speaks(one, world, "here again");
  });

  it("in which one send stands still: nobody knows how far it came, and those behind it are not held up", async () => {
    const world = await linkedShop();
    const { one, acme, ana, web, time } = world;
    const question = web.fault({ kind: "request_unanswered", operation: "usync:get:usync", times: 3 });
    const lid = ana.lid.split("@")[0] ?? "";
    const sending = acme.send({ to: { lid }, content: text("who are you?") });
    sending.catch(() => {});
    await web.until("its question", () => (web.transcript().includes(lid) ? true : undefined));
    await time.advance(1000);
    question.end();
    await isMadeAnew(world);
    await expect(sending).rejects.toMatchObject({ code: "outcome_unknown" });
    await speaks(one, world, "here again");
  });
});

describe("a phone that is not opened", () => {
  /** A host that stops, and another that starts so many days later. */
  const afterDays = async (world: LinkedShop, days: number) => {
    await world.one.wadesk.stop();
    await world.client.disconnected();
    await world.time.advance(days * DAY_MS);
    const two = world.host();
    await two.wadesk.start();
    return { ...world, one: two, acme: two.wadesk.workspace("acme") };
  };

  it("is warned of four days before WhatsApp unlinks its devices, until it is heard again", async () => {
    const world = await linkedShop();
    const { id, shop, ana, time } = world;
    const seenAt = (await world.acme.get(id)).facts?.phoneSeenAt ?? 0;
    expect(time.now() - seenAt).toBeLessThan(60_000);
    expect((await world.acme.get(id)).warnings).toEqual([]);
    shop.goOffline();
    const later = await afterDays(world, 10.5);
    await logsIn(world);
    const values = { by: seenAt + 14 * DAY_MS, seenAt };
    await expect.poll(async () => (await later.acme.get(id)).warnings).toMatchObject([{ code: "phone_unseen", values }]);
    shop.goOnline();
    shop.send(ana, "I am back");
    await later.one.echoed.next();
    await expect.poll(async () => (await later.acme.get(id)).warnings).toEqual([]);
    expect(time.now() - ((await later.acme.get(id)).facts?.phoneSeenAt ?? 0)).toBeLessThan(60_000);
  });

  it("for 14 days is why its devices are unlinked, and still is when the host starts again", async () => {
    const world = await linkedShop();
    const { time, id, storage } = world;
    world.shop.goOffline();
    const { one, acme } = await afterDays(world, 14.1);
    await time.advance(2100);
    await one.changes.next((status) => status === "disconnected · phone_inactive");
    expect((await acme.get(id)).advice).toMatchObject({ remedy: "pair-again" });
    await expect.poll(() => storage.sessions.find(id)).toMatchObject({ wanted: false });
    await one.wadesk.stop();
    const three = world.host();
    await three.wadesk.start();
    await time.advance(10_000);
    expect([three.changes.all, (await acme.get(id)).status]).toMatchObject([[], { reason: "phone_inactive" }]);
  });
});

describe("the pauses between two logins", () => {
  /** A shop whose client was cut, and how many ends of a session were told so far. */
  const cut = async (random: number) => {
    let told = 0;
    const note = (call: string): void => {
      if (call === "connections.get") told += 1;
    };
    const world = await linkedShop((time) => watchedStorage(memoryStorage({ now: time.now }), note), { random: () => random });
    world.client.drop();
    await world.one.changes.next((status) => status === LOST);
    return { ...world, told: () => told };
  };
  /** Expects the next login after such a pause, and no sooner; WhatsApp refuses it, where it is to. */
  const logsInAfter = async ({ web, time, client, told }: Awaited<ReturnType<typeof cut>>, pauseMs: number): Promise<void> => {
    const login = web.fault({ kind: "login_refused", code: 503 });
    if (pauseMs > 10) await time.advance(pauseMs - 10);
    expect([pauseMs, login.spent, client.isConnected]).toEqual([pauseMs, false, false]);
    await time.advance(20);
    await web.until("the login", () => (login.spent ? true : undefined));
    const before = told();
    // once its end is told, the next pause has begun
    await expect.poll(told, { interval: 1 }).toBeGreaterThan(before);
    await time.advance(0);
  };

  it.each([
    ["begin with none and grow to five minutes", 0, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]],
    ["begin within a tenth of a second, and are spread by up to a half", 1, [0.1, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150]],
  ])("%s", async (_what, random, seconds) => {
    const world = await cut(random);
    for (const each of seconds) await logsInAfter(world, each * 1000);
  });

  it("begin anew once a session was open for a minute, and not before", async () => {
    const world = await cut(0);
    const { time, client, one } = world;
    const isOpenFor = async (openMs: number): Promise<void> => {
      await client.connected();
      await one.changes.next((status) => status === "connected");
      await time.advance(openMs);
      client.drop();
      await one.changes.next((status) => status === LOST);
      await time.advance(0);
    };
    await logsInAfter(world, 0);
    await logsInAfter(world, 1000);
    await time.advance(2000);
    await isOpenFor(58_000);
    await logsInAfter(world, 4000);
    await time.advance(8000);
    await isOpenFor(60_000);
    await logsInAfter(world, 0);
  });
});
