import { expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import { echoVendor } from "../testing/echo-channel.ts";
import { faultyStorage } from "../testing/faulty-storage.ts";

const key = (id: string, fill: number): string => `${id}:${Buffer.alloc(32, fill).toString("base64url")}`;

it("seals everything with the new key, after which the old one can go", async () => {
  const storage = memoryStorage();
  const vendor = echoVendor();
  const open = (encryptionKeys: string) => createWadesk({ channels: [vendor.channel], storage, encryptionKeys });
  const before = open(key("k1", 1));
  const { id } = await before.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  await before.workspace("acme").reconnect(id, "echo", { number: "+111", token: "tok-2" });
  await before.settings.change("echo", { hookSecret: { add: "added" } });

  const both = open(`${key("k2", 2)},${key("k1", 1)}`);
  // the current and the replaced credentials, the steps, and two settings
  expect(await both.rotateKeys()).toBe(5);
  expect(await both.rotateKeys()).toBe(0);

  const after = open(key("k2", 2));
  expect((await after.workspace("acme").send({ to: "+4915100000001", content: { kind: "text", text: "x" } })).providerId).toBe("echo.1");
  expect(await after.workspace("acme").steps(id)).toHaveLength(3);
  await after.workspace("acme").disconnect(id);
  expect(vendor.calls.at(-1)).toContain("with tok-2");
});

it("passes over a value that does not open, seals the rest, and rejects with the count", async () => {
  const storage = memoryStorage();
  const open = (encryptionKeys: string) => createWadesk({ channels: [echoVendor().channel], storage, encryptionKeys, log });
  const lines: string[] = [];
  const line = (_data: object, message: string): void => void lines.push(message);
  const log = { debug: line, info: line, warn: line, error: line };
  await open(key("k0", 9)).workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  await open(key("k1", 1)).workspace("acme").connect("echo", { number: "+222", token: "tok-2" });
  const rotating = open(`${key("k2", 2)},${key("k1", 1)}`).rotateKeys();
  await expect(rotating).rejects.toThrow(/2 values sealed anew, 2 did not open/);
  expect(lines).toHaveLength(2);
  const [, second] = (await open(key("k2", 2)).workspace("acme").list()).items;
  expect(
    (
      await open(key("k2", 2))
        .workspace("acme")
        .steps(second?.id ?? "")
    ).length,
  ).toBe(3);
});

it("takes one lock, one read and one write per connection and page, however many values it has", async () => {
  const { storage, callsOf } = faultyStorage(memoryStorage());
  const open = (encryptionKeys: string) => createWadesk({ channels: [echoVendor().channel], storage, encryptionKeys });
  const before = open(key("k1", 1)).workspace("acme");
  const { id } = await before.connect("echo", { number: "+111", token: "tok-1" });
  for (let change = 0; change < 5; change += 1) {
    await before.reconnect(id, "echo", { number: "+111", token: `tok-${change}` });
    // each replaced one is kept under the moment it was replaced
    const { items } = await storage.records.scan("secret/");
    const [last] = items.filter((item) => item.key.startsWith("replaced/"));
    const value = (await storage.records.get(`secret/${id}/`, ["current"])).get("current");
    if (last !== undefined && value !== undefined) await storage.records.set(`secret/${id}/`, new Map([[`replaced/${change}`, { value }]]));
  }
  const count = (): readonly number[] => [callsOf("acquire"), callsOf("get"), callsOf("set")];
  const start = count();
  const sealed = await open(`${key("k2", 2)},${key("k1", 1)}`).rotateKeys();
  expect(sealed).toBeGreaterThanOrEqual(7);
  // its credentials and its steps
  expect(count().map((calls, index) => calls - (start[index] ?? 0))).toEqual([2, 2, 2]);
});

it("goes on while connections are made, made anew and removed, messages sent and settings changed, and nothing is lost", async () => {
  const storage = memoryStorage();
  const vendor = echoVendor();
  const open = (encryptionKeys: string) => createWadesk({ channels: [vendor.channel], storage, encryptionKeys });
  const rings = { old: key("k1", 1), next: `${key("k2", 2)},${key("k1", 1)}` };
  const before = open(rings.old).workspace("acme");
  const ids: string[] = [];
  for (let number = 0; number < 12; number += 1) ids.push((await before.connect("echo", { number: `+${number}`, token: `t${number}` })).id);

  // a process that seals with the new key by now, as every one does while the keys are changed
  const busy = open(rings.next);
  const acme = busy.workspace("acme");
  const traffic = async (): Promise<void> => {
    for (const [index, id] of ids.entries()) {
      await acme.send({ to: "+4915100000001", content: { kind: "text", text: "x" }, from: id });
      if (index % 3 === 0) await acme.remove(id);
      if (index % 3 === 1) await acme.reconnect(id, "echo", { number: `+${index}`, token: `again ${index}` });
      if (index % 3 === 2) await acme.connect("echo", { number: `+${index}00`, token: "new" });
      await busy.settings.change("echo", { hookSecret: { add: `secret-${index}` } });
    }
  };
  const rotations = async (): Promise<void> => {
    const other = open(rings.next);
    for (let round = 0; round < 4; round += 1) await other.rotateKeys();
  };
  await Promise.all([traffic(), rotations()]);
  await open(rings.next).rotateKeys();

  const after = open(key("k2", 2));
  const { items } = await after.workspace("acme").list();
  expect(items).toHaveLength(12);
  for (const { id } of items) {
    await after.workspace("acme").steps(id);
    await after.workspace("acme").send({ to: "+4915100000001", content: { kind: "text", text: "x" }, from: id });
  }
  expect((await after.settings.read("echo")).hookSecret).toHaveLength(13);
  const known = new Set(items.map(({ id }) => id));
  const left = (await storage.records.scan("")).items.filter(({ namespace }) => !/^(settings|spoke)\//.test(namespace));
  expect(left.filter(({ namespace }) => !known.has(namespace.split("/")[1] ?? ""))).toEqual([]);
});

it("leaves no credentials of a connection that is removed between what it read and what it writes", async () => {
  const storage = memoryStorage();
  const open = (encryptionKeys: string) => createWadesk({ channels: [echoVendor().channel], storage, encryptionKeys });
  const { id } = await open(key("k1", 1)).workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const wadesk = open(`${key("k2", 2)},${key("k1", 1)}`);
  const { get } = storage.records;
  let removing: Promise<void> | undefined;
  Object.assign(storage.records, {
    get: async (...call: Parameters<typeof get>) => {
      const values = await get(...call);
      removing ??= wadesk.workspace("acme").remove(id);
      return values;
    },
  });
  await wadesk.rotateKeys();
  await removing;
  expect((await storage.records.scan("")).items).toEqual([]);
});
