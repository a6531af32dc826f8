import { manualClock } from "@wadesk/testing";
import { createWhatsAppWeb, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { Curve } from "@whiskeysockets/baileys";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryStore } from "./memory-store.ts";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

const SHOP = "15550001111";
const time = manualClock();
let web: WhatsAppWeb;
let bots: Bot[];
const open = (...[config, store]: [config?: Parameters<typeof openBot>[1], store?: Bot["store"]]): Bot => {
  const bot = openBot(web, config, store);
  bots.push(bot);
  return bot;
};
beforeEach(async () => {
  bots = [];
  web = await createWhatsAppWeb({ repeatedTokens: "allowed", clock: time.clock });
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.end()));
  await web.close();
});

describe("linking by QR code", () => {
  it("gives the client its device, its LID and the platform of the phone", async () => {
    const shop = web.addPhone({ number: SHOP });
    const { bot, client } = await linkBot(web, shop);
    bots.push(bot);
    expect(bot.socket.user).toMatchObject({ id: `${SHOP}:1@s.whatsapp.net`, lid: client.lid });
    expect(bot.socket.authState.creds.platform).toBe("android");
    expect(shop.clients).toEqual([client]);
  });

  it("is followed by a restart with the code 515 and by 812 prekeys", async () => {
    const bot = open();
    const client = await web.addPhone({ number: SHOP }).scan(await bot.qr());
    expect(await bot.next("connection.update", ({ isNewLogin }) => isNewLogin === true)).toBeDefined();
    const { lastDisconnect } = await bot.next("connection.update", ({ connection }) => connection === "close");
    expect(lastDisconnect?.error).toMatchObject({ output: { statusCode: 515 } });
    await bot.opened();
    // the own phone has taken one, to share its keys
    expect(client.preKeys).toBe(811);
  });

  it("tells a business's name", async () => {
    const { bot } = await linkBot(web, web.addPhone({ number: SHOP, business: "Shop & Sons" }));
    bots.push(bot);
    expect(bot.socket.user?.name).toBe("Shop & Sons");
    expect(bot.socket.authState.creds.platform).toBe("smba");
  });

  it("counts the devices of an account, each with a number of its own", async () => {
    const shop = web.addPhone({ number: SHOP });
    const link = async (): Promise<number> => (await shop.scan(await open().qr())).id;
    expect([await link(), await link()]).toEqual([1, 2]);
    shop.unlink(shop.clients[1]);
    expect(await link()).toBe(3);
  });

  it("takes the second code a client shows", async () => {
    const bot = open({ qrTimeout: 20 });
    const [first, second] = [await bot.qr(), await bot.qr()];
    expect(second).not.toBe(first);
    await web.addPhone({ number: SHOP }).scan(second);
    await bot.opened();
  });

  it("ends with 408 when the client has shown all its codes, and begins anew with others", async () => {
    const bot = open({ qrTimeout: 5 });
    expect(await bot.closed()).toMatchObject({ code: 408, message: "QR refs attempts ended" });
    const shown = bot.events.filter(({ name, data }) => name === "connection.update" && "qr" in data && data.qr !== undefined);
    expect(shown).toHaveLength(6);
    expect(await open().qr()).not.toBe(await open().qr());
  });

  it("refuses a code a minute after it was shown first", async () => {
    const shop = web.addPhone({ number: SHOP });
    const qr = await open().qr();
    await time.advance(60_000);
    await expect(shop.scan(qr)).rejects.toThrow("expired");
  });

  it("drops a client that was not linked after its last code, 160 seconds after the first", async () => {
    const bot = open();
    await bot.qr();
    await time.advance(160_000);
    expect(await bot.closed()).toMatchObject({ code: 428 });
  });

  it("refuses a code with another client's keys and a text that is no code", async () => {
    const shop = web.addPhone({ number: SHOP });
    const [qr, other] = [await open().qr(), await open().qr()];
    const swapped = [qr.split(",")[0], ...other.split(",").slice(1)].join(",");
    await expect(shop.scan(swapped)).rejects.toThrow("other keys");
    await expect(shop.scan("https://example.com")).rejects.toThrow("not a QR code");
  });

  it("is refused by the client when the secret in the code is another one", async () => {
    const bot = open();
    const fields = (await bot.qr()).split(",");
    fields[3] = Buffer.alloc(32).toString("base64");
    const scanned = web.addPhone({ number: SHOP }).scan(fields.join(","));
    await expect(scanned).rejects.toThrow("ended before the client answered");
    expect((await bot.closed()).message).toBe("Invalid account signature");
  });

  it("refuses a client that signs with another key than the identity it showed", async () => {
    const store = memoryStore();
    const { auth, save } = store.state();
    const { public: shown } = auth.creds.signedIdentityKey;
    Object.assign(auth.creds, { signedIdentityKey: { public: shown, private: Curve.generateKeyPair().private } });
    save();
    const shop = web.addPhone({ number: SHOP });
    const bot = open({}, store);
    await expect(shop.scan(await bot.qr())).rejects.toThrow("signature is not its own");
    expect(await bot.closed()).toMatchObject({ code: 401 });
    expect(shop.clients).toEqual([]);
  });

  it("stops where WhatsApp demands a passkey: the client hears of it and stays unlinked", async () => {
    const shop = web.addPhone({ number: SHOP });
    shop.demandPasskey();
    const bot = open();
    const qr = await bot.qr();
    const asked = new Promise<{ content: { content: Buffer }[] }>((resolve) => {
      bot.socket.ws.on("CB:notification,type:passkey_prologue_request", resolve);
    });
    await expect(shop.scan(qr)).rejects.toThrow("passkey");
    const [options] = (await asked).content;
    expect(JSON.parse(String(options?.content))).toMatchObject({ rpId: "whatsapp.com", timeout: 600_000 });
    expect(shop.clients).toEqual([]);
  });
});

