import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bot, openBot } from "./open-bot.ts";

const BIN = fileURLToPath(new URL("../../packages/testing/src/whatsapp-web/program/fake-whatsapp.ts", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const [SHOP, ANA] = ["15550001111", "15550002222"];

interface World {
  readonly phones: readonly {
    readonly number: string;
    readonly clients: readonly { readonly isConnected: boolean }[];
    readonly messages: readonly { readonly fromMe: boolean; readonly text: string; readonly state?: string }[];
  }[];
  readonly complaints: readonly string[];
}

let program: ChildProcess;
let folder: string;
let printed = "";
let url: string;
let page: string;
let bot: Bot;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fake-whatsapp-"));
  program = spawn(process.execPath, [BIN, "--phones", `${SHOP}=Shop,${ANA}=Ana`, "--certificate", join(folder, "media.pem")]);
  program.stderr?.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    program.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes("NODE_EXTRA_CA_CERTS=")) resolve();
    });
    program.once("close", () => reject(new Error(`it ended by itself:\n${printed}`)));
  });
  url = /ws:\/\/127\.0\.0\.1:\d+\/ws\/chat/.exec(printed)?.[0] ?? "";
  page = /http:\/\/127\.0\.0\.1:\d+\/[\w-]+\//.exec(printed)?.[0] ?? "";
  bot = openBot({ url });
});
afterAll(async () => {
  await bot.end();
  program.kill();
  await rm(folder, { recursive: true, force: true });
});

const act = async (form: Readonly<Record<string, string>>) =>
  (await (await fetch(`${page}act`, { method: "POST", body: JSON.stringify(form) })).json()) as { readonly error?: string };
const world = async () => (await (await fetch(`${page}world`)).json()) as World;
const phone = async (number: string) => (await world()).phones.find((each) => each.number === number);

describe("the program, with a bot in another process", () => {
  it("scans the newest QR code that the bot has handed over", async () => {
    await fetch(`${page}qr`, { method: "POST", body: await bot.qr() });
    expect(await act({ action: "scan", number: SHOP })).toEqual({});
    await bot.opened();
    expect((await phone(SHOP))?.clients).toEqual([{ id: 1, isConnected: true }]);
  });

  it("types a pairing code, as a person would write it", async () => {
    const other = openBot({ url });
    await other.qr();
    const code = await other.socket.requestPairingCode(SHOP, "WADESK42");
    expect(await act({ action: "type", number: SHOP, code: `${code.slice(0, 4).toLowerCase()}-${code.slice(4)}` })).toEqual({});
    await other.opened();
    expect(await act({ action: "unlink", number: SHOP, client: "2" })).toEqual({});
    expect(await other.closed()).toMatchObject({ code: 401 });
  });

  it("carries messages both ways and shows them, with what became of them", async () => {
    expect(await act({ action: "send", number: ANA, to: SHOP, text: "hello, bot" })).toEqual({});
    const { messages } = await bot.next("messages.upsert", (upsert) => upsert.messages[0]?.message?.conversation === "hello, bot");
    await bot.socket.readMessages([messages[0]?.key ?? {}]);
    await bot.socket.sendMessage(`${ANA}@s.whatsapp.net`, { text: "hello, Ana" });
    await expect
      .poll(async () => (await phone(ANA))?.messages)
      .toMatchObject([
        { fromMe: true, text: "hello, bot", state: "read" },
        { fromMe: false, text: "hello, Ana" },
      ]);
  });

  it("goes on after a bot did what WhatsApp Web does not know, and says so", async () => {
    await bot.socket.sendNode({ tag: "carrier-pigeon", attrs: { id: "1" } });
    await expect.poll(async () => (await world()).complaints.join()).toContain("<carrier-pigeon");
    expect(printed).toContain("<carrier-pigeon");
    expect((await phone(SHOP))?.clients).toEqual([{ id: 1, isConnected: true }]);
  });

  it("bans the bot", async () => {
    await act({ action: "restrict", number: SHOP, code: "403" });
    expect(await bot.closed()).toMatchObject({ code: 403 });
  });

  it("prints one line by which a bot trusts it, and writes the certificate of its files", async () => {
    const line = printed.split("\n").find((each) => each.includes("WA_CERT_DETAILS")) ?? "";
    const check = 'console.log((await import("@whiskeysockets/baileys")).WA_CERT_DETAILS.PUBLIC_KEY.toString("hex"));';
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", line + check], { cwd: HERE, encoding: "utf8" });
    expect(stdout.trim()).toMatch(/^[0-9a-f]{64}$/);
    expect(line).toContain(stdout.trim());
    expect(await readFile(join(folder, "media.pem"), "utf8")).toContain("BEGIN CERTIFICATE");
  });

  it("ends with Ctrl+C, and nothing listens any more", async () => {
    const closed = once(program, "close");
    program.kill("SIGINT");
    expect(await closed).toEqual([0, null]);
    await expect(fetch(`${page}world`)).rejects.toThrow();
  });

  it("ends with a sentence when its arguments make no sense, and with its help when asked", () => {
    const run = (...args: string[]) => spawnSync(process.execPath, [BIN, ...args], { encoding: "utf8" });
    expect(run("--port", "many")).toMatchObject({ status: 1, stderr: expect.stringContaining("fake-whatsapp: --port") });
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("--phones") });
  });
});
