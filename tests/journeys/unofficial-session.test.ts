import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isWadeskError, memoryStorage, type Storage } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import type { ManualClock } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { linkShop, openPhones, type PhoneHost, type PhoneWorld, SHOP } from "./world/open-phones.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;
const onMemory = (time: ManualClock): Storage => memoryStorage({ now: time.now });
const onSqlite = (): Storage => {
  const folder = mkdtempSync(join(tmpdir(), "phones-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return sqliteStorage(join(folder, "wadesk.db"));
};

/** A world with the shop's phone linked on a host that runs. */
async function linked(storage?: (time: ManualClock) => Storage) {
  const world = await openPhones({ ...(storage && { storage }) });
  const one = world.host();
  await one.wadesk.start();
  const { id } = await linkShop(one, world.shop);
  const acme = one.wadesk.workspace("acme");
  const [client] = world.shop.clients;
  if (client === undefined) throw new Error("there is no client");
  one.changes.forget();
  return { ...world, one, id, acme, client };
}

/** Moves the time until the shop's client has logged in. */
async function logsIn({ time, shop }: PhoneWorld, steps = 10): Promise<void> {
  const [client] = shop.clients;
  for (let step = 0; step < steps && client?.isConnected !== true; step += 1) await time.advance(2000);
  await client?.connected();
}
const speaks = async ({ wadesk }: PhoneHost, { shop, ana, time }: PhoneWorld, words: string, devices = 1): Promise<void> => {
  const send = () => wadesk.workspace("acme").send({ to: "+15550002222", content: text(words) });
  const isOpening = (error: unknown): boolean => isWadeskError(error, "session_opening");
  for (let sent = false; !sent; ) {
    sent = await send().then(
      () => true,
      (error: unknown) => !isOpening(error) && Promise.reject(error),
    );
    // a turn of the event loop
    if (!sent) await time.advance(1);
  }
  expect((await ana.received()).content.extendedTextMessage?.text).toBe(words);
  expect(shop.clients).toHaveLength(devices);
};

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

it("frames are signs of life: without one for 90 seconds it is silent, and with the next it is connected", async () => {
  const { one, id, acme, time, shop, ana } = await linked();
  await time.advance(60_000);
  ana.send(shop, "still there?");
  await one.received.next();
  await time.advance(2000);
  expect((await acme.get(id)).lastSeenAt).toBeGreaterThanOrEqual(time.now() - 4000);
  await time.advance(91_000);
  expect((await acme.get(id)).status).toMatchObject({ state: "disconnected", reason: "silent" });
  ana.send(shop, "and now?");
  await one.received.next();
  await time.advance(2000);
  expect((await acme.get(id)).status.state).toBe("connected");
});

describe("a session that WhatsApp ends", () => {
  it("by asking the client to come back does so at once, and its status stays", async () => {
    const world = await linked();
    const { one, client } = world;
    const before = one.changes.all.length;
    client.end({ streamError: 515 });
    await client.disconnected();
    await client.connected();
    await speaks(one, world, "here again");
    expect(one.changes.all.slice(before)).toEqual([]);
  });

  it.each([
    ["cut", (world: Awaited<ReturnType<typeof linked>>) => world.client.drop()],
    ["ended with 503", (world: Awaited<ReturnType<typeof linked>>) => world.client.end({ streamError: 503 })],
    ["ended with an error without a code", (world: Awaited<ReturnType<typeof linked>>) => world.client.end({ streamErrorChild: "ack" })],
  ])("%s is a lost connection, and open again after a pause", async (_what, end) => {
    const world = await linked();
    const { one, client } = world;
    end(world);
    await one.changes.next((status) => status === "disconnected · connection_lost");
    await client.disconnected();
    await logsIn(world);
    await one.changes.next((status) => status === "connected");
    expect(client.isConnected).toBe(true);
    await speaks(one, world, "here again");
  });

  it("because the phone unlinked it has no keys any more, and is not opened again", async () => {
    const { one, shop, id, acme, time, storage, web } = await linked();
    shop.unlink();
    await one.changes.next((status) => status === "disconnected · unlinked");
    await time.advance(600_000);
    expect((await acme.get(id)).status).toMatchObject({ state: "disconnected", reason: "unlinked" });
    expect((await storage.records.scan("record/")).items).toEqual([]);
    web.assertClean();
  });

  it("because another client has its place keeps its keys, waits to be asked, and is opened by a check", async () => {
    const world = await linked();
    const { one, client, id, acme, time } = world;
    client.end("replaced");
    await one.changes.next((status) => status === "disconnected · replaced");
    await client.disconnected();
    await time.advance(3_600_000);
    expect(client.isConnected).toBe(false);
    await acme.check(id);
    await logsIn(world);
    await one.changes.next((status) => status === "connected");
    await speaks(one, world, "asked for");
  });

  it.each([
    [403, {}, "failed · locked", 3_600_000],
    [402, { code: "101", expire: "7200" }, "failed · temporarily_banned", 7_200_000],
  ])("with %i %o is %s, and opened again when that may be over", async (code, attributes, status, waitMs) => {
    const world = await linked();
    const { one, shop, client, time } = world;
    shop.restrict(code, attributes);
    await one.changes.next((each) => each === status);
    await client.disconnected();
    shop.restrict(undefined);
    await time.advance(waitMs - 60_000);
    expect(client.isConnected).toBe(false);
    await time.advance(60_000);
    await logsIn(world);
    await one.changes.next((each) => each === "connected");
  });

  it("with 406 is banned, and not opened again", async () => {
    const { one, shop, client, time } = await linked();
    shop.restrict(406);
    await one.changes.next((status) => status === "failed · banned");
    await client.disconnected();
    shop.restrict(undefined);
    await time.advance(7_200_000);
    expect(client.isConnected).toBe(false);
  });
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
    expect(client.waiting).toBe(0);
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
