import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { connectionOf, receivedText } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../journeys/story/free-port.ts";
import { BRIDGE_SECRET, openBridgedApp } from "./world/bridged-app.ts";
import { ENCRYPTION_KEYS } from "./world/app.ts";
import { openProcesses, type RunningProgram } from "./world/host-process.ts";
import { dropDatabase, makeDatabase, newSchema, NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/bridge/index.js", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../../packages/unofficial/src/bin/wadesk-bridge.ts", import.meta.url));
const TRUSTING = new URL("./host/trusting.ts", import.meta.url).href;
const RUNS = /the bridge runs, and listens at/;
const DATABASES = NO_POSTGRES ? (["SQLite"] as const) : (["SQLite", "PostgreSQL"] as const);
/** A lapse, a login and what waits, on a busy machine. */
const PATIENCE = { timeout: 80_000, interval: 200 };

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wadesk-bridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

async function lineLike(program: RunningProgram, words: RegExp): Promise<string> {
  for (;;) {
    const line = await program.line();
    if (words.test(line)) return line;
  }
}

/** The lines of an `.env` that name a database of the test's own; none for the bridge's own SQLite. */
async function databaseLines(kind: (typeof DATABASES)[number]): Promise<string> {
  if (kind === "SQLite") return "";
  const name = newSchema();
  onTestFinished(() => dropDatabase(name));
  return `DATABASE_URL=${await makeDatabase(name)}\nWADESK_ENCRYPTION_KEYS=${ENCRYPTION_KEYS}\n`;
}

/** An app, and bridges that are told of it by one `.env`; each on a port of its own, the first on the app's. */
async function open(kind: (typeof DATABASES)[number] = "SQLite") {
  const lines = await databaseLines(kind);
  const processes = openProcesses();
  const app = await openBridgedApp();
  const folder = openFolder();
  writeFileSync(
    join(folder, ".env"),
    `APP_DOMAIN_NAME=${app.address}\nNODE_WEBHOOK_TOKEN="${BRIDGE_SECRET}"\nWHATSAPP_WEB_URL=${app.web.url}\nMESSAGES_PER_MINUTE=1000\nNEW_CHATS_PER_DAY=1000\n${lines}`,
  );
  const startBridge = async (port = app.port) => {
    const environment = { HOST_ROOT_KEY: app.web.rootKey, PORT: String(port) };
    const bridge = processes.run(PROGRAM, { folder, environment, options: ["--import", TRUSTING] });
    await lineLike(bridge, RUNS);
    return bridge;
  };
  const ask = (path: string, port = app.port): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
  return { ...app, folder, startBridge, ask };
}

