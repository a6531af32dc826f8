import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeWASocket, useMultiFileAuthState, type WASocket } from "@whiskeysockets/baileys";
import { onTestFinished } from "vitest";
import { quietLibsignal } from "../../whatsapp-web/quiet-libsignal.ts";
import { openPhones, type PhoneWorld, type PhoneWorldOptions } from "./open-phones.ts";

const ignore = (): void => {};
const silent = { level: "silent", child: () => silent, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** A program of plain Baileys', as its examples have it, whose number is to be moved. */
export interface OldProgram {
  readonly socket: WASocket;
  /** Sends a text to Ana, and waits until she has it. */
  says(words: string): Promise<void>;
  /** What was written to it. */
  readonly heard: readonly string[];
  /** Ends it, as a program is stopped: the device stays linked. */
  stop(): Promise<void>;
}

/** A world in which plain Baileys has linked the shop's phone, spoken with Ana both ways, and was stopped. */
export interface MovedShop extends PhoneWorld {
  /** What it left. */
  readonly folder: string;
  /** The texts in the folder by the names of their files without the ending. */
  texts(): Record<string, string>;
  /** Starts the old program again, on the same folder. */
  again(): Promise<OldProgram>;
}

const EIGHT_DAYS_MS = 8 * 24 * 60 * 60_000;

/** A folder that is gone when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "moving-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens it. */
export async function movedShop(options?: PhoneWorldOptions): Promise<MovedShop> {
  quietLibsignal();
  const world = await openPhones(options);
  const folder = temporaryFolder();
  const program = await oldProgram(world, folder);
  await program.says("Hello from before");
  world.ana.send(world.shop, "Hello, old program");
  await world.web.until("the answer at the old program", () => (program.heard.length > 0 ? true : undefined));
  await program.stop();
  // plain Baileys loses what it noted of the privacy tokens it gave, so that within a week anybody would give them twice
  await world.time.advance(EIGHT_DAYS_MS);
  return {
    ...world,
    folder,
    texts: () =>
      Object.fromEntries(readdirSync(folder).map((name) => [name.replace(/\.json$/, ""), readFileSync(join(folder, name), "utf8")])),
    again: () => oldProgram(world, folder),
  };
}

async function oldProgram({ web, shop, ana }: PhoneWorld, folder: string): Promise<OldProgram> {
  const { state, saveCreds } = await useMultiFileAuthState(folder);
  const heard: string[] = [];
  let isEnded = false;
  let current: WASocket;
  let isOpen = false;
  const connect = (): void => {
    const socket = makeWASocket({
      waWebSocketUrl: web.url,
      auth: state,
      logger: silent,
      syncFullHistory: false,
      markOnlineOnConnect: false,
    });
    current = socket;
    socket.ev.on("creds.update", () => void saveCreds());
    socket.ev.on("connection.update", ({ qr, connection }) => {
      if (qr !== undefined) void shop.scan(qr);
      if (connection === "open") isOpen = true;
      // as the examples have it: another one at once
      if (connection === "close" && !isEnded) connect();
    });
    socket.ev.on("messages.upsert", ({ messages }) => {
      for (const { key, message } of messages)
        if (!key.fromMe && message) heard.push(message.conversation ?? message.extendedTextMessage?.text ?? "");
    });
  };
  connect();
  const stop = async (): Promise<void> => {
    isEnded = true;
    await current.end(undefined);
    await shop.clients[0]?.disconnected();
    // what Baileys writes without anybody waiting for it
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
  };
  onTestFinished(async () => {
    isEnded = true;
    await current.end(undefined);
  });
  await web.until("the login of the old program", () => (isOpen && shop.clients.length > 0 ? true : undefined));
  return {
    get socket() {
      return current;
    },
    heard,
    async says(words) {
      await current.sendMessage(`${ana.number}@s.whatsapp.net`, { text: words });
      await ana.received();
    },
    stop,
  };
}
