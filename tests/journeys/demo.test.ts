import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { memoryStorage } from "@wadesk/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { createClient, readConfig } from "../../examples/app/server/index.ts";
import { createApp } from "../../examples/express/app.ts";
import { watch } from "../../examples/express/watch.ts";

const demo = fileURLToPath(new URL("../../examples/express/demo.ts", import.meta.url));

interface Run {
  readonly exitCode: number | null;
  readonly output: string;
}

async function temporaryDatabase(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wadesk-demo-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "demo.db");
}

function spawnDemo(environment: Record<string, string>, ...values: string[]): ChildProcess {
  return spawn(process.execPath, [demo, ...values], { env: { PATH: process.env.PATH ?? "", PORT: "0", ...environment } });
}

function runDemo(environment: Record<string, string>, flag = "--once"): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawnDemo(environment, flag);
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, output: Buffer.concat(chunks).toString() }));
  });
}

describe("the demo", () => {
  it("shows a message climbing to read, a reply, its answer and a refused forgery, and exits 0", async () => {
    const { exitCode, output } = await runDemo({
      DATABASE: await temporaryDatabase(),
      LOG_EVENTS: "1",
      META_APP_SECRET: "a-secret-of-this-test",
    });
    expect(output).toMatch(/✓ sent[\s\S]*✓ delivered[\s\S]*✓ read[\s\S]*Yes please![\s\S]*refused: 401 signature_invalid/);
    expect(exitCode).toBe(0);
    const events = output.split("\n").filter((line) => line.startsWith("{"));
    expect(events.map((line) => (JSON.parse(line) as { readonly type: string }).type)).toContain("message.received");
    expect(output).not.toContain("a-secret-of-this-test");
    // the phone of the third channel: linked by its QR, written from and answered
    expect(output).toMatch(
      /QR 1 of 18[\s\S]*syncing 100 %[\s\S]*\+15550100003: connected[\s\S]*✓ read[\s\S]*Yes please![\s\S]*Devices as the owner: \+15550100003\n[\s\S]*Chats: Ana[\s\S]*All of it was seen/,
    );
    const phones = events.filter((line) => line.startsWith('{"key":"unofficial:acme:15550100003|'));
    expect(new Set(phones.map((line) => (JSON.parse(line) as { readonly type: string }).type))).toEqual(
      new Set(["message.status", "message.received"]),
    );
  });

  it("goes on with phones that are held in a page: one writes and is answered, another is linked, and Ctrl+C ends it", async () => {
    const child = spawnDemo({ DATABASE: await temporaryDatabase() });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "close");
    let printed = "";
    const prints = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => void (printed.includes(text) && resolve());
        child.stdout?.on("data", look);
        child.once("close", () => reject(new Error(`it ended without ${text}:\n${printed}`)));
        look();
      });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
      });
    await prints("the QR is drawn here");
    const [, app = ""] = /App +(http:\S+)/.exec(printed) ?? [];
    const [, page = ""] = /The phones +(http:\S+)/.exec(printed) ?? [];
    expect([new URL(app).hostname, new URL(page).hostname]).toEqual(["127.0.0.1", "127.0.0.1"]);
    const act = async (form: Readonly<Record<string, string>>): Promise<unknown> =>
      (await fetch(`${page}act`, { method: "POST", body: JSON.stringify(form) })).json();
    expect(await act({ action: "send", number: "5511999990000", to: "15550100003", text: "Open today?" })).toEqual({});
    const world = async (): Promise<string> => (await fetch(`${page}world`)).text();
    await expect.poll(world).toContain("Thank you, we got: Open today?");
    const headers = { "content-type": "application/json" };
    const linking = fetch(`${app}/connections`, { method: "POST", headers, body: '{"phone":"+15550100004"}' });
    await prints("▀▀▀▀▀▀▀");
    expect(await act({ action: "scan", number: "15550100004" })).toEqual({});
    expect(await (await linking).json()).toMatchObject({ phone: "+15550100004", status: { state: "connected" } });
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
  });

  it("finds what its last run connected, connects what is new, and tells the whole story each time", async () => {
    const DATABASE = await temporaryDatabase();
    const first = await runDemo({ DATABASE });
    expect(first.output).not.toContain("since your last run");
    expect((await stat(`${DATABASE}.key`)).mode & 0o777).toBe(0o600);
    const second = await runDemo({ DATABASE });
    expect(second.output.match(/✓ connected since your last run\n {3}Demo Shop, (\S+): connected/g)).toHaveLength(2);
    expect(second.output).toContain(`WADESK_ENCRYPTION_KEYS is not set: the key of this development run is kept in ${DATABASE}.key`);
    const other = await runDemo({ DATABASE, META_APP_SECRET: "s3cret", META_PHONE_NUMBER_ID: "106540352242922" });
    expect(other.output.match(/since your last run/g)).toHaveLength(1);
    for (const { exitCode, output } of [first, second, other]) {
      expect(output).toContain("All of it was seen.");
      expect(exitCode).toBe(0);
    }
  });

  it("exits non-zero and says why when something was not seen", async () => {
    const { exitCode, output } = await runDemo({ DATABASE: await temporaryDatabase(), META_PHONE_NUMBER_ID: "not-an-id" });
    expect(output).toContain("Phone Number ID");
    expect(output).toContain("The demo failed");
    expect(exitCode).toBe(1);
  });

  it("names the variable that is wrong", async () => {
    const { exitCode, output } = await runDemo({ DATABASE: await temporaryDatabase(), PORT: "http" });
    expect(output).toContain("PORT must be a number");
    expect(exitCode).toBe(1);
  });

  it("names its address and its files before the story", async () => {
    const DATABASE = await temporaryDatabase();
    const { output } = await runDemo({ DATABASE, HOST: "localhost", META_PHONE_NUMBER_ID: "not-an-id" });
    const [before = ""] = output.split("\n1. ");
    expect(before).toMatch(/App +http:\/\/(127\.0\.0\.1|\[::1\]):\d+\n/);
    expect(before).toContain(`Database   ${DATABASE}\n   Key        ${DATABASE}.key\n`);
  });

  it("refuses a flag that it does not know, and says which it knows", async () => {
    const refused = await runDemo({}, "--onec");
    expect(refused).toMatchObject({ exitCode: 1, output: expect.stringMatching(/--onec is not an option[\s\S]*demo --once/) });
    const help = await runDemo({}, "--help");
    expect(help).toMatchObject({ exitCode: 0, output: expect.stringContaining("demo --once") });
  });

  it("leaves no key where it failed, and names a file that is wrong", async () => {
    const DATABASE = await temporaryDatabase();
    await mkdir(DATABASE);
    const folder = await runDemo({ DATABASE });
    expect(folder).toMatchObject({ exitCode: 1, output: expect.stringContaining(`${DATABASE} is a folder`) });
    await expect(stat(`${DATABASE}.key`)).rejects.toMatchObject({ code: "ENOENT" });
    const other = await temporaryDatabase();
    await writeFile(`${other}.key`, "k1:half\n");
    const damaged = await runDemo({ DATABASE: other });
    expect(damaged).toMatchObject({ exitCode: 1, output: expect.stringContaining(`${other}.key is damaged`) });
    expect(damaged.output).not.toContain("k1:half");
  });

  it("tells of a message that failed at once, and waits for no other status of it", async () => {
    const listeners: ((event: unknown) => void)[] = [];
    const watching = watch({ on: (_name: string, listener: (event: unknown) => void) => void listeners.push(listener) } as never);
    const waited = watching.until("the status read", () => false, "wamid.1");
    const data = { messageId: "wamid.1", status: "failed", failure: { code: "window_closed", message: "send a template" } };
    for (const hear of listeners) hear({ type: "message.status", data });
    await expect(waited).rejects.toThrow("the status read did not happen: the message failed with window_closed: send a template");
  });
});

describe("the routes of the Express example", () => {
  it.each([
    ["a body that is no JSON", "{", 400, "the body is no JSON"],
    ["what a channel refuses", "{}", 400, "phoneNumberId"],
  ])("answer %s as JSON, and never a page with a stack", async (_what, body, status, sentence) => {
    const encryptionKeys = `k1:${Buffer.alloc(32, 1).toString("base64url")}`;
    const wadesk = createClient(readConfig({}), { storage: memoryStorage(), encryptionKeys });
    const server = createApp(wadesk).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`http://127.0.0.1:${port}/connections`, { method: "POST", headers, body });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, expect.stringContaining("application/json")]);
    const text = await answer.text();
    expect(text).toContain(sentence);
    expect(text).not.toMatch(/node_modules|at .*\.ts/);
  });
});
