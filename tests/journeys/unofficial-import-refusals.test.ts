import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createWadesk, memoryStorage, type Storage } from "@wadesk/core";
import { recordingLogger } from "@wadesk/testing";
import { importSession, readSession, type SessionSource, unofficial } from "@wadesk/unofficial";
import { expect, it, onTestFinished } from "vitest";
import { faultyStorage } from "../../packages/core/src/testing/faulty-storage.ts";
import { logsIn } from "./world/linked-shop.ts";
import { type MovedShop, movedShop, temporaryFolder } from "./world/moved-shop.ts";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";
import { linkShop, openPhones } from "./world/open-phones.ts";

/** Moves a session that is refused, and expects that nothing of it stays here, and the device at WhatsApp. */
async function refused(
  world: MovedShop,
  from: SessionSource,
  phone?: string,
): Promise<{ readonly code: string; readonly message: string }> {
  const { wadesk } = world.host();
  const acme = wadesk.workspace("acme");
  const error = await importSession(acme, { from, ...(phone !== undefined && { phone }) }).then(
    () => ({ code: "none", message: "it was moved" }),
    (reason: { readonly code: string; readonly message: string }) => reason,
  );
  expect([(await acme.list()).items, (await world.storage.records.scan("record/")).items]).toEqual([[], []]);
  return error;
}

it("a session that the phone has removed is refused, and is to be linked by QR", async () => {
  const world = await movedShop();
  world.shop.unlink();
  expect(await refused(world, world)).toMatchObject({ code: "pair_failed", message: expect.stringContaining("scan a QR") });
});

it.each([
  [403, "locked"],
  [405, "client_outdated"],
  [406, "banned"],
  [503, "provider_unavailable"],
])("what WhatsApp refuses with %s is refused as %s, and can be tried again", async (code, expected) => {
  const world = await movedShop();
  const fault = world.web.fault({ kind: "login_refused", code });
  expect(await refused(world, world)).toMatchObject({ code: expected });
  fault.end();
  expect(await importSession(world.host().wadesk.workspace("acme"), { from: world })).toMatchObject({ status: { state: "connected" } });
});

it("a session of another number than the one asked for is refused before WhatsApp hears of it", async () => {
  const world = await movedShop();
  expect(await refused(world, world, "+15550009999")).toMatchObject({ code: "number_mismatch" });
});

it("a number that is connected in the workspace already is refused, and goes on as it was", async () => {
  const world = await movedShop();
  const one = world.host();
  await one.wadesk.start();
  const acme = one.wadesk.workspace("acme");
  const { id } = await linkShop(one, world.shop);
  const moved = importSession(acme, { from: world });
  await expect(moved).rejects.toMatchObject({ code: "number_in_use", message: expect.stringContaining("reconnect()") });
  expect((await acme.list()).items).toMatchObject([{ id, status: { state: "connected" } }]);
});

it("an old program that still runs and one that has the session drive each other out, and the connection says so", async () => {
  const world = await movedShop();
  const one = world.host();
  await one.wadesk.start();
  const from = { keys: world.texts() };
  const old = await world.again();
  await importSession(one.wadesk.workspace("acme"), { from }).catch((error: { readonly code: string }) =>
    expect(error.code).toBe("conflict"),
  );
  // the old program comes back each time it is driven out
  await one.changes.next((change) => change === "disconnected · replaced");
  await old.stop();
  const [connection] = (await one.wadesk.workspace("acme").list()).items;
  await one.wadesk.workspace("acme").check(connection?.id ?? "");
  await logsIn(world);
});

const without = (name: string, texts: Record<string, string>): Record<string, unknown> => {
  const { [name]: _gone, ...rest } = JSON.parse(texts.creds ?? "") as Record<string, unknown>;
  return rest;
};

it.each<[string, (world: MovedShop) => SessionSource, string, string]>([
  ["no folder", () => ({ folder: "/nowhere/at/all" }), "input_invalid", "/nowhere/at/all cannot be read (ENOENT)"],
  ["nothing at all", () => ({}), "input_invalid", "give the folder of a session"],
  ["keys without credentials", () => ({ keys: {} }), "input_invalid", "creds: are missing"],
  [
    "credentials that end in the middle",
    ({ texts }) => ({ creds: texts().creds?.slice(0, 99) }),
    "input_invalid",
    "stop the program that writes them",
  ],
  ["credentials without a part", ({ texts }) => ({ creds: without("noiseKey", texts()) }), "input_invalid", "noiseKey is no pair of keys"],
  ["a session that was never linked", ({ texts }) => ({ creds: without("account", texts()) }), "pair_failed", "creds.account is missing"],
  [
    "a key that ends in the middle",
    (world) => ({ folder: world.folder, keys: { "session-15550002222.0": '{"_sessions":' } }),
    "input_invalid",
    "session.keys: session-15550002222.0 is no JSON, or ends in the middle; take it from a backup, or leave it out",
  ],
  ["a key that is none", ({ folder }) => ({ folder, keys: { "pre-key-1": {} } }), "input_invalid", "pre-key-1 is no pre-key"],
])("%s cannot be moved: what is so, and what to do", async (_what, sourceOf, code, message) => {
  const world = await movedShop();
  expect(await refused(world, sourceOf(world))).toMatchObject({ code, message: expect.stringContaining(message) });
});

