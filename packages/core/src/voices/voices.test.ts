import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import { contextOf } from "../runtime/inbound-contexts.ts";
import { type EchoWorld, openEcho } from "../testing/open-echo.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const A = { account: "A", speaker: "echo:A" } as const;
const LISTS = ["voice/", "voices/", "voice-holder/", "voice-of/"];
const B = { account: "B", speaker: "echo:B" } as const;

/** What may verify for a speaker: the secrets that are tried, and those of them that count once they have verified. */
async function voices({ wadesk }: EchoWorld, speaker = "echo:A"): Promise<{ tried: string[]; stand: string[] }> {
  const found = await contextOf(wadesk.inbound.sources[0]).connectionSecrets(speaker);
  const stand: string[] = [];
  for (const { secret, stands } of found) if (await stands?.()) stand.push(secret);
  return { tried: found.map(({ secret }) => secret).sort(), stand: stand.sort() };
}
const sealedIn = async ({ storage }: EchoWorld): Promise<string[]> =>
  (await storage.records.scan("voice")).items.map(({ namespace }) => namespace.split("/")[0] ?? "").sort();

describe("the secrets of a speaker's connections", () => {
  it("are each there once, however many connections hold one, in every process at once", async () => {
    const world = openEcho();
    const beside = openEcho({ beside: world });
    expect(await voices(beside)).toEqual({ tried: [], stand: [] });
    for (const [index, token] of ["tok-1", "tok-1", "tok-2"].entries()) {
      await world.wadesk.workspace(`w${index}`).connect("echo", { number: `+${index + 1}`, token, ...A });
    }
    await world.wadesk.workspace("other").connect("echo", { number: "+9", token: "tok-b", ...B });
    const both = { tried: ["tok-1", "tok-2"], stand: ["tok-1", "tok-2"] };
    expect([await voices(world), await voices(beside)]).toEqual([both, both]);
    expect(await voices(world, "echo:B")).toEqual({ tried: ["tok-b"], stand: ["tok-b"] });
    expect(await voices(world, "echo:nobody")).toEqual({ tried: [], stand: [] });
  });

  it("go on for 24 hours where a reconnect replaced them, and not a moment longer", async () => {
    const world = openEcho();
    const { id } = await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1", ...A });
    await world.wadesk.workspace("acme").reconnect(id, "echo", { number: "+111", token: "tok-2", ...A });
    expect(await voices(world)).toEqual({ tried: ["tok-1", "tok-2"], stand: ["tok-1", "tok-2"] });
    await world.clock.advance(DAY_MS - 1000);
    expect((await voices(world)).stand).toEqual(["tok-1", "tok-2"]);
    await world.clock.advance(2000);
    expect(await voices(world)).toEqual({ tried: ["tok-2"], stand: ["tok-2"] });
    // who has it anew has it for good
    await world.wadesk.workspace("acme").reconnect(id, "echo", { number: "+111", token: "tok-1", ...A });
    await world.clock.advance(2 * DAY_MS);
    expect(await voices(world)).toEqual({ tried: ["tok-1"], stand: ["tok-1"] });
  });

  it("speak no more once their connection has moved to another speaker, and its new ones do not speak for the former", async () => {
    const world = openEcho({ movable: true });
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-a", ...A });
    await acme.reconnect(id, "echo", { number: "+222", token: "tok-b", ...B });
    expect(await voices(world, "echo:A")).toEqual({ tried: [], stand: [] });
    expect(await voices(world, "echo:B")).toEqual({ tried: ["tok-b"], stand: ["tok-b"] });
  });

  it("are refused by their holder's row where the list has them though they do not count", async () => {
    const world = openEcho({ movable: true });
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-a", ...A });
    const before = new Map(
      await Promise.all(
        (await world.storage.records.scan("voice")).items.map(async ({ namespace, key }) => {
          const value = (await world.storage.records.get(namespace, [key])).get(key);
          return [namespace, new Map(value === undefined ? [] : [[key, { value }]])] as const;
        }),
      ),
    );
    await acme.reconnect(id, "echo", { number: "+222", token: "tok-b", ...B });
    // as if the process had ended before the list was settled
    for (const [namespace, values] of before) await world.storage.records.set(namespace, values);
    expect(await voices(world, "echo:A")).toEqual({ tried: ["tok-a"], stand: [] });
    await acme.remove(id);
    expect(await sealedIn(world)).toEqual([]);
  });

  it("leave nothing behind when the last of their connections goes, and stay while another holds them", async () => {
    const world = openEcho();
    const [acme, beta] = [world.wadesk.workspace("acme"), world.wadesk.workspace("beta")];
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1", ...A });
    const other = await beta.connect("echo", { number: "+222", token: "tok-1", ...A });
    await acme.remove(id);
    expect(await voices(world)).toEqual({ tried: ["tok-1"], stand: ["tok-1"] });
    await world.wadesk.deleteWorkspace("beta");
    expect(other.id).not.toBe(id);
    expect(await voices(world)).toEqual({ tried: [], stand: [] });
    expect(await sealedIn(world)).toEqual([]);
  });

  it("leave nothing behind when the attempt to connect fails at the end", async () => {
    const world = openEcho();
    const { connections } = world.storage;
    const { update } = connections;
    Object.assign(connections, {
      update: (...values: Parameters<typeof update>) =>
        values[3].connectedAt === undefined ? update(...values) : Promise.reject(new WadeskError("storage_unavailable")),
    });
    await expect(world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1", ...A })).rejects.toMatchObject({
      code: "storage_unavailable",
    });
    expect((await voices(world)).stand).toEqual([]);
    expect(await sealedIn(world)).toEqual([]);
  });

  it("do not count where their own was refused or put away and a neighbour's was not; alone, they do", async () => {
    const world = openEcho();
    const { wadesk, vendor, storage } = world;
    const [acme, rival] = [wadesk.workspace("acme"), wadesk.workspace("rival")];
    const { id } = await rival.connect("echo", { number: "+222", token: "tok-old", ...A });
    vendor.onCheck = () => Promise.reject(new WadeskError("credentials_rejected"));
    await expect(rival.check(id)).rejects.toMatchObject({ code: "credentials_rejected" });
    expect((await voices(world)).stand).toEqual(["tok-old"]);
    await acme.connect("echo", { number: "+111", token: "tok-1", ...A });
    expect(await voices(world)).toEqual({ tried: ["tok-1", "tok-old"], stand: ["tok-1"] });
    await rival.reconnect(id, "echo", { number: "+222", token: "tok-2", ...A });
    expect((await voices(world)).stand).toEqual(["tok-1", "tok-2", "tok-old"]);
    await rival.disconnect(id);
    expect((await voices(world)).stand).toEqual(["tok-1"]);
    const { id: third } = await rival.connect("echo", { number: "+333", token: "tok-3", ...A });
    await storage.records.set(`secret/${third}/`, new Map([["current", { value: new TextEncoder().encode("lost") }]]));
    expect((await voices(world)).stand).toEqual(["tok-1"]);
  });

  it("are vouched for by another holder when the first one may not, and that one is asked first from then on", async () => {
    const world = openEcho();
    const { wadesk, storage } = world;
    const { id } = await wadesk.workspace("first").connect("echo", { number: "+111", token: "tok-1", ...A });
    await wadesk.workspace("second").connect("echo", { number: "+222", token: "tok-1", ...A });
    await wadesk.workspace("first").disconnect(id);
    let reads = 0;
    const { byAccount } = storage.connections;
    Object.assign(storage.connections, {
      byAccount: (account: string) => {
        reads += 1;
        return byAccount(account);
      },
    });
    expect([(await voices(world)).stand, (await voices(world)).stand, reads]).toEqual([["tok-1"], ["tok-1"], 1]);
  });

  it("of connections from before the list was kept are found, and one that is replaced later goes on for its 24 hours", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-1", ...A, account: "A" });
    await world.wadesk.workspace("beta").connect("echo", { number: "+222", token: "tok-2", ...A });
    for (const prefix of LISTS) await world.storage.records.clear(prefix);
    expect(await voices(world)).toEqual({ tried: ["tok-1", "tok-2"], stand: ["tok-1", "tok-2"] });
    for (const prefix of LISTS) await world.storage.records.clear(prefix);
    await acme.reconnect(id, "echo", { number: "+111", token: "tok-3", ...A });
    expect((await voices(world)).stand).toEqual(["tok-1", "tok-2", "tok-3"]);
    for (const prefix of LISTS) await world.storage.records.clear(prefix);
    await acme.check(id);
    expect((await voices(world)).stand).toEqual(["tok-2", "tok-3"]);
  });

  it("of a list that was made while the storage failed, or without the keys, are not left out for good", async () => {
    const world = openEcho();
    const { wadesk, storage, clock, log } = world;
    const { id } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1", ...A });
    await wadesk.workspace("beta").connect("echo", { number: "+222", token: "tok-2", ...A });
    for (const prefix of LISTS) await storage.records.clear(prefix);
    const { get } = storage.records;
    const failing = (namespace: string): boolean => namespace === `secret/${id}/`;
    Object.assign(storage.records, {
      get: (namespace: string, keys: readonly string[]) =>
        failing(namespace) ? Promise.reject(new Error("the storage is gone")) : get(namespace, keys),
    });
    await expect(voices(world)).rejects.toMatchObject({ message: expect.stringContaining("storage") });
    Object.assign(storage.records, { get });
    expect((await voices(world)).stand).toEqual(["tok-1", "tok-2"]);

    for (const prefix of LISTS) await storage.records.clear(prefix);
    const sealed = (await get(`secret/${id}/`, ["current"])).get("current") ?? new Uint8Array();
    await storage.records.set(`secret/${id}/`, new Map([["current", { value: new TextEncoder().encode("another key") }]]));
    expect((await voices(world)).stand).toEqual(["tok-2"]);
    await storage.records.set(`secret/${id}/`, new Map([["current", { value: sealed }]]));
    const complaints = (): number => log.filter((line) => line.includes("do not open")).length;
    expect([(await voices(world)).stand, complaints()]).toEqual([["tok-2"], 1]);
    await clock.advance(10 * 60 * 1000);
    expect([(await voices(world)).stand, complaints()]).toEqual([["tok-1", "tok-2"], 1]);
  });

  it("are no more than fifty, however often one number is given another: those in force and the last that were replaced", async () => {
    const world = openEcho();
    const acme = world.wadesk.workspace("acme");
    await world.wadesk.workspace("beta").connect("echo", { number: "+222", token: "of beta", ...A });
    const { id } = await acme.connect("echo", { number: "+111", token: "tok-0", ...A });
    for (let turn = 1; turn <= 60; turn += 1) {
      await world.clock.advance(1000);
      await acme.reconnect(id, "echo", { number: "+111", token: `tok-${turn}`, ...A });
    }
    const { tried } = await voices(world);
    expect(tried).toHaveLength(50);
    expect(tried).toEqual(expect.arrayContaining(["of beta", "tok-60", "tok-59", "tok-13"]));
    expect((await world.storage.records.scan("voice/")).items).toHaveLength(50);
  });

  it("are sealed anew by rotateKeys, and one that does not open is told of once", async () => {
    const world = openEcho();
    await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1", ...A });
    const [entry] = (await world.storage.records.scan("voice/")).items;
    const { namespace = "", key = "" } = entry ?? {};
    const sealed = new TextDecoder().decode((await world.storage.records.get(namespace, [key])).get(key));
    expect(sealed).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await world.wadesk.rotateKeys()).toBe(0);
    await world.storage.records.set(namespace, new Map([[key, { value: new TextEncoder().encode("lost") }]]));
    expect(await voices(world)).toEqual({ tried: [], stand: [] });
    await voices(world);
    expect(world.log.filter((line) => line.startsWith("error") && line.includes("does not open"))).toHaveLength(1);
    await expect(world.wadesk.rotateKeys()).rejects.toMatchObject({ code: "encryption_key_unknown" });
  });
});

