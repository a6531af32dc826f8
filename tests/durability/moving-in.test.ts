import { createWadesk } from "@wadesk/core";
import { importSession, unofficial } from "@wadesk/unofficial";
import { expect, it, onTestFinished, vi } from "vitest";
import { AMPLE_PACE } from "../journeys/world/ample-pace.ts";
import { text } from "../journeys/world/linked-shop.ts";
import { movedShop } from "../journeys/world/moved-shop.ts";
import type { PhoneMoverPlan } from "./host/phone-mover.ts";
import { openStorage } from "./host/plan.ts";
import { ENCRYPTION_KEYS } from "./world/app.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses } from "./world/host-process.ts";

it("a process that is killed while it moves a phone in holds nothing, and the message in its hands comes again", {
  timeout: 240_000,
}, async () => {
  const processes = openProcesses();
  const { web, ana, shop, folder } = await movedShop();
  const { plan: database } = await openDatabase("SQLite");
  ana.send(shop, "While you were moving");
  const plan: PhoneMoverPlan = { database, webSocketUrl: web.url, rootKey: web.rootKey, folder };
  const mover = processes.start("phone-mover.ts", plan);
  expect(await mover.line()).toBe("a message is in hand");
  await mover.kill();
  await shop.clients[0]?.disconnected();
  const storage = openStorage(database);
  const wadesk = createWadesk({
    channels: [unofficial({ webSocketUrl: web.url, ...AMPLE_PACE })],
    encryptionKeys: ENCRYPTION_KEYS,
    storage,
  });
  onTestFinished(async () => {
    await wadesk.stop();
    await storage.close();
  });
  const heard: unknown[] = [];
  wadesk.process("message.received", ({ data }) => void heard.push(data.content));
  await wadesk.start();
  const acme = wadesk.workspace("acme");
  // locks outlive their process by nine seconds at most
  const move = async (): Promise<string> => (await importSession(acme, { from: { folder } })).status.state;
  await vi.waitFor(async () => expect(await move()).toBe("connected"), { timeout: 150_000, interval: 500 });
  expect((await acme.list()).counts.all).toBe(1);
  await expect.poll(() => heard).toEqual([text("While you were moving")]);
  await acme.send({ to: "+15550002222", content: text("Here now") });
  expect((await ana.received()).content.extendedTextMessage?.text).toBe("Here now");
  expect(shop.clients).toHaveLength(1);
});
