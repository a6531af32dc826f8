import type { LinkStep } from "@wadesk/core";
import { expect, it } from "vitest";
import { linkShop, openPhones, SHOP } from "./world/open-phones.ts";

type Qr = Extract<LinkStep, { readonly type: "qr" }>;
const isQr = (step: LinkStep): step is Qr => step.type === "qr";

it("a phone that scans the QR is linked: QR, restart, history, ready", async () => {
  const { shop, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  const { id, steps } = await linkShop(one, shop);
  expect(steps.map((step) => ("step" in step ? `${step.step} ${step.percent ?? ""}`.trim() : step.type))).toEqual([
    "qr",
    "restarting",
    "syncing 0",
    "syncing 100",
    "ready",
  ]);
  expect(await one.wadesk.workspace("acme").get(id)).toMatchObject({
    phone: "+15550001111",
    label: "+15550001111",
    status: { state: "connected" },
    details: { platform: "android" },
  });
  expect(shop.clients.map(({ isConnected }) => isConnected)).toEqual([true]);
  // whoever looks from another process sees the same
  expect(await host().wadesk.workspace("acme").steps(id)).toEqual(steps);
});

it("a phone into which the code is typed is linked", async () => {
  const { shop, host, time } = await openPhones();
  const one = host();
  await one.wadesk.start();
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP, method: "code" });
  const shown: string[] = [];
  for await (const step of linking) {
    shown.push(step.type);
    if (step.type !== "code") continue;
    expect(step.expiresAt).toBe(time.now() + 180_000);
    await shop.type(step.code);
  }
  expect((await linking).status.state).toBe("connected");
  expect(shown).toEqual(["code", "step", "step", "step", "ready"]);
});

it("a number that is not on WhatsApp gets no code, and nothing of the attempt stays", async () => {
  const { host } = await openPhones();
  const one = host();
  const acme = one.wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: "+15559999999", method: "code" });
  await expect(linking).rejects.toMatchObject({ code: "pair_failed", message: expect.stringContaining("not on WhatsApp") });
  expect((await acme.list()).items).toEqual([]);
});

it("each QR says which it is, and when no phone came through three rounds of them it has failed", async () => {
  const { host } = await openPhones();
  const one = host({ qrTimeoutMs: 5 });
  const acme = one.wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: SHOP });
  const steps: LinkStep[] = [];
  await expect(
    (async () => {
      for await (const step of linking) steps.push(step);
    })(),
  ).rejects.toMatchObject({ code: "pair_failed" });
  expect(steps.filter(isQr).map(({ number, of }) => `${number}/${of}`)).toEqual(
    Array.from({ length: 18 }, (_unused, index) => `${index + 1}/18`),
  );
  expect(new Set(steps.filter(isQr).map(({ text }) => text.split(",")[1])).size).toBe(3);
  expect((await acme.list()).items).toEqual([]);
});

it.each(["companion_reg_refresh", "pair-device-rotate-qr"] as const)(
  "told to make another secret by %s it shows a QR with other keys, which links",
  async (child) => {
    const { web, shop, host } = await openPhones();
    const one = host();
    await one.wadesk.start();
    const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
    const texts: string[] = [];
    for await (const step of linking) {
      if (!isQr(step)) continue;
      texts.push(step.text);
      if (texts.length === 1) web.refreshQr(step.text, child);
      else await shop.scan(step.text);
    }
    expect([texts.length, (await linking).status.state]).toEqual([2, "connected"]);
  },
);

it.each(["refresh", "without keys"] as const)("a code that WhatsApp ends by %s is followed by another, which links", async (how) => {
  const { shop, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP, method: "code" });
  const codes: string[] = [];
  for await (const step of linking) {
    if (step.type !== "code") continue;
    codes.push(step.code);
    if (codes.length === 1) shop.endCode(how);
    else await shop.type(step.code);
  }
  expect([new Set(codes).size, (await linking).status.state]).toEqual([2, "connected"]);
});

it("a code that the phone wants to be asked for anew has failed", async () => {
  const { shop, host } = await openPhones();
  const linking = host().wadesk.workspace("acme").connect("unofficial", { phone: SHOP, method: "code" });
  for await (const step of linking) {
    if (step.type !== "code") continue;
    shop.endCode("manual refresh");
    break;
  }
  await expect(linking).rejects.toMatchObject({ code: "pair_failed" });
});