describe("what a stranger costs who names a speaker", () => {
  it.each([1, 1000])("is the same with %i connections on it: one shared read, and nothing opened again", async (count) => {
    const world = openEcho();
    const { wadesk, storage } = world;
    const tokens = Array.from({ length: count }, (_, index) => ({ number: `+1${index}`, token: "tok-1", ...A }));
    await Promise.all(tokens.map((input, index) => wadesk.workspace(`w${index}`).connect("echo", input)));
    await voices(world);
    const calls: string[] = [];
    for (const name of ["connections", "records", "leases"] as const) {
      for (const [method, call] of Object.entries(storage[name])) {
        Object.assign(storage[name], {
          [method]: (...values: unknown[]) => {
            calls.push(`${name}.${method}`);
            return (call as (...given: unknown[]) => unknown)(...values);
          },
        });
      }
    }
    const forged = (): Promise<unknown> => contextOf(wadesk.inbound.sources[0]).connectionSecrets("echo:A");
    expect(await forged()).toMatchObject([{ secret: "tok-1" }]);
    expect(calls.splice(0)).toEqual(["records.get"]);
    await Promise.all(Array.from({ length: 100 }, forged));
    expect(calls.splice(0)).toEqual(["records.get"]);
    expect((await voices(world)).stand).toEqual(["tok-1"]);
    expect(calls).toEqual(["records.get", "connections.get", "records.get"]);
  });
});
