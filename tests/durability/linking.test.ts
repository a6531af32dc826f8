import { createWadesk } from "@wadesk/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { echoVendor } from "../../packages/core/src/testing/echo-channel.ts";
import { type DatabasePlan, openStorage } from "./host/plan.ts";
import { ENCRYPTION_KEYS } from "./world/app.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses } from "./world/host-process.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const input = { number: "+111", token: "tok-2", account: "A" };
/** Locks outlive their process by nine seconds at most; the rest is a busy machine's. */
const SOON = { timeout: 120_000, interval: 200 };

/** A second process on a database in which the first was killed while it linked a number. */
async function afterTheDeath(kind: DatabasePlan["kind"]) {
  const { plan } = await openDatabase(kind);
  const first = openProcesses().start("linker.ts", { database: plan });
  const id = await first.line();
  await first.kill();
  const storage = openStorage(plan);
  const vendor = echoVendor({ maxPerWorkspace: 1 });
  const wadesk = createWadesk({ channels: [vendor.channel], encryptionKeys: ENCRYPTION_KEYS, storage });
  onTestFinished(async () => {
    await wadesk.stop();
    await storage.close();
  });
  return { id, wadesk, acme: wadesk.workspace("acme") };
}

describe(`a process that is killed while it links a number${WHY_SKIPPED}`, () => {
  it.each(DATABASES)("holds neither its workspace's place nor the number, on %s", async (kind) => {
    const { acme } = await afterTheDeath(kind);
    const connect = async (): Promise<string> => acme.connect("echo", input).then(({ status }) => status.state);
    await vi.waitFor(async () => expect(await connect()).toBe("connected"), SOON);
    expect((await acme.list()).counts).toMatchObject({ all: 1, connected: 1 });
  });

  it("leaves an attempt that ends by itself", async () => {
    const { wadesk, acme } = await afterTheDeath("SQLite");
    await wadesk.start();
    await vi.waitFor(async () => expect((await acme.list()).counts.all).toBe(0), SOON);
  });

  it("leaves an attempt that anyone in the workspace cancels, and others cannot", async () => {
    const { id, wadesk, acme } = await afterTheDeath("SQLite");
    await expect(wadesk.workspace("rival").remove(id)).rejects.toMatchObject({ code: "connection_not_found" });
    await acme.remove(id);
    expect((await acme.connect("echo", input)).status.state).toBe("connected");
  });
});
