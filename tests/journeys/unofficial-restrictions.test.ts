import { describe, expect, it } from "vitest";
import { type LinkedShop, linkedShop, logsIn, speaks, text } from "./world/linked-shop.ts";

const HOUR_MS = 60 * 60_000;
const QUOTA = "w:mex:get:query";
const inHours = ({ time }: LinkedShop, hours: number): number => Math.floor(time.now() / 1000) * 1000 + hours * HOUR_MS;
/** Waits until the connection says so, as a screen hears it. */
async function untilLimited({ acme, id, one, time, web }: LinkedShop, reason: string | undefined) {
  const now = async () => (await acme.get(id)).status.restriction;
  for (let found = await now(); found?.reason !== reason; found = await now()) {
    await one.changes.next();
    web.assertClean();
    await time.advance(0);
  }
  return now();
}
/** How often WhatsApp was asked so far. */
const asked = ({ web }: LinkedShop): number => web.transcript().split("query_id=").length - 1;
/** Waits until it was. */
const isAsked = (world: LinkedShop, times: number) => world.web.until("the questions", () => (asked(world) >= times ? true : undefined));

describe("a number that WhatsApp keeps from beginning chats", () => {
  it("says so with the lock's end as soon as WhatsApp tells, stays connected, and says no more once it is lifted", async () => {
    const world = await linkedShop();
    const until = inHours(world, 30);
    world.shop.lockReachout({ until, type: "WEB_COMPANION_ONLY" });
    expect(await untilLimited(world, "new_chats_locked")).toEqual({ reason: "new_chats_locked", until });
    expect(await world.acme.get(world.id)).toMatchObject({ status: { state: "connected" }, advice: { remedy: "wait" } });
    world.shop.lockReachout(undefined);
    expect(await untilLimited(world, undefined)).toBeUndefined();
    expect((await world.acme.get(world.id)).advice).toBeUndefined();
  });

  it("says no more of a lock when it has ended, and who listens is told then", async () => {
    const world = await linkedShop();
    world.shop.lockReachout({ until: inHours(world, 0.5) });
    await untilLimited(world, "new_chats_locked");
    world.one.changes.forget();
    await world.time.advance(HOUR_MS / 2 + 2000);
    await world.one.changes.next();
    expect((await world.acme.get(world.id)).status).not.toHaveProperty("restriction");
  });

  it("says so when its quota is used up, and is warned before", async () => {
    const world = await linkedShop();
    const { shop, acme, id } = world;
    shop.limitNewChats({ status: "SECOND_WARNING", total: 10, used: 9 });
    const warned = async (): Promise<unknown> => (await acme.get(id)).warnings;
    await expect.poll(async () => warned()).toMatchObject([{ code: "new_chats_few", values: { used: 9, total: 10 } }]);
    const until = inHours(world, 5);
    shop.limitNewChats({ status: "CAPPED", total: 10, used: 10, until });
    expect(await untilLimited(world, "new_chats_capped")).toEqual({ reason: "new_chats_capped", until });
    expect(await warned()).toEqual([]);
    shop.lockReachout({ until: until + HOUR_MS });
    expect(await untilLimited(world, "new_chats_locked")).toEqual({ reason: "new_chats_locked", until: until + HOUR_MS });
    shop.lockReachout(undefined);
    expect(await untilLimited(world, "new_chats_capped")).toEqual({ reason: "new_chats_capped", until });
    shop.limitNewChats({ status: "NONE", total: -1, used: 0 });
    await untilLimited(world, undefined);
  });
});

describe("what WhatsApp limits is asked", () => {
  it("when a session is opened, so that another process knows of it", async () => {
    const world = await linkedShop();
    await world.one.wadesk.stop();
    await world.client.disconnected();
    world.shop.lockReachout({ until: inHours(world, 9) }, "untold");
    const two = world.host();
    await two.wadesk.start();
    await logsIn(world);
    await untilLimited({ ...world, one: two }, "new_chats_locked");
  });

  it("every hour", async () => {
    const world = await linkedShop();
    await isAsked(world, 2);
    world.shop.lockReachout({ until: inHours(world, 9) }, "untold");
    await world.time.advance(HOUR_MS - 60_000);
    expect(asked(world)).toBe(2);
    await world.time.advance(60_000);
    await untilLimited(world, "new_chats_locked");
  });

  it("once after a refusal, however many there are, and once more after a minute where there are still some", async () => {
    const world = await linkedShop();
    await isAsked(world, 2);
    const refuse = async (to: string): Promise<void> => {
      world.web.addPhone({ number: to.slice(1) });
      await expect(world.acme.send({ to, from: world.id, content: text("Hello?") })).rejects.toMatchObject({ code: "spam_limited" });
    };
    await world.time.advance(60_000);
    world.shop.lockReachout({ until: inHours(world, 9) }, "untold");
    await refuse("+15550004441");
    await refuse("+15550004442");
    await world.time.advance(1000);
    await untilLimited(world, "new_chats_locked");
    await isAsked(world, 4);
    await refuse("+15550004443");
    await refuse("+15550004444");
    await world.time.advance(58_000);
    expect(asked(world)).toBe(4);
    await world.time.advance(3000);
    await isAsked(world, 6);
    await world.time.advance(120_000);
    expect(asked(world)).toBe(6);
  });

  it("and a question that is refused or not answered changes nothing and is no fault", async () => {
    const world = await linkedShop();
    await isAsked(world, 2);
    world.shop.lockReachout({ until: inHours(world, 9) });
    await untilLimited(world, "new_chats_locked");
    world.shop.lockReachout(undefined, "untold");
    world.web.fault({ kind: "request_refused", operation: QUOTA, code: 500, times: 2 });
    await world.time.advance(HOUR_MS);
    await isAsked(world, 4);
    expect((await world.acme.get(world.id)).status).toMatchObject({ state: "connected", restriction: { reason: "new_chats_locked" } });
    await world.time.advance(HOUR_MS);
    await untilLimited(world, undefined);
    expect(world.one.lines.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
  });

  it("and half an answer lifts nothing that was known before the session was opened", async () => {
    const world = await linkedShop();
    const { shop, one, web, client, time } = world;
    shop.lockReachout({ until: inHours(world, 9) });
    await untilLimited(world, "new_chats_locked");
    await one.wadesk.stop();
    await client.disconnected();
    shop.lockReachout(undefined, "untold");
    const before = asked(world);
    // the lock is asked for first
    const refused = web.fault({ kind: "request_refused", operation: QUOTA, code: 500 });
    const two = world.host();
    await two.wadesk.start();
    await logsIn(world);
    await isAsked(world, before + 2);
    await speaks(two, world, "to somebody it knows");
    expect(refused.spent).toBe(true);
    const restriction = async () => (await two.wadesk.workspace("acme").get(world.id)).status.restriction?.reason;
    expect(await restriction()).toBe("new_chats_locked");
    await time.advance(HOUR_MS);
    await expect.poll(async () => restriction()).toBeUndefined();
  });
});
