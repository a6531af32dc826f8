import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import { contextOf } from "../runtime/inbound-contexts.ts";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const A = { account: "A", speaker: "echo:A" } as const;
const B = { account: "B", speaker: "echo:B" } as const;
const LISTS = ["voice/", "voices/", "voice-holder/", "voice-of/"];

async function voices({ wadesk }: EchoWorld, speaker = "echo:A"): Promise<{ tried: string[]; stand: string[] }> {
  const found = await contextOf(wadesk.inbound.sources[0]).connectionSecrets(speaker);
  const stand: string[] = [];
  for (const { secret, stands } of found) if (stands === undefined || (await stands())) stand.push(secret);
  return { tried: found.map(({ secret }) => secret).sort(), stand: stand.sort() };
}

/** What is kept of voices, to be put back later: as a process leaves it that knows nothing of them. */
async function keptIn({ storage: { records } }: EchoWorld): Promise<() => Promise<void>> {
  const kept = new Map<string, Map<string, { readonly value: Uint8Array }>>();
  for (const { namespace, key } of (await records.scan("voice")).items) {
    const value = (await records.get(namespace, [key])).get(key);
    if (value !== undefined) kept.set(namespace, new Map([...(kept.get(namespace) ?? []), [key, { value }]]));
  }
  return async () => {
    for (const prefix of LISTS) await records.clear(prefix);
    for (const [namespace, values] of kept) await records.set(namespace, values);
  };
}

describe("a check", () => {
  it("that a reconnect overtakes does not write down what the former credentials showed", async () => {
    const world = openEcho({ movable: true });
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-a", ...A });
    const { line } = world.vendor.channel;
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    Object.assign(world.vendor.channel, {
      line: (...given: Parameters<typeof line>) => ({
        ...line(...given),
        async check() {
          const report = await line(...given).check();
          begun.resolve();
          await gate.promise;
          return { ...report, speaker: "echo:A", details: { number: "+111" }, warnings: ["of the former"] };
        },
      }),
    });
    const checking = acme.check(id);
    await begun.promise;
    await acme.reconnect(id, "echo", { number: "+222", token: "tok-b", ...B });
    gate.resolve();
    await checking;
    expect(await acme.get(id)).toMatchObject({ account: "echo:B", speaker: "echo:B", details: { number: "+222" }, warnings: [] });
    expect([(await voices(world)).stand, (await voices(world, "echo:B")).stand]).toEqual([[], ["tok-b"]]);
  });

  it("enters a secret that a process which keeps no list has put in the place of one that is in it", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1", ...A });
    const putBack = await keptIn(world);
    await acme.reconnect(id, "echo", { number: "+111", token: "tok-2", ...A });
    await putBack();
    expect((await voices(world)).stand).toEqual(["tok-1"]);
    await acme.check(id);
    expect((await voices(world)).stand).toEqual(["tok-1", "tok-2"]);
  });
});

it("a secret of before the list was kept goes when its connection has moved to another account and is removed", async () => {
  const world = openEcho({ movable: true });
  const acme = world.wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-a", ...A });
  for (const prefix of LISTS) await world.storage.records.clear(prefix);
  expect((await voices(world)).stand).toEqual(["tok-a"]);
  await acme.reconnect(id, "echo", { number: "+222", token: "tok-b", ...B });
  expect(await voices(world)).toEqual({ tried: [], stand: [] });
  await acme.remove(id);
  expect((await world.storage.records.scan("voice/")).items).toEqual([]);
});

describe("what an attempt leaves behind", () => {
  it.each(["voice/", "voice-holder/", "voices/"])("that ended while it wrote %s goes with the connection", async (prefix) => {
    const world = openEcho();
    const { storage, wadesk } = world;
    const acme = wadesk.workspace("acme");
    const { set } = storage.records;
    let ended = false;
    Object.assign(storage.records, {
      set: (...given: Parameters<typeof set>) => {
        ended ||= given[0].startsWith(prefix);
        return ended ? Promise.reject(new Error("the process ended")) : set(...given);
      },
    });
    const { delete: deleteRow } = storage.connections;
    Object.assign(storage.connections, { delete: () => Promise.reject(new Error("the process ended")) });
    await expect(acme.connect("echo", { number: "+111", token: "tok-1", ...A })).rejects.toThrow("the process ended");
    Object.assign(storage.records, { set });
    Object.assign(storage.connections, { delete: deleteRow });
    await wadesk.deleteWorkspace("acme");
    expect((await storage.records.scan("voice")).items).toEqual([]);
  });

  it("that failed when its secret was entered takes no place of one that counts", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { connections } = world.storage;
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1", ...A });
    await world.wadesk.workspace("beta").connect("echo", { number: "+222", token: "tok-2", ...A });
    await acme.reconnect(id, "echo", { number: "+111", token: "tok-3", ...A });
    const { update } = connections;
    for (let turn = 0; turn < 60; turn += 1) {
      await world.clock.advance(1000);
      Object.assign(connections, { update: async () => "route_taken" });
      await expect(acme.reconnect(id, "echo", { number: "+111", token: `failed ${turn}`, ...A })).rejects.toThrow();
      Object.assign(connections, { update });
    }
    const all = ["tok-1", "tok-2", "tok-3"];
    expect(await voices(world)).toEqual({ tried: all, stand: all });
  });
});

