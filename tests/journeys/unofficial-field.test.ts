import type { LinkStep } from "@wadesk/core";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { expect, it, onTestFinished } from "vitest";
import { linkShop, openPhones, SHOP } from "./world/open-phones.ts";

it("a client that is too old is told so when it links, and links under the version that the host gives", async () => {
  const newer = await createWhatsAppWeb({ oldestVersion: [2, 4000, 0] });
  onTestFinished(() => newer.close());
  const { host } = await openPhones();
  const shop = newer.addPhone({ number: SHOP.slice(1), name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const old = host({ webSocketUrl: newer.url });
  await old.wadesk.start();
  const acme = old.wadesk.workspace("acme");
  await expect(acme.connect("unofficial", { phone: SHOP })).rejects.toMatchObject({ code: "client_outdated" });
  expect((await acme.list()).items).toEqual([]);
  await old.wadesk.stop();
  const updated = host({ webSocketUrl: newer.url, version: [2, 4000, 1] });
  await updated.wadesk.start();
  await linkShop(updated, shop);
  expect(shop.clients.map(({ isConnected }) => isConnected)).toEqual([true]);
});

it("a client that is too old for its link keeps its keys, and goes on once it is new enough", async () => {
  const { web, shop, ana, time, host } = await openPhones();
  const old = host();
  await old.wadesk.start();
  const { id } = await linkShop(old, shop);
  await old.wadesk.stop();
  await shop.clients[0]?.disconnected();
  web.fault({ kind: "login_refused", code: 405 });
  const same = host();
  await same.wadesk.start();
  await time.advance(2000);
  await same.changes.next((status) => status === "failed · client_outdated");
  await same.wadesk.stop();
  const updated = host();
  await updated.wadesk.start();
  for (let step = 0; step < 10 && shop.clients[0]?.isConnected !== true; step += 1) await time.advance(2000);
  await updated.changes.next((status) => status === "connected");
  await updated.wadesk.workspace("acme").send({ to: "+15550002222", content: { kind: "text", text: "here again" }, from: id });
  expect((await ana.received()).content.extendedTextMessage?.text).toBe("here again");
  expect(shop.clients).toHaveLength(1);
});

it("a device with a name of its own is linked by code too, under a name that WhatsApp takes", async () => {
  const { shop, host } = await openPhones();
  const one = host({ deviceName: "Acme" });
  await one.wadesk.start();
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP, method: "code" });
  for await (const step of linking) if (step.type === "code") await shop.type(step.code);
  expect((await linking).status.state).toBe("connected");
});

it("a phone that tells no history is linked after five seconds of quiet, and not stuck on the way", async () => {
  const { web, time, host } = await openPhones();
  const quiet = web.addPhone({ number: "15550004444", name: "Quiet" });
  const one = host();
  await one.wadesk.start();
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: "+15550004444" });
  const steps: LinkStep[] = [];
  for await (const step of linking) {
    steps.push(step);
    if (step.type === "qr") await quiet.scan(step.text);
    if (step.type !== "step" || step.step !== "syncing") continue;
    await time.advance(4900);
    expect((await one.wadesk.workspace("acme").get(linking.connectionId)).status.state).toBe("pending");
    await time.advance(100);
  }
  expect((await linking).status.state).toBe("connected");
  expect(steps.filter(({ type }) => type === "step")).toEqual([
    { type: "step", step: "restarting" },
    { type: "step", step: "syncing", percent: 0 },
  ]);
});

it("what is written while a phone is being linked is received, the very first message too", async () => {
  const { shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
  const written: string[] = [];
  for await (const step of linking) {
    if (step.type === "qr") await shop.scan(step.text);
    if (step.type === "step") written.push(ana.send(shop, `at ${step.step}`));
  }
  await linking;
  written.push(ana.send(shop, "once it is linked"));
  const received: string[] = [];
  while (received.length < written.length) received.push((await one.received.next()).data.messageId);
  expect(received).toEqual(written);
});