it.each<[string, string, string]>([
  ["a session of whatsmeow", "gows.db", "GOWS"],
  ["a browser's profile", "Default/", "WEBJS"],
  ["the folder above", "default/creds.json", "in default; name one of those"],
  ["the keys of Evolution API alone", "pre-key-1.json", "give them as creds"],
  ["something else", "notes.txt", "name the folder of one session"],
])("%s is named for what it is", async (_what, entry, message) => {
  const folder = temporaryFolder();
  const [inner, file] = entry.split("/");
  if (file !== undefined) mkdirSync(join(folder, inner ?? ""));
  if (file !== "") writeFileSync(join(folder, entry), "{}");
  const nowhere = { connect: () => Promise.reject(new Error("nothing was to be connected")) };
  await expect(importSession(nowhere, { from: { folder } })).rejects.toMatchObject({
    code: "input_invalid",
    message: expect.stringContaining(message),
  });
});

it("wherever the storage fails, nothing is left, no message is lost, and the same folder can be moved again", async () => {
  const world = await movedShop();
  world.ana.send(world.shop, "While you were moving");
  const failed: number[] = [];
  for (let call = 1, isMet = true; isMet; call += 2) {
    const { storage, failAt, calls } = faultyStorage(memoryStorage({ now: world.time.now }));
    const channels = [unofficial({ webSocketUrl: world.web.url })];
    // it is not started, so that whatever it moves is left to the next
    const wadesk = createWadesk({
      channels,
      storage,
      clock: world.time.clock,
      encryptionKeys: ENCRYPTION_KEYS,
      log: recordingLogger().log,
    });
    failAt(call, "before");
    const moved = await importSession(wadesk.workspace("acme"), { from: world }).catch(() => undefined);
    isMet = calls() >= call;
    failAt(0, "before");
    const { items } = await wadesk.workspace("acme").list();
    // what could not be removed at once never came to be connected, and is removed by upkeep
    if (moved === undefined) expect(items.filter(({ connectedAt }) => connectedAt !== undefined)).toEqual([]);
    if (moved === undefined) failed.push(call);
    await wadesk.stop();
  }
  expect(failed.length).toBeGreaterThan(5);
  const one = world.host();
  await one.wadesk.start();
  await importSession(one.wadesk.workspace("acme"), { from: world });
  expect((await one.received.next()).data).toMatchObject({ content: { text: "While you were moving" } });
  expect(one.received.all).toHaveLength(1);
  expect(world.shop.clients).toHaveLength(1);
});

it.each([
  [{ session: 7 }, "session", "must be what readSession() answers"],
  [{ session: { creds: {}, extra: 1 } }, "session", ""],
  [{ session: { creds: {} }, method: "qr" }, "method", "cannot stand beside session"],
  [{ session: {} }, "session.creds", "are missing"],
  [{ method: "qr" }, "phone", "is missing"],
])("%j is refused by its field", async (input, field, message) => {
  const { host } = await openPhones();
  const connected = host()
    .wadesk.workspace("acme")
    .connect("unofficial", input as never);
  await expect(connected).rejects.toMatchObject({ code: "input_invalid", message: expect.stringContaining(message) });
  await expect(connected).rejects.toMatchObject({ issues: [{ field: expect.stringContaining(field) }] });
});

it("cancelled on the way it leaves nothing here, and the device where it was", async () => {
  const world = await movedShop();
  const one = world.host();
  await one.wadesk.start();
  world.ana.send(world.shop, "While you were moving");
  const acme = one.wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { session: await readSession({ folder: world.folder }) });
  for await (const step of linking) if (step.type === "step") break;
  await linking.cancel();
  await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
  expect([(await acme.list()).items, (await world.storage.records.scan("record/")).items]).toEqual([[], []]);
  expect(world.shop.clients).toHaveLength(1);
  await importSession(acme, { from: world });
  expect((await one.received.next()).data).toMatchObject({ content: { text: "While you were moving" } });
});

it("a message that came in before the storage failed is not lost: WhatsApp has no receipt, and gives it again", async () => {
  const world = await movedShop();
  world.ana.send(world.shop, "While you were moving");
  const storage = memoryStorage({ now: world.time.now });
  const isJournalled = Promise.withResolvers<void>();
  const { records, sessions } = storage;
  const failing: Storage = {
    ...storage,
    records: {
      ...records,
      async set(namespace, changes, fence) {
        const written = await records.set(namespace, changes, fence);
        if ([...changes.keys()].some((key) => key.startsWith("in/"))) isJournalled.resolve();
        return written;
      },
    },
    sessions: {
      ...sessions,
      async want() {
        await isJournalled.promise;
        // longer than a receipt takes that nothing holds back
        for (let turn = 0; turn < 500; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        throw new Error("the storage is away");
      },
    },
  };
  const channels = [unofficial({ webSocketUrl: world.web.url })];
  const { log } = recordingLogger();
  const wadesk = createWadesk({ channels, storage: failing, clock: world.time.clock, encryptionKeys: ENCRYPTION_KEYS, log });
  await wadesk.start();
  onTestFinished(() => wadesk.stop());
  await expect(importSession(wadesk.workspace("acme"), { from: world })).rejects.toThrow("the storage is away");
  const one = world.host();
  await one.wadesk.start();
  await importSession(one.wadesk.workspace("acme"), { from: world });
  expect((await one.received.next()).data).toMatchObject({ content: { text: "While you were moving" } });
});
