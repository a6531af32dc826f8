import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWadesk, memoryStorage } from "@wadesk/core";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { unofficial } from "@wadesk/unofficial";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { expect, it, onTestFinished } from "vitest";
import { freePort } from "../journeys/story/free-port.ts";
import type { BridgePlan } from "./host/bridge-host.ts";
import { ENCRYPTION_KEYS } from "./world/app.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses } from "./world/host-process.ts";

const SECRET = "correct horse battery staple, 32+";
const ANA = "+15550002222";
/** A lapse, a login and what waits, on a busy machine. */
const PATIENCE = { timeout: 80_000, interval: 200 };

async function open() {
  const processes = openProcesses();
  const database = await openDatabase("SQLite");
  const web = await createWhatsAppWeb();
  const shop = web.addPhone({ number: "15550001111", name: "Shop" });
  const ana = web.addPhone({ number: ANA.slice(1), name: "Ana" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const port = await freePort();
  const wadesk = createWadesk({
    channels: [unofficial({ bridges: { default: { url: `http://127.0.0.1:${port}`, secrets: SECRET } } })],
    storage: memoryStorage(),
    encryptionKeys: ENCRYPTION_KEYS,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const heard: string[] = [];
  wadesk.process("message.received", ({ data }) => void (data.content.kind === "text" && heard.push(data.content.text)));
  await wadesk.start();
  const site = createServer(toNode(createWebhookHandler(wadesk)));
  await new Promise<void>((resolve) => void site.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await wadesk.stop();
    site.closeAllConnections();
    await new Promise<void>((resolve) => void site.close(() => resolve()));
    await web.close();
  });
  const plan: BridgePlan = {
    database: database.plan,
    app: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    secret: SECRET,
    port,
    url: web.url,
    rootKey: web.rootKey,
  };
  const startBridge = async () => {
    const bridge = processes.start("bridge-host.ts", plan);
    expect(await bridge.line()).toBe("listens");
    return bridge;
  };
  return { wadesk, shop, ana, heard, startBridge };
}

it("a bridge that is killed in the middle of a conversation goes on without a QR, and nothing that was written is lost or doubled", {
  timeout: 240_000,
}, async () => {
  const { wadesk, shop, ana, heard, startBridge } = await open();
  const one = await startBridge();
  const acme = wadesk.workspace("acme");
  const linking = acme.connect("unofficial", { phone: "+15550001111" });
  for await (const step of linking) if (step.type === "qr") await shop.scan(step.text);
  const { id } = await linking;
  const words = Array.from({ length: 12 }, (_, index) => `word ${index}`);
  for (const each of words.slice(0, 6)) ana.send(shop, each);
  await expect.poll(() => heard.length, PATIENCE).toBeGreaterThan(1);
  await one.kill();
  for (const each of words.slice(6)) ana.send(shop, each);
  await expect(acme.send({ to: ANA, content: { kind: "text", text: "lost" } })).rejects.toMatchObject({ code: "bridge_unreachable" });
  expect((await acme.get(id)).status.state).toBe("connected");
  await startBridge();
  await expect.poll(() => heard.length, PATIENCE).toBeGreaterThan(11);
  expect(heard).toEqual(words);
  await expect
    .poll(
      () =>
        acme.send({ to: ANA, content: { kind: "text", text: "still here" }, idempotencyKey: "again" }).then(
          ({ providerId }) => providerId !== "",
          () => false,
        ),
      PATIENCE,
    )
    .toBe(true);
  expect(ana.messages).toHaveLength(1);
});
