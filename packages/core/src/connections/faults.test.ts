import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { type EchoWorld, openEcho, TEST_KEYS } from "../testing/open-echo.ts";

const input = { number: "+111", token: "tok-1", account: "A" };
const subscriptions = ({ vendor }: EchoWorld): number =>
  vendor.calls.reduce((count, call) => count + (call.startsWith("subscribe") ? 1 : -1), 0);

describe("a first connect during which the storage fails once, whenever that is", () => {
  it.each(["before", "after"] as const)("ends connected or leaves nothing, %s the call took effect", async (when) => {
    const probe = openEcho();
    probe.faulty.failAt(0, when);
    await probe.wadesk.workspace("acme").connect("echo", input);
    const calls = probe.faulty.calls();
    expect(calls).toBeGreaterThan(15);
    for (let call = 1; call <= calls; call += 1) {
      const world = openEcho();
      world.faulty.failAt(call, when);
      const acme = world.wadesk.workspace("acme");
      const outcome = await acme.connect("echo", input).then(
        () => "connected",
        () => "refused",
      );
      const { items } = await acme.list();
      const place = `call ${call}`;
      if (outcome === "connected") {
        expect([place, items.map((row) => row.status.state), subscriptions(world)]).toEqual([place, ["connected"], 1]);
        continue;
      }
      // where clearing up itself hit the fault, a row that says so may stay, and can be removed
      for (const row of items) await acme.remove(row.id);
      expect([place, (await acme.list()).items, subscriptions(world)]).toEqual([place, [], 0]);
      expect([place, (await world.storage.records.scan("secret/")).items]).toEqual([place, []]);
    }
  });
});

describe("a connection that is ended while it is being linked", () => {
  it("is cancelled by a disconnect, and nothing of it remains", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    world.vendor.onConnect = async () => void (await acme.disconnect(linking.connectionId));
    const linking = acme.connect("echo", input);
    await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    expect([(await acme.list()).items, world.vendor.calls]).toEqual([[], []]);
  });

  it("is ended at the vendor when it is removed after the vendor was changed", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    let removing: Promise<void> = Promise.resolve();
    world.vendor.onSubscribed = async () => {
      removing = acme.remove(linking.connectionId);
    };
    const linking = acme.connect("echo", input);
    await Promise.allSettled([linking]);
    await removing;
    expect([(await acme.list()).items, subscriptions(world)]).toEqual([[], 0]);
  });

  it("leaves no credentials behind when it is removed during a reconnect", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
    world.vendor.onSubscribed = () => acme.remove(id);
    await expect(acme.reconnect(id, "echo", { number: "+111", token: "tok-2" })).rejects.toMatchObject({ code: "connection_not_found" });
    expect((await world.storage.records.scan("")).items.filter((item) => item.namespace.includes(id))).toEqual([]);
  });
});

describe("a reconnect that fails while it is stored", () => {
  it("is undone at the vendor when the connection had been disconnected", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", input);
    await acme.disconnect(id);
    world.vendor.onSubscribed = async () => {
      Object.assign(world.storage.connections, { setPrimary: () => Promise.reject(new Error("disk full")) });
      Object.assign(world.storage.records, { set: () => Promise.reject(new Error("disk full")) });
    };
    await expect(acme.reconnect(id, "echo", { ...input, token: "tok-2" })).rejects.toThrow("disk full");
    expect(subscriptions(world)).toBe(0);
    expect((await acme.get(id)).status).toMatchObject({ state: "disconnected", reason: "requested" });
  });

  it("keeps the new credentials when the row was written and only the answer was lost", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", input);
    const update = world.storage.connections.update.bind(world.storage.connections);
    Object.assign(world.storage.connections, {
      update: async (...call: Parameters<typeof update>) => {
        await update(...call);
        throw new Error("the answer was lost");
      },
    });
    await expect(acme.reconnect(id, "echo", { ...input, token: "tok-2" })).rejects.toThrow("lost");
    Object.assign(world.storage.connections, { update });
    await acme.disconnect(id);
    expect(world.vendor.calls.at(-1)).toContain("with tok-2");
  });

  it("gives the old credentials back when it is refused", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", input);
    const update = world.storage.connections.update.bind(world.storage.connections);
    Object.assign(world.storage.connections, { update: async () => "conflict" });
    await expect(acme.reconnect(id, "echo", { ...input, token: "tok-2" })).rejects.toMatchObject({ code: "conflict" });
    Object.assign(world.storage.connections, { update });
    await acme.disconnect(id);
    expect(world.vendor.calls.at(-1)).toContain("with tok-1");
  });
});

