import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LinkStep, memoryStorage, type Storage } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import type { ManualClock } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { linkShop, openPhones, SHOP } from "./world/open-phones.ts";

const onMemory = (time: ManualClock): Storage => memoryStorage({ now: time.now });
const onSqlite = (): Storage => {
  const folder = mkdtempSync(join(tmpdir(), "attempts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return sqliteStorage(join(folder, "wadesk.db"));
};

it("codes that nobody types follow each other through three rounds, each with keys of its own, and then it has failed", async () => {
  const { host, storage } = await openPhones();
  const acme = host({ qrTimeoutMs: 500 }).wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: SHOP, method: "code" });
  const codes: string[] = [];
  await expect(
    (async () => {
      for await (const step of linking) if (step.type === "code") codes.push(step.code);
    })(),
  ).rejects.toMatchObject({ code: "pair_failed" });
  expect([codes.length, new Set(codes).size]).toEqual([3, 3]);
  expect([(await acme.list()).items, (await storage.records.scan("record/")).items]).toEqual([[], []]);
});

it("a code that was asked for too often is refused as such, and nothing of the attempt stays", async () => {
  const { web, host, storage } = await openPhones();
  web.fault({ kind: "request_refused", operation: "md:set:link_code_companion_reg", code: 429, text: "rate-overlimit" });
  const acme = host().wadesk.workspace("acme");
  await expect(acme.connect("unofficial", { phone: SHOP, method: "code" })).rejects.toMatchObject({
    code: "rate_limited",
    vendor: { code: 429 },
  });
  expect([(await acme.list()).items, (await storage.records.scan("record/")).items]).toEqual([[], []]);
});

it("a QR of a round before, scanned when its client is gone, links nobody", async () => {
  const { web, shop, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
  const texts: string[] = [];
  for await (const step of linking) {
    if (step.type !== "qr") continue;
    texts.push(step.text);
    if (texts.length === 1) {
      web.refreshQr(step.text, "companion_reg_refresh");
      continue;
    }
    await expect(shop.scan(texts[0] ?? "")).rejects.toThrow();
    expect(shop.clients).toEqual([]);
    await shop.scan(step.text);
  }
  expect((await linking).status.state).toBe("connected");
});

it("an attempt shows in its own workspace, in every process, and nowhere else", async () => {
  const { host } = await openPhones();
  const [one, two] = [host(), host()];
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
  for await (const step of linking) if (step.type === "qr") break;
  const { connectionId } = linking;
  expect((await two.wadesk.workspace("acme").steps(connectionId)).map(({ type }) => type)).toEqual(["qr"]);
  for (const { wadesk } of [one, two]) {
    const globex = wadesk.workspace("globex");
    expect((await globex.list()).items).toEqual([]);
    for (const ask of [globex.get(connectionId), globex.steps(connectionId), globex.cancel(connectionId)])
      await expect(ask).rejects.toMatchObject({ code: "connection_not_found" });
  }
  await linking.cancel();
  await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
});

describe.each([
  ["memory", onMemory],
  ["SQLite", onSqlite],
])("two links of one phone at once, on %s", (_name, storage) => {
  it("are one in a workspace: the other is refused at once, without a QR, and the one links", async () => {
    const { shop, host } = await openPhones({ storage });
    const hosts = [host(), host()];
    for (const { wadesk } of hosts) await wadesk.start();
    const shown: LinkStep["type"][][] = [[], []];
    const ends = await Promise.all(
      hosts.map(async ({ wadesk }, index) => {
        const linking = wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
        try {
          for await (const step of linking) {
            shown[index]?.push(step.type);
            if (step.type === "qr") await shop.scan(step.text);
          }
          return (await linking).status.state;
        } catch (error) {
          return (error as { readonly code: string }).code;
        }
      }),
    );
    expect([...ends].sort()).toEqual(["connected", "number_in_use"]);
    expect(shown[ends.indexOf("number_in_use")]).toEqual([]);
    expect(shop.clients).toHaveLength(1);
    expect((await hosts[0]?.wadesk.workspace("acme").list())?.items).toHaveLength(1);
  });

  it("are two in two workspaces, each with a device of its own", async () => {
    const { shop, host } = await openPhones({ storage });
    const one = host();
    await one.wadesk.start();
    await Promise.all([linkShop(one, shop, "acme"), linkShop(one, shop, "globex")]);
    await Promise.all(shop.clients.map((client) => client.connected()));
    expect(new Set(shop.clients.map(({ id }) => id)).size).toBe(2);
  });
});