it("a secret whose key is lost goes a day after its connection was given another, and keys can be rotated again", async () => {
  const world = openEcho();
  const { wadesk, storage, clock } = world;
  const acme = wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1", ...A });
  const lost = { value: new TextEncoder().encode("lost") };
  await storage.records.set(`secret/${id}/`, new Map([["current", lost]]));
  for (const { namespace, key } of (await storage.records.scan("voice/")).items)
    await storage.records.set(namespace, new Map([[key, lost]]));
  await acme.reconnect(id, "echo", { number: "+111", token: "tok-2", ...A });
  await clock.advance(DAY_MS + 1000);
  expect((await storage.records.scan("voice/")).items).toHaveLength(1);
  expect([(await voices(world)).stand, await wadesk.rotateKeys()]).toEqual([["tok-2"], 0]);
});

it("more than fifty secrets in force are told of, since the oldest verify nothing", async () => {
  const world = openEcho();
  const complaints = (): number => world.log.filter((line) => line.startsWith("error more secrets")).length;
  for (let turn = 1; turn <= 51; turn += 1) {
    expect(complaints()).toBe(0);
    await world.wadesk.workspace(`w${turn}`).connect("echo", { number: `+${turn}`, token: `tok-${turn}`, ...A });
  }
  expect(complaints()).toBe(1);
});

it("a lock that a process left when it ended holds up nobody whose secret another holder vouches for", async () => {
  const world = openEcho();
  const { wadesk, storage, clock } = world;
  const { id } = await wadesk.workspace("first").connect("echo", { number: "+111", token: "tok-1", ...A });
  await wadesk.workspace("second").connect("echo", { number: "+222", token: "tok-1", ...A });
  await wadesk.workspace("first").disconnect(id);
  expect(await storage.leases.acquire("voice/echo/echo%3AA/", "ended", 60_000)).toBeDefined();
  const found = voices(world);
  await clock.advance(2000);
  expect((await found).stand).toEqual(["tok-1"]);
});

it("a lock that a process left while it made the first list holds up no webhook, and the list is made once it has lapsed", async () => {
  const world = openEcho();
  const { wadesk, storage, clock } = world;
  const { id } = await wadesk.workspace("first").connect("echo", { number: "+111", token: "tok-1", ...A });
  await wadesk.workspace("second").connect("echo", { number: "+222", token: "tok-2", ...A });
  await wadesk.workspace("third").connect("echo", { number: "+333", token: "tok-b", ...B });
  for (const prefix of LISTS) await storage.records.clear(prefix);
  expect(await storage.leases.acquire("voice/echo/echo%3AA/", "ended", 9000)).toBeDefined();
  const both = { tried: ["tok-1", "tok-2"], stand: ["tok-1", "tok-2"] };
  expect(await voices(world)).toEqual(both);
  // one that was put away does not speak beside another, here either
  await clock.advance(500);
  Object.assign(storage.connections, { byAccount: withEnded(storage.connections.byAccount, id) });
  expect((await voices(world)).stand).toEqual(["tok-2"]);
  expect((await storage.records.scan("voice")).items).toEqual([]);
  await clock.advance(9000);
  expect((await voices(world)).tried).toEqual(["tok-1", "tok-2"]);
  expect((await storage.records.scan("voice/")).items).toHaveLength(2);
});

function withEnded(byAccount: EchoWorld["storage"]["connections"]["byAccount"], id: string): typeof byAccount {
  return async (account) =>
    (await byAccount(account)).map((row) =>
      row.id === id ? { ...row, status: { state: "disconnected", reason: "requested", since: 0 } } : row,
    );
}

it("a connection is forgotten though nobody can say who speaks for it, where connections hold nothing that signs", async () => {
  const world = openEcho();
  const { vendor, wadesk, storage } = world;
  const acme = wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1", ...A });
  Object.assign(vendor.channel.webhook ?? {}, {
    signingSecrets: undefined,
    challengeTokens: undefined,
    speakerOf: () => Promise.reject(new WadeskError("encryption_key_unknown")),
  });
  await wadesk.deleteWorkspace("acme", { force: true });
  expect(await storage.connections.get("acme", id)).toBeUndefined();
});

it("two processes that connect, reconnect and remove at once leave exactly what is in force", async () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    let state = seed * 7919;
    const upTo = (most: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * most);
    };
    const one = openEcho({ movable: true });
    const two = openEcho({ movable: true, beside: one });
    const inForce = new Map<string, string>();
    const work = async ({ wadesk }: EchoWorld, name: string): Promise<void> => {
      const workspace = wadesk.workspace(name);
      let id: string | undefined;
      for (let step = 0; step < 4; step += 1) {
        const input = { number: `+${name}`, token: `tok-${upTo(3)}`, ...(upTo(4) === 0 ? B : A) };
        if (id !== undefined && upTo(3) === 0) {
          await workspace.remove(id);
          id = undefined;
          inForce.delete(name);
          continue;
        }
        if (id === undefined) ({ id } = await workspace.connect("echo", input));
        else await workspace.reconnect(id, "echo", input);
        inForce.set(name, `${input.speaker} ${input.token}`);
      }
    };
    let done = false;
    const all = Promise.all([work(one, "1"), work(one, "2"), work(two, "3"), work(two, "4")]).finally(() => {
      done = true;
    });
    while (!done) await one.clock.advance(100);
    await all;
    await one.clock.advance(DAY_MS + 1000);
    const found: string[] = [];
    for (const speaker of ["echo:A", "echo:B"]) {
      const { tried, stand } = await voices(two, speaker);
      expect(stand).toEqual(tried);
      found.push(...stand.map((text) => `${speaker} ${text}`));
    }
    expect(found.sort(), `seed ${seed}`).toEqual([...new Set(inForce.values())].sort());
    expect((await one.storage.records.scan("voice/")).items, `seed ${seed}`).toHaveLength(found.length);
  }
});