describe("what a process left behind that ended while it was linking", () => {
  const abandoned = async (): Promise<EchoWorld & { readonly id: string }> => {
    const world = openEcho();
    const { id } = await world.wadesk.workspace("acme").connect("echo", input);
    const row = await world.storage.connections.get("acme", id);
    await world.storage.connections.delete("acme", id);
    if (row === undefined) throw new Error("there is no row");
    const { connectedAt: _never, ...pending } = row;
    await world.storage.connections.insert({
      ...pending,
      label: "",
      primary: false,
      status: { state: "pending", reason: "verifying", since: 1 },
    });
    return { ...world, id };
  };

  it("becomes a whole connection by a reconnect: labelled, primary, able to send", async () => {
    const { wadesk, id } = await abandoned();
    const acme = wadesk.workspace("acme");
    expect(await acme.reconnect(id, "echo", input)).toMatchObject({ label: "Echo +111", primary: true, status: { state: "connected" } });
    expect((await acme.send({ to: "+4915100000001", content: { kind: "text", text: "x" } })).connectionId).toBe(id);
  });

  it("holds its number for an hour, and not for ever", async () => {
    const { wadesk, clock } = await abandoned();
    await expect(wadesk.workspace("rival").connect("echo", input)).rejects.toMatchObject({ code: "number_in_use" });
    await clock.advance(60 * 60 * 1000);
    expect((await wadesk.workspace("rival").connect("echo", input)).status.state).toBe("connected");
  });
});

it("a connection whose key is lost can be removed and reconnected, and says which key it wants when it sends", async () => {
  const world = openEcho();
  const { id } = await world.wadesk.workspace("acme").connect("echo", input);
  const encryptionKeys = TEST_KEYS.replace("k1:", "k9:");
  const acme = createWadesk({ channels: [world.vendor.channel], storage: world.storage, clock: world.clock, encryptionKeys }).workspace(
    "acme",
  );
  const hello = { to: "+4915100000001", content: { kind: "text", text: "x" } } as const;
  await expect(acme.send(hello)).rejects.toThrow(/key k1/);
  await acme.reconnect(id, "echo", { ...input, token: "tok-2" });
  expect((await acme.send(hello)).connectionId).toBe(id);
  await acme.remove(id);
  expect((await acme.list()).items).toEqual([]);
});

it("a lock that cannot be released does not undo what was done under it", async () => {
  const { wadesk, storage, log } = openEcho();
  Object.assign(storage.leases, { release: () => Promise.reject(new Error("away")) });
  expect((await wadesk.workspace("acme").connect("echo", input)).status.state).toBe("connected");
  expect(log.some((line) => line.includes("could not be released"))).toBe(true);
});

it("a lock is renewed for as long as the vendor takes, so that no other process comes in between", async () => {
  const { wadesk, storage, vendor, clock } = openEcho();
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  vendor.onSubscribed = () => {
    reached.resolve();
    return gate.promise;
  };
  const linking = wadesk.workspace("acme").connect("echo", input);
  await reached.promise;
  await clock.advance(180_000);
  expect(await storage.leases.acquire("account/echo:A", "another process", 1000)).toBeUndefined();
  gate.resolve();
  await linking;
  expect(await storage.leases.acquire("account/echo:A", "another process", 1000)).toBeDefined();
});

it("a refusal by the vendor is not hidden by a storage that fails while clearing up", async () => {
  const { wadesk, storage, vendor } = openEcho();
  vendor.onConnect = () => Promise.reject(new WadeskError("credentials_rejected"));
  Object.assign(storage.connections, { delete: () => Promise.reject(new Error("away")) });
  await expect(wadesk.workspace("acme").connect("echo", input)).rejects.toMatchObject({ code: "credentials_rejected" });
});

it("a reconnect that stood still meanwhile does not put the former secret in the place of a later one's", async () => {
  const world = openEcho();
  const { wadesk, storage, clock } = world;
  const { id } = await wadesk.workspace("acme").connect("echo", input);
  const frozen = Promise.withResolvers<void>();
  const standing = Promise.withResolvers<void>();
  const { update } = storage.connections;
  const { renew } = storage.leases;
  // its process is paused where the new secret is written and its row is not, and renews no lock
  Object.assign(storage.connections, {
    async update(...change: Parameters<typeof update>) {
      Object.assign(storage.connections, { update });
      Object.assign(storage.leases, { renew: () => frozen.promise.then(() => "lost") });
      standing.resolve();
      await frozen.promise;
      return update(...change);
    },
  });
  const paused = wadesk.workspace("acme").reconnect(id, "echo", { ...input, token: "tok-2" });
  await standing.promise;
  const other = openEcho({ beside: world });
  const later = other.wadesk.workspace("acme").reconnect(id, "echo", { ...input, token: "tok-3" });
  let state = "pending";
  void later.then(({ status }) => {
    state = status.state;
  });
  // once the lock of the one that stands still is over
  await expect
    .poll(async () => {
      await clock.advance(500);
      return state;
    })
    .toBe("connected");
  Object.assign(storage.leases, { renew });
  frozen.resolve();
  await expect(paused).rejects.toMatchObject({ code: "linking_cancelled" });
  await other.wadesk.workspace("acme").disconnect(id);
  expect(other.vendor.calls.at(-1)).toContain("with tok-3");
});
