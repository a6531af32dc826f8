import { memoryStorage, type Storage } from "@wadesk/core";
import type { ManualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { linkedShop as linked, logsIn, onSqlite, speaks, text } from "./world/linked-shop.ts";
import { SHOP } from "./world/open-phones.ts";

const onMemory = (time: ManualClock): Storage => memoryStorage({ now: time.now });

describe.each([
  ["memory", onMemory],
  ["SQLite", onSqlite],
])("on %s", (_name, storage) => {
  it("a host that stops and starts again has its session without a QR, and what was written meanwhile", async () => {
    const world = await linked(storage);
    const { one, client, shop, ana } = world;
    await speaks(one, world, "before");
    await one.wadesk.stop();
    await client.disconnected();
    const id = ana.send(shop, "while you were away");
    const two = world.host();
    await two.wadesk.start();
    await logsIn(world);
    expect((await two.received.next()).data.messageId).toBe(id);
    await speaks(two, world, "after");
    expect(client.isConnected).toBe(true);
  });

  it("disconnected it is logged out and leaves nothing, and links anew as another device", async () => {
    const { one, id, acme, shop, storage: stored } = await linked(storage);
    expect((await acme.disconnect(id)).status).toMatchObject({ state: "disconnected", reason: "requested" });
    expect([shop.clients, (await stored.records.scan("record/")).items]).toEqual([[], []]);
    const linking = acme.reconnect(id, "unofficial", { phone: "+15550001111" });
    for await (const step of linking) if (step.type === "qr") await shop.scan(step.text);
    expect((await linking).status.state).toBe("connected");
    expect(shop.clients.map((client) => client.id)).toEqual([2]);
    expect(one.lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});

describe("a disconnect that WhatsApp", () => {
  const LOG_OUT = "md:set:remove-companion-device";

  it("does not answer is done after three seconds, and leaves nothing here", async () => {
    const { web, acme, id, time, client, storage } = await linked();
    const question = web.fault({ kind: "request_unanswered", operation: LOG_OUT, times: 1 });
    const ending = acme.disconnect(id);
    await web.until("the question", () => (question.spent ? true : undefined));
    await time.advance(3000);
    expect((await ending).status).toMatchObject({ state: "disconnected", reason: "requested" });
    await client.disconnected();
    expect((await storage.records.scan("record/")).items).toEqual([]);
  });

  it("refuses has not happened: the session goes on, and comes back when it is cut", async () => {
    const world = await linked();
    const { web, acme, id, client, one } = world;
    web.fault({ kind: "request_refused", operation: LOG_OUT, code: 500, times: 1 });
    await expect(acme.disconnect(id)).rejects.toMatchObject({ code: "provider_unavailable" });
    await speaks(one, world, "still here");
    client.end({ streamError: 503 });
    await client.disconnected();
    await logsIn(world);
    await speaks(one, world, "here again");
  });
});

it("a number that is paired again keeps its session until the new link is proven, and goes on with the new one, over a restart too", async () => {
  const world = await linked();
  const { one, id, acme, shop, client } = world;
  const linking = acme.reconnect(id, "unofficial", { phone: SHOP });
  for await (const step of linking) {
    if (step.type !== "qr") continue;
    expect(client.isConnected).toBe(true);
    await shop.scan(step.text);
  }
  await client.disconnected();
  const [, again] = shop.clients;
  await speaks(one, world, "by the new link", 2);
  await one.wadesk.stop();
  await again?.disconnected();
  const two = world.host();
  await two.wadesk.start();
  for (let step = 0; step < 10 && again?.isConnected !== true; step += 1) await world.time.advance(2000);
  await again?.connected();
  await speaks(two, world, "after a restart", 2);
  expect(one.lines.filter(({ level }) => level === "error")).toEqual([]);
});

it("a pairing that fails leaves the session as it was", async () => {
  const world = await linked();
  const { one, id, acme, web } = world;
  const stranger = web.addPhone({ number: "15550003333", name: "Stranger" });
  const linking = acme.reconnect(id, "unofficial", { phone: SHOP });
  for await (const step of linking) {
    if (step.type !== "qr") continue;
    await stranger.scan(step.text);
    break;
  }
  await expect(linking).rejects.toMatchObject({ code: "number_mismatch" });
  expect(stranger.clients).toEqual([]);
  await speaks(one, world, "as before");
});

it("frames are signs of life, and so is the answer to a ping where WhatsApp says nothing", async () => {
  const { one, id, acme, time, shop, ana } = await linked();
  await time.advance(60_000);
  ana.send(shop, "still there?");
  await one.received.next();
  await time.advance(2000);
  expect((await acme.get(id)).lastSeenAt).toBeGreaterThanOrEqual(time.now() - 4000);
  const before = one.changes.all.length;
  await time.advance(600_000);
  expect((await acme.get(id)).status.state).toBe("connected");
  expect(time.now() - ((await acme.get(id)).lastSeenAt ?? 0)).toBeLessThan(60_000);
  expect(one.changes.all.slice(before)).toEqual([]);
});

describe("two hosts on one storage", () => {
  it("have one owner; it does what the other is asked, and when it stops the other has the session", async () => {
    const world = await linked();
    const { one, id, time, client } = world;
    const two = world.host();
    await two.wadesk.start();
    await time.advance(10_000);
    const elsewhere = two.wadesk.workspace("acme");
    await expect(elsewhere.send({ to: "+15550002222", content: text("Hello") })).rejects.toMatchObject({ code: "session_elsewhere" });
    await elsewhere.check(id);
    await time.advance(2100);
    expect(await elsewhere.intent(id)).toBeUndefined();
    expect(one.changes.all).not.toContain("disconnected · replaced");
    await one.wadesk.stop();
    await client.disconnected();
    await logsIn(world);
    await speaks(two, world, "from the other");
    await world.web.until("an empty queue", () => (client.waiting === 0 ? true : undefined));
    await two.wadesk.workspace("acme").disconnect(id);
    expect(world.shop.clients).toEqual([]);
  });
});

it("a number whose keys are gone says that it has to be linked again, and never shows a QR by itself", async () => {
  const world = await linked();
  const { one, id, storage, client, time } = world;
  await one.wadesk.stop();
  await client.disconnected();
  await storage.records.clear(`record/${id}/`);
  const two = world.host();
  await two.wadesk.start();
  await time.advance(2100);
  await two.changes.next((status) => status === "pending · needs_repair");
  expect(client.isConnected).toBe(false);
});
