import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { controlEndpoint, createWhatsAppWeb, type Phone, type WhatsAppWeb, writeReadyFile } from "@wadesk/testing/whatsapp-web";
import { type AuthenticationCreds, BufferJSON, type SignalDataSet } from "@whiskeysockets/baileys";
import { afterEach, beforeEach, expect, it } from "vitest";
import { memoryStore } from "./memory-store.ts";
import { type Bot, openBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let ann: Phone;
beforeEach(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  shop = web.addPhone({ number: "15550001111", name: "Shop" });
  ann = web.addPhone({ number: "15550002222", name: "Ann" });
});
afterEach(() => web.close());

/** Opens a bot with a seed, every value passed through JSON as a database would. */
async function seeded(phone: Phone): Promise<Bot> {
  const { creds, keys } = JSON.parse(JSON.stringify(phone.seedClient().baileys, BufferJSON.replacer), BufferJSON.reviver) as {
    readonly creds: AuthenticationCreds;
    readonly keys: SignalDataSet;
  };
  const store = memoryStore();
  const { auth, save } = store.state();
  Object.assign(auth.creds, creds);
  save();
  await auth.keys.set(keys);
  return openBot(web, {}, store);
}

it("a bot that was seeded logs in without being linked, uploads nothing, and talks both ways", async () => {
  const bot = await seeded(shop);
  await bot.opened();
  expect(bot.socket.user).toMatchObject({ id: shop.clients[0]?.jid, lid: shop.clients[0]?.lid });
  const sent = await bot.socket.sendMessage(ann.lid, { text: "from a seed" });
  expect(await ann.received()).toMatchObject({ id: sent?.key.id, content: { extendedTextMessage: { text: "from a seed" } } });
  const id = ann.send(shop, "to a seed");
  await bot.next("messages.upsert", ({ messages }) => messages[0]?.key.id === id && messages[0].message?.conversation === "to a seed");
  expect(web.transcript()).not.toContain("pair-device");
  // thirty prekeys came with the seed
  expect(shop.clients[0]?.preKeys).toBeLessThan(30);
  await bot.end();
});

it("seeds are clients of their own: each has its device, and a second one does not end the first", async () => {
  const bots = await Promise.all([seeded(shop), seeded(shop), seeded(ann)]);
  await Promise.all(bots.map((bot) => bot.opened()));
  expect([shop.clients.map(({ id, isConnected }) => [id, isConnected]), ann.clients.length]).toEqual([
    [
      [1, true],
      [2, true],
    ],
    1,
  ]);
  await Promise.all(bots.map((bot) => bot.end()));
});

it("a bot in another process finds history and app state by the ready file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "whatsapp-web-"));
  const control = await controlEndpoint(web, [shop]);
  await writeReadyFile(join(folder, "ready.json"), web, control);
  shop.planHistory({
    type: "initial",
    progress: 100,
    chats: [{ chat: ann.lid, messages: [{ id: "PAST", content: "long ago", at: 1_000 }] }],
  });
  shop.rename(ann, "Ann Archive");
  const heard: Record<string, unknown>[] = [];
  const child = fork(fileURLToPath(new URL("joined-bot.ts", import.meta.url)), [join(folder, "ready.json")]);
  child.on("message", (message: Record<string, unknown>) => {
    heard.push(message);
    if (typeof message.qr === "string") void shop.scan(message.qr);
  });
  try {
    await expect.poll(() => heard.slice(1)).toEqual([{ chats: [ann.lid] }, { contact: "Ann Archive" }]);
  } finally {
    child.kill();
    await control.close();
    await rm(folder, { recursive: true, force: true });
  }
});
