import { expect, it } from "vitest";
import type { BridgePlan } from "./host/bridge-host.ts";
import { BRIDGE_SECRET, openBridgedApp } from "./world/bridged-app.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses } from "./world/host-process.ts";

const ANA = "+15550002222";
/** A lapse, a login and what waits, on a busy machine. */
const PATIENCE = { timeout: 80_000, interval: 200 };

async function open() {
  const processes = openProcesses();
  const database = await openDatabase("SQLite");
  const { web, port, address, ...app } = await openBridgedApp();
  const plan: BridgePlan = {
    database: database.plan,
    app: address,
    secret: BRIDGE_SECRET,
    port,
    url: web.url,
    rootKey: web.rootKey,
  };
  const startBridge = async () => {
    const bridge = processes.start("bridge-host.ts", plan);
    expect(await bridge.line()).toBe("listens");
    return bridge;
  };
  return { ...app, startBridge };
}

it("a bridge that is killed in the middle of a conversation goes on without a QR, and nothing that was written is lost or doubled", {
  timeout: 240_000,
}, async () => {
  const { wadesk, shop, ana, heard, link, startBridge } = await open();
  const one = await startBridge();
  const acme = wadesk.workspace("acme");
  const id = await link();
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