describe(`the bridge as a program${WHY_SKIPPED}`, { timeout: 300_000 }, () => {
  it.each(DATABASES)(
    "links a phone for the app, shows how it is, and goes on without a QR after a SIGTERM, with what was written meanwhile, on %s",
    async (kind) => {
      const { wadesk, shop, ana, heard, link, folder, startBridge, ask } = await open(kind);
      const one = await startBridge();
      if (kind === "SQLite") expect(statSync(join(folder, "bridge.db.key")).mode & 0o777).toBe(0o600);
      else expect(existsSync(join(folder, "bridge.db"))).toBe(false);
      const id = await link();
      ana.send(shop, "before");
      await expect.poll(() => heard, PATIENCE).toEqual(["before"]);
      expect(await (await ask("/")).text()).toContain("This WaDesk bridge runs");
      expect(await (await ask("/healthz")).json()).toEqual({ alive: true });
      await expect.poll(async () => (await ask("/readyz")).json(), PATIENCE).toEqual({ ready: true, sessions: { kept: 1, free: 0 } });
      expect(await (await ask("/metrics")).text()).toMatch(/^wadesk_bridge_numbers\{state="connected"\} 1$/m);
      expect(await wadesk.settings.probe("unofficial")).toMatchObject([{ ok: true, code: "bridge_reached", values: { numbers: 1 } }]);

      one.child.kill("SIGTERM");
      expect(await one.ended).toMatchObject({ code: 0, complaints: "" });
      expect(shop.clients.map(({ isConnected }) => isConnected)).toEqual([false]);
      ana.send(shop, "while it was away");
      await startBridge();
      await expect.poll(() => heard, PATIENCE).toEqual(["before", "while it was away"]);
      expect((await wadesk.workspace("acme").check(id)).status.state).toBe("connected");
    },
  );

  it.each([
    [
      "where nothing listens",
      async () => `http://127.0.0.1:${await freePort()}`,
      BRIDGE_SECRET,
      /cannot reach this app at .*Check APP_DOMAIN_NAME/,
    ],
    [
      "that has another secret",
      async (app: string) => app,
      "another secret of thirty-two chars",
      /NODE_WEBHOOK_TOKEN here must equal the shared secret/,
    ],
    ["that is as it should be", async (app: string) => app, BRIDGE_SECRET, /the app answers, and the shared secret is the same/],
  ])("says with its start how it finds an app %s", async (_what, addressOf, secret, words) => {
    const { address } = await openBridgedApp();
    const environment = { APP_DOMAIN_NAME: await addressOf(address), NODE_WEBHOOK_TOKEN: secret, PORT: "0" };
    await lineLike(openProcesses().run(PROGRAM, { folder: openFolder(), environment }), words);
  });

  it.each(DATABASES)("hands its sessions over to one that stands by on the same database, on %s", async (kind) => {
    const { shop, ana, heard, link, startBridge, ask } = await open(kind);
    const one = await startBridge();
    await link();
    const port = await freePort();
    await startBridge(port);
    await expect.poll(async () => (await ask("/readyz", port)).status, PATIENCE).toBe(200);
    one.child.kill("SIGTERM");
    expect((await one.ended).code).toBe(0);
    ana.send(shop, "to the other one");
    await expect.poll(() => heard, PATIENCE).toEqual(["to the other one"]);
    await expect.poll(async () => (await ask("/readyz", port)).json(), PATIENCE).toMatchObject({ ready: true, sessions: { kept: 1 } });
  });

  it("ends at once with a second signal, whatever it waits for", async () => {
    const { shop, ana, link, startBridge, answerNothing } = await open();
    const one = await startBridge();
    await link();
    const waiting = answerNothing();
    ana.send(shop, "nobody takes it");
    await expect.poll(waiting, PATIENCE).toBeGreaterThan(0);
    one.child.kill("SIGTERM");
    await lineLike(one, /the bridge stops/);
    one.child.kill("SIGTERM");
    expect((await one.ended).code).toBe(143);
  });
});

describe("what the app has refused for good", { timeout: 300_000 }, () => {
  const KEY = "unofficial:acme:15550001111|15550002222|ABC";
  /** A bridge's folder in which two such events are kept; runs the program in it, and answers what it printed. */
  const refused = async () => {
    const folder = openFolder();
    writeFileSync(join(folder, ".env"), `APP_DOMAIN_NAME=http://127.0.0.1:9\nNODE_WEBHOOK_TOKEN="${BRIDGE_SECRET}"\n`);
    const storage = sqliteStorage(join(folder, "bridge.db"));
    const connection = connectionOf({ route: "unofficial:acme:15550001111" });
    await storage.connections.insert(connection);
    const { id: connectionId, workspaceId } = connection;
    const eventOf = (key: string) => receivedText({ key, orderKey: key, connectionId, workspaceId });
    await storage.inbox.add([eventOf(KEY), eventOf(`${KEY}2`)]);
    for (const claim of await storage.inbox.claim({ owner: "test", limit: 9, leaseMs: 1000, now: 1000 }))
      await storage.inbox.fail(claim, "dead", "the app answered 404", 2000);
    onTestFinished(() => storage.close());
    const run = async (...words: readonly string[]) => {
      const program = openProcesses().run(PROGRAM, { folder, words });
      const lines: string[] = [];
      const read = async (): Promise<void> => {
        for (;;) lines.push(await program.line());
      };
      await read().catch(() => {});
      return { ...(await program.ended), lines };
    };
    return { storage, run };
  };

  it("is listed with its reason and its key", async () => {
    const { run } = await refused();
    const { code, lines, complaints } = await run("dead-letters");
    expect([code, complaints, lines.length]).toEqual([0, "", 4]);
    expect(lines[0]).toMatch(/^1970-01-01T00:00:02\.000Z {2}\S+, tried 1 times: the app answered 404$/);
    expect(lines.map((line) => line.trim())).toEqual(expect.arrayContaining([KEY, `${KEY}2`]));
  });

  it("is brought again by its key, or all of it", async () => {
    const { storage, run } = await refused();
    const waiting = async (): Promise<number> => (await storage.inbox.counts()).waiting;
    expect((await run("replay", KEY, "none")).lines).toEqual([
      expect.stringMatching(/^1 is brought to the app again by the bridge that runs.* Of the keys 1 are of nothing/),
    ]);
    expect(await waiting()).toBe(1);
    expect((await run("replay")).lines).toEqual([expect.stringMatching(/^1 is brought/)]);
    expect([await waiting(), (await run("dead-letters")).lines]).toEqual([2, ["The app has refused nothing for good."]]);
  });

  it("is asked for in the bridge's folder, and makes no database in another", async () => {
    const folder = openFolder();
    const environment = { APP_DOMAIN_NAME: "http://127.0.0.1:9", NODE_WEBHOOK_TOKEN: BRIDGE_SECRET };
    const { code, complaints } = await openProcesses().run(PROGRAM, { folder, environment, words: ["dead-letters"] }).ended;
    expect([code, complaints]).toEqual([1, expect.stringContaining("There is no database at DATABASE bridge.db yet")]);
    expect(complaints).not.toContain("does not start");
    expect(existsSync(join(folder, "bridge.db"))).toBe(false);
    const wrong = await openProcesses().run(PROGRAM, { folder, environment, words: ["dead-letters", "--all"] }).ended;
    expect([wrong.code, wrong.complaints]).toEqual([1, expect.stringContaining("--all is not known")]);
  });
});