describe("linking by a typed code", () => {
  it("opens the client as a device of the account", async () => {
    const shop = web.addPhone({ number: SHOP });
    const bot = open();
    await bot.qr();
    const client = await shop.type(await bot.socket.requestPairingCode(SHOP));
    await bot.opened();
    expect(bot.socket.user?.id).toBe(client.jid);
    expect(bot.socket.authState.creds.registered).toBe(true);
  });

  it("takes a code of the bot's own choice", async () => {
    const bot = open();
    await bot.qr();
    expect(await bot.socket.requestPairingCode(SHOP, "WADESK42")).toBe("WADESK42");
    await web.addPhone({ number: SHOP }).type("WADESK42");
    await bot.opened();
  });

  it("refuses a wrong code, and the credentials that are left log in in vain", async () => {
    const shop = web.addPhone({ number: SHOP });
    const bot = open();
    await bot.qr();
    await bot.socket.requestPairingCode(SHOP);
    await expect(shop.type("AAAAAAAA")).rejects.toThrow("the code is wrong");
    expect(shop.clients).toEqual([]);
    await bot.end();
    expect(await open({}, bot.store).closed()).toMatchObject({ code: 401 });
  });

  it("links nobody when the number is not on WhatsApp", async () => {
    const bot = open();
    await bot.qr();
    const refused = new Promise<{ attrs: { type: string } }>((resolve) => bot.socket.ws.on("CB:iq,type:error", resolve));
    await bot.socket.requestPairingCode("15559999999");
    expect((await refused).attrs.type).toBe("error");
  });

  it("stops where WhatsApp demands a passkey", async () => {
    const shop = web.addPhone({ number: SHOP });
    shop.demandPasskey();
    const bot = open();
    await bot.qr();
    await expect(shop.type(await bot.socket.requestPairingCode(SHOP))).rejects.toThrow("passkey");
    expect(shop.clients).toEqual([]);
  });
});
