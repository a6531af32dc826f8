import { createWhatsAppWeb, type Phone, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Bot, linkBot, openBot } from "./open-bot.ts";

let web: WhatsAppWeb;
let bob: Phone;
let bot: Bot;
beforeAll(async () => {
  web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  bob = web.addPhone({ number: "15550002222", name: "Bob", picture: "http://127.0.0.1/bob.jpg" });
  ({ bot } = await linkBot(web, web.addPhone({ number: "15550001111" })));
});
afterEach(() => web.assertClean());
afterAll(async () => {
  await bot.end();
  await web.close();
});

describe("the directory", () => {
  it("knows who is on WhatsApp; others are absent from the answer", async () => {
    expect(await bot.socket.onWhatsApp("15550002222", "+1 555 999 9999")).toEqual([{ jid: bob.jid, exists: true }]);
  });

  it("gives every account a LID of its own, which is nobody's number", () => {
    expect(bob.lid).toMatch(/^\d{16}@lid$/);
    expect(web.addPhone({ number: "15550003333" }).lid).not.toBe(bob.lid);
  });

  it("takes no number twice and none that is not written in digits", () => {
    expect(() => web.addPhone({ number: bob.number })).toThrow("already");
    expect(() => web.addPhone({ number: "+15550004444" })).toThrow("digits");
  });

  it("answers with a profile picture where there is one", async () => {
    expect(await bot.socket.profilePictureUrl(bob.jid)).toBe("http://127.0.0.1/bob.jpg");
    await expect(bot.socket.profilePictureUrl("15550001111@s.whatsapp.net")).rejects.toThrow("item-not-found");
  });

  it("keeps the status that a bot sets", async () => {
    await bot.socket.updateProfileStatus("open until six");
    expect(await bot.socket.fetchStatus("15550001111@s.whatsapp.net")).toMatchObject([{ status: { status: "open until six" } }]);
  });

  it("keeps whom a bot blocks", async () => {
    await bot.socket.updateBlockStatus(bob.jid, "block");
    expect(await bot.socket.fetchBlocklist()).toHaveLength(1);
    await bot.socket.updateBlockStatus(bob.jid, "unblock");
    expect(await bot.socket.fetchBlocklist()).toEqual([]);
  });

  it("keeps the privacy that a bot sets", async () => {
    await bot.socket.updateReadReceiptsPrivacy("none");
    expect(await bot.socket.fetchPrivacySettings(true)).toMatchObject({ readreceipts: "none", last: "all" });
  });
});

describe("strictness", () => {
  it("a request that the server does not know is refused, and closing the server throws it with its node", async () => {
    const other = await createWhatsAppWeb({ repeatedTokens: "allowed" });
    const { bot: stray } = await linkBot(other, other.addPhone({ number: "15550001111" }));
    const request = { tag: "iq", attrs: { to: "s.whatsapp.net", type: "get", xmlns: "made:up" }, content: [{ tag: "thing", attrs: {} }] };
    await expect(stray.socket.query(request)).rejects.toThrow("feature-not-implemented");
    expect(() => other.assertClean()).toThrow("made:up:get:thing");
    await stray.end();
    await expect(other.close()).rejects.toThrow('xmlns="made:up"');
  });

  it("an unknown stanza fails whoever waits, and can be forgiven", async () => {
    const other = await createWhatsAppWeb({ repeatedTokens: "allowed" });
    const phone = other.addPhone({ number: "15550001111" });
    const { bot: stray } = await linkBot(other, phone);
    const waiting = phone.received();
    await Promise.all([
      expect(waiting).rejects.toThrow("<carrier-pigeon"),
      stray.socket.sendNode({ tag: "carrier-pigeon", attrs: { id: "1" } }),
    ]);
    await expect(phone.copied()).rejects.toThrow("<carrier-pigeon");
    expect(other.takeComplaints()).toHaveLength(1);
    await stray.end();
    await other.close();
  });

  it("the transcript shows both directions and not one byte of any key", async () => {
    const text = web.transcript();
    expect(text).toContain("server → client\n  <success");
    expect(text).toContain("client → server\n  <iq");
    expect(text).toContain("<identity>32 bytes</identity>");
    const { signedIdentityKey, noiseKey, advSecretKey } = bot.socket.authState.creds;
    for (const key of [signedIdentityKey.private, noiseKey.private, Buffer.from(advSecretKey, "base64")]) {
      expect(text).not.toContain(Buffer.from(key).toString("hex"));
      expect(text).not.toContain(Buffer.from(key).toString("base64"));
    }
  });
});

describe("a server", () => {
  it("runs beside others in one process", async () => {
    const others = await Promise.all([createWhatsAppWeb({ repeatedTokens: "allowed" }), createWhatsAppWeb()]);
    expect(new Set([web, ...others].map(({ url }) => url)).size).toBe(3);
    await Promise.all(
      others.map(async (other) => {
        const stray = openBot(other);
        await stray.qr();
        await stray.end();
        await other.close();
      }),
    );
  });
});
