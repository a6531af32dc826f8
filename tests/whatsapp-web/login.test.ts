import { createWhatsAppWeb, type LinkedClient, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { BufferJSON, Curve } from "@whiskeysockets/baileys";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memoryStore } from "./memory-store.ts";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let shop: Phone;
let bot: Bot;
let client: LinkedClient;
let linked: Bot;
let bots: Bot[];
const again = (config: Parameters<typeof openBot>[1] = {}): Bot => {
  const next = openBot(web, config, linked.store);
  bots.push(next);
  return next;
};
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed", routingInfo: Buffer.from("over there") });
  shop = web.addPhone({ number: "15550001111" });
  // linked once, since every linking makes 812 prekeys
  ({ bot: linked, client } = await linkBot(web, shop));
});
beforeEach(async () => {
  bots = [];
  // the one that was linked, then whoever comes with its credentials
  if (linked.socket.ws.isOpen) bots.push(linked);
  else await again().opened();
  [bot] = bots as [Bot];
});
afterEach(async () => {
  await Promise.all(bots.map((each) => each.end()));
  web.assertClean();
});
afterAll(() => web.close());

describe("a login", () => {
  it("brings the routing info along that the server gave before", async () => {
    // this one is the first since the linking
    expect(client.routingInfo).toBeUndefined();
    await bot.end();
    await again().opened();
    expect(Buffer.from(client.routingInfo ?? []).toString()).toBe("over there");
  });

  it("with saved credentials needs no QR code", async () => {
    await bot.end();
    const next = again();
    await next.opened();
    expect(next.events.some(({ data }) => "qr" in data && data.qr !== undefined)).toBe(false);
    expect(next.socket.user?.id).toBe(client.jid);
  });

  it("uploads no prekeys when enough are left", async () => {
    await bot.end();
    await again().opened();
    // the own phone has taken one, to share its keys
    expect(client.preKeys).toBe(811);
  });

  it("with a stranger's key fails with 401", async () => {
    await bot.end();
    const store = memoryStore();
    const { auth, save } = store.state();
    Object.assign(auth.creds, JSON.parse(bot.store.credentials ?? "", BufferJSON.reviver), { noiseKey: Curve.generateKeyPair() });
    save();
    const stranger = openBot(web, {}, store);
    expect(await stranger.closed()).toMatchObject({ code: 401 });
    expect(client.isConnected).toBe(false);
  });

  it("elsewhere replaces the one before: 440, and the newer one stays", async () => {
    const next = again();
    await next.opened();
    expect(await bot.closed()).toMatchObject({ code: 440 });
    expect(client.isConnected).toBe(true);
  });

  it("after the device was removed fails with 401", async () => {
    const bob = web.addPhone({ number: "15550002222" });
    const { bot: removed } = await linkBot(web, bob);
    bob.unlink();
    expect(await removed.closed()).toMatchObject({ code: 401 });
    expect(await openBot(web, {}, removed.store).closed()).toMatchObject({ code: 401 });
    expect(bob.clients).toEqual([]);
  });

  it("after the client has logged out itself fails with 401", async () => {
    const { bot: leaving } = await linkBot(web, web.addPhone({ number: "15550003333" }));
    await leaving.socket.logout();
    expect(await leaving.closed()).toMatchObject({ code: 401 });
    expect(await openBot(web, {}, leaving.store).closed()).toMatchObject({ code: 401 });
  });

  it.each([
    ["locked", 403, {}],
    ["banned", 406, {}],
    ["banned for a time", 402, { code: "101", expire: "3600" }],
  ])("to an account that is %s fails with %i until that is lifted", async (_what, code, attributes) => {
    shop.restrict(code, attributes);
    expect(await bot.closed()).toMatchObject({ code });
    const refused = again();
    const { lastDisconnect } = await refused.next("connection.update", ({ connection }) => connection === "close");
    expect(lastDisconnect?.error).toMatchObject({ output: { statusCode: code }, data: attributes });
    shop.restrict(undefined);
    await again().opened();
  });

  it("can be made to fail once", async () => {
    await bot.end();
    web.fault({ kind: "login_refused", code: 503 });
    expect(await again().closed()).toMatchObject({ code: 503 });
    await again().opened();
  });

  it("of an outdated client fails with 405, its linking as well", async () => {
    const strict = await createWhatsAppWeb({ repeatedTokens: "allowed", oldestVersion: [2, 3000, 2_000_000_000] });
    const old = openBot(strict);
    expect(await old.closed()).toMatchObject({ code: 405 });
    const updated = openBot(strict, { version: [2, 3000, 2_000_000_000] });
    await updated.qr();
    await updated.end();
    await strict.close();
  });

  it("waits for an unanswered request as long as the client is patient, and opens all the same", async () => {
    await bot.end();
    const fault = web.fault({ kind: "request_unanswered", operation: "encrypt:get:count" });
    await again({ defaultQueryTimeoutMs: 100 }).opened();
    expect(fault.spent).toBe(true);
  });
});

describe("a client that is thrown out", () => {
  it.each([
    ["by a login elsewhere", "replaced", 440],
    ["by the end of the stream", "stream", 428],
    ["with the stream error 503", { streamError: 503 }, 503],
    ["with the stream error 500", { streamError: 500 }, 500],
    ["because the account is locked", { failure: 403 }, 403],
  ] as const)("%s closes with %o as %i", async (_what, how, code) => {
    client.end(how);
    expect(await bot.closed()).toMatchObject({ code });
    await client.disconnected();
    await again().opened();
  });

  it("by a restart comes back by itself", async () => {
    client.end({ streamError: 515 });
    await client.disconnected();
    await bot.opened();
  });

  it("by a dropped socket closes with 428", async () => {
    client.drop();
    expect(await bot.closed()).toMatchObject({ code: 428 });
  });

  it("by the server's end closes with 428", async () => {
    const other = await createWhatsAppWeb({ repeatedTokens: "allowed" });
    const { bot: left } = await linkBot(other, other.addPhone({ number: "15550001111" }));
    await other.close();
    expect(await left.closed()).toMatchObject({ code: 428 });
  });
});
