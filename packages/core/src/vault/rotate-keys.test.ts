import { expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import { echoVendor } from "../testing/echo-channel.ts";

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
  expect(await after.workspace("acme").steps(id)).toHaveLength(2);
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
  ).toBe(2);
});
