import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { type EchoWorld, openEcho, TEST_KEYS } from "../testing/open-echo.ts";

const first = { number: "+111", token: "t", account: "A" } as const;

/** A second process on the same storage. */
function besideOf({ storage, clock, vendor }: EchoWorld): EchoWorld["wadesk"] {
  return createWadesk({ channels: [vendor.channel], storage, clock, encryptionKeys: TEST_KEYS });
}

describe.each(["the same process", "another process"] as const)("from %s, cancel", (where) => {
  it("ends a first link that holds its account's lock, and does not wait for it", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const gate = Promise.withResolvers<void>();
    world.vendor.onSubscribed = () => gate.promise;
    const linking = acme.connect("echo", first);
    const end = linking.catch((error: unknown) => error);
    await world.clock.advance(1);
    const canceller = where === "the same process" ? acme : besideOf(world).workspace("acme");
    let cancelled = false;
    void canceller.cancel(linking.connectionId).then(() => {
      cancelled = true;
    });
    await world.clock.advance(2000);
    expect(cancelled).toBe(true);
    gate.resolve();
    expect(await end).toMatchObject({ code: "linking_cancelled" });
    expect((await acme.list()).items).toEqual([]);
  });

  it.each([0, 2000])("ends a reconnect that hangs at the vendor, %i ms later, and what was in force stays", async (afterMs) => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", first);
    const gate = Promise.withResolvers<void>();
    world.vendor.onConnect = () => gate.promise;
    const end = acme.reconnect(id, "echo", { ...first, token: "new" }).catch((error: unknown) => error);
    await world.clock.advance(1);
    await (where === "the same process" ? acme : besideOf(world).workspace("acme")).cancel(id);
    await world.clock.advance(afterMs);
    gate.resolve();
    expect(await end).toMatchObject({ code: "linking_cancelled" });
    await acme.disconnect(id);
    expect(world.vendor.calls.at(-1)).toBe("disconnect +111 with t, siblings 0");
    expect((await world.storage.records.scan("cancel/")).items).toEqual([]);
  });
});

it("cancel right after connect ends what has not begun: the vendor is not asked", async () => {
  const { wadesk, vendor } = openEcho();
  const acme = wadesk.workspace("acme");
  const linking = acme.connect("echo", first);
  await acme.cancel(linking.connectionId);
  await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
  expect([vendor.calls, (await acme.list()).items]).toEqual([[], []]);
});

it("cancel by another workspace does not find the attempt", async () => {
  const { wadesk } = openEcho();
  const linking = wadesk.workspace("acme").connect("echo", first);
  await expect(wadesk.workspace("rival").cancel(linking.connectionId)).rejects.toMatchObject({ code: "connection_not_found" });
  expect((await linking).status.state).toBe("connected");
});

it("a cancel that came too late for an attempt does not end the next", async () => {
  const { wadesk } = openEcho();
  const acme = wadesk.workspace("acme");
  const { id } = await acme.connect("echo", first);
  await acme.cancel(id);
  expect((await acme.reconnect(id, "echo", { ...first, token: "new" })).status.state).toBe("connected");
});