describe("a bridge that is started with a mistake", { timeout: 300_000 }, () => {
  const RIGHT = { APP_DOMAIN_NAME: "http://127.0.0.1:9", NODE_WEBHOOK_TOKEN: BRIDGE_SECRET };
  const tried = async (environment: Readonly<Record<string, string>>, words: readonly string[] = []) => {
    const folder = openFolder();
    const { ended } = openProcesses().run(PROGRAM, { folder, environment, words });
    return { ...(await ended), folder };
  };

  it("names all that is missing at once, with its fix, makes nothing and ends with 1", async () => {
    const { code, complaints, folder } = await tried({ PORT: "x" });
    expect(code).toBe(1);
    expect(complaints).toMatch(/^The bridge does not start\./);
    for (const words of ["PORT is", "APP_DOMAIN_NAME is not set", "NODE_WEBHOOK_TOKEN is not set"]) expect(complaints).toContain(words);
    expect(complaints).toMatch(/^ {4}NODE_WEBHOOK_TOKEN=[\w-]{32,}$/m);
    expect(complaints).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder, "bridge.db"))).toBe(false);
  });

  it("refuses a flag, and points at --help, which lists the variables", async () => {
    const { code, complaints } = await tried(RIGHT, ["--port=1"]);
    expect([code, complaints]).toEqual([1, expect.stringMatching(/--port=1 is not known.*--help/s)]);
    const help = openProcesses().run(PROGRAM, { words: ["--help"] });
    await lineLike(help, /^ {2}APP_DOMAIN_NAME /);
    expect(await help.ended).toMatchObject({ code: 0, complaints: "" });
  });

  it("says whose port it wants where another one has it, and opens no session", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => new Promise<void>((resolve) => void other.close(() => resolve())));
    const { port } = other.address() as AddressInfo;
    const { code, complaints } = await tried({ ...RIGHT, PORT: String(port) });
    expect([code, complaints]).toEqual([1, expect.stringContaining(`PORT ${port} at 127.0.0.1 is taken`)]);
    expect(complaints).not.toMatch(/^\s+at /m);
  });

  it.each([
    ["an address of another machine", { HOST: "192.0.2.1" }, /HOST 192\.0\.2\.1 with PORT/],
    ["a database that is a folder", { DATABASE: "." }, /DATABASE \. cannot be used/],
    [
      "a database that nobody can reach",
      { DATABASE_URL: "postgres://127.0.0.1:1/none", WADESK_ENCRYPTION_KEYS: `k1:${"A".repeat(43)}` },
      /DATABASE_URL cannot be used/,
    ],
  ])("says what to do about %s", async (_what, over, words) => {
    const { code, complaints } = await tried({ ...RIGHT, PORT: "0", ...over });
    expect([code, complaints]).toEqual([1, expect.stringMatching(words)]);
    expect(complaints).not.toMatch(/^\s+at /m);
  });

  it("is the same as node index.js of the example", async () => {
    const { code, complaints } = await openProcesses().run(EXAMPLE, { folder: openFolder() }).ended;
    expect([code, complaints]).toEqual([1, expect.stringContaining("APP_DOMAIN_NAME is not set")]);
  });
});