it.each(["qr", "code"] as const)("a passkey that WhatsApp demands ends linking by %s at once", async (method) => {
  const { shop, host } = await openPhones();
  shop.demandPasskey();
  const acme = host().wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: SHOP, method });
  for await (const step of linking) {
    const refused = step.type === "qr" ? shop.scan(step.text) : step.type === "code" ? shop.type(step.code) : undefined;
    await expect(refused).rejects.toThrow("passkey");
    break;
  }
  await expect(linking).rejects.toMatchObject({ code: "passkey_required" });
  expect((await acme.list()).items).toEqual([]);
});

it("another phone than the one asked for is logged out again, and nothing of it is kept", async () => {
  const { web, host, storage } = await openPhones();
  const stranger = web.addPhone({ number: "15550003333", name: "Stranger" });
  const acme = host().wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: SHOP });
  for await (const step of linking) {
    if (!isQr(step)) continue;
    expect((await stranger.scan(step.text)).id).toBe(1);
    break;
  }
  await expect(linking).rejects.toMatchObject({ code: "number_mismatch" });
  expect([stranger.clients, (await acme.list()).items, (await storage.records.scan("record/")).items]).toEqual([[], [], []]);
});

it("the same phone is linked however its number is spelled, and once in a workspace", async () => {
  const { web, host } = await openPhones();
  // WhatsApp leaves the ninth digit out
  const brazilian = web.addPhone({ number: "551188887777", name: "Loja" });
  brazilian.planHistory({ type: "initial", progress: 100, isInline: true });
  const one = host();
  await one.wadesk.start();
  const link = async (workspace: string): Promise<string | undefined> => {
    const linking = one.wadesk.workspace(workspace).connect("unofficial", { phone: "+55 11 98888-7777" });
    for await (const step of linking) if (isQr(step)) await brazilian.scan(step.text);
    return (await linking).phone;
  };
  expect(await link("acme")).toBe("+5511988887777");
  await expect(link("acme")).rejects.toMatchObject({ code: "number_in_use" });
  expect(await link("globex")).toBe("+5511988887777");
  expect(brazilian.clients).toHaveLength(2);
});

it("of two links of one phone at once in a workspace one is refused", async () => {
  const { host } = await openPhones();
  const [one, two] = [host(), host()].map(({ wadesk }) => wadesk.workspace("acme").connect("unofficial", { phone: SHOP }));
  const ended = await Promise.race([one, two].map((linking) => Promise.resolve(linking).catch((error: { code: string }) => error.code)));
  expect(ended).toBe("number_in_use");
  await Promise.all([one?.cancel(), two?.cancel()]);
});

it.each(["cancelled", "stopped"] as const)(
  "%s as soon as the phone has scanned, it leaves no device on the phone that nobody has keys for",
  async (how) => {
    const { shop, host, storage, web } = await openPhones();
    const one = host();
    const acme = one.wadesk.workspace("acme");
    const linking = acme.connect("unofficial", { phone: SHOP });
    const failed = expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    for await (const step of linking) {
      if (!isQr(step)) continue;
      await shop.scan(step.text);
      break;
    }
    await (how === "cancelled" ? linking.cancel() : one.wadesk.stop());
    await failed;
    await web.until("the device's end", () => (shop.clients.length === 0 ? true : undefined));
    expect([(await acme.list()).items, (await storage.records.scan("record/")).items]).toEqual([[], []]);
  },
);

it.each(["qr", "paired"] as const)("cancelled when it stands at %s it leaves nothing, at WhatsApp neither", async (at) => {
  const { shop, host, storage, web } = await openPhones();
  const acme = host().wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: SHOP });
  for await (const step of linking) {
    if (isQr(step) && at === "paired") await shop.scan(step.text);
    else if (isQr(step) || step.type === "step") break;
  }
  await linking.cancel();
  await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
  await web.until("the device's end", () => (shop.clients.length === 0 ? true : undefined));
  expect([(await acme.list()).items, (await storage.records.scan("record/")).items]).toEqual([[], []]);
});

it("cancelled when a message has come in already it ends, and leaves nothing", async () => {
  const { web, ana, host, storage } = await openPhones();
  const quiet = web.addPhone({ number: "15550004444", name: "Quiet" });
  const acme = host().wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: "+15550004444" });
  for await (const step of linking) {
    if (isQr(step)) await quiet.scan(step.text);
    if (step.type === "step" && step.step === "syncing") break;
  }
  ana.send(quiet, "Already here?");
  await web.until("its receipt", () => (quiet.clients[0]?.waiting === 0 ? true : undefined));
  await linking.cancel();
  await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
  expect([quiet.clients, (await acme.list()).items, (await storage.records.scan("record/")).items]).toEqual([[], [], []]);
});
