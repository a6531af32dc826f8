import { expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { Storage } from "../ports/stores/storage.ts";
import { echoVendor } from "../testing/echo-channel.ts";

const key = (id: string, fill: number): string => `${id}:${Buffer.alloc(32, fill).toString("base64url")}`;
const client = (storage: Storage, encryptionKeys: string) => createWadesk({ channels: [echoVendor().channel], storage, encryptionKeys });
async function start(storage: Storage, encryptionKeys: string): Promise<void> {
  const wadesk = client(storage, encryptionKeys);
  await wadesk.start();
  await wadesk.stop();
}
const refused = (id: string) => ({
  code: "sealed_value_invalid",
  remedy: "none",
  message: expect.stringContaining(`key ${id} is not the ${id} that sealed what is stored`),
});

it("refuses to start with another key under the id of the one that was there, and takes that one back", async () => {
  const storage = memoryStorage();
  await start(storage, key("k1", 1));
  await expect(start(storage, key("k1", 2))).rejects.toMatchObject(refused("k1"));
  await expect(start(storage, `${key("k2", 2)},${key("k1", 3)}`)).rejects.toMatchObject(refused("k1"));
  await start(storage, `${key("k2", 2)},${key("k1", 1)}`);
  await start(storage, key("k1", 1));
});

it("gives the id of a key free once the keys were rotated away from it", async () => {
  const storage = memoryStorage();
  await start(storage, key("k1", 1));
  await client(storage, `${key("k2", 2)},${key("k1", 1)}`).rotateKeys();
  await start(storage, key("k1", 3));
});

it("takes no wrong key for the right one of credentials that are older than the check", async () => {
  const storage = memoryStorage();
  await client(storage, key("k1", 1)).workspace("acme").connect("echo", { number: "+111", token: "tok" });
  await start(storage, key("k1", 2));
  await start(storage, key("k1", 1));
  await expect(start(storage, key("k1", 2))).rejects.toMatchObject(refused("k1"));
});

it("starts on a storage that takes nothing at the moment, and writes its check down at the next start", async () => {
  const storage = memoryStorage();
  const { records } = storage;
  await start({ ...storage, records: { ...records, insert: () => Promise.reject(new Error("read-only")) } }, key("k1", 1));
  await start(storage, key("k1", 1));
  await expect(start(storage, key("k1", 2))).rejects.toMatchObject(refused("k1"));
});

it("refuses the later of two that start at once with other keys under one id", async () => {
  const storage = memoryStorage();
  const both = await Promise.allSettled([start(storage, key("k1", 1)), start(storage, key("k1", 2))]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: refused("k1") });
});
