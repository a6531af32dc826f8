import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { keyPair } from "../keys/key-pair.ts";
import { sign } from "../keys/signature.ts";
import type { Phone } from "../phones/phone.ts";
import { typed } from "../signal/signal-message.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { childOf, node, uint } from "../wire/node.ts";
import { rawClient } from "./raw-client.ts";
import { type CompanionAnswer, introduced, linkedRawClient, rawCompanion, registrationHello } from "./raw-companion.ts";

let web: WhatsAppWeb;
let shop: Phone;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
});
afterEach(() => web.close());

const server = "s.whatsapp.net";
const answered = (id: string) => (stanza: { readonly attrs: Readonly<Record<string, string>> }) => stanza.attrs.id === id;

describe("a companion", () => {
  it("that signs what the phone offers is linked", async () => {
    const client = await linkedRawClient(web.url, shop);
    expect(shop.clients).toMatchObject([{ id: 1, isConnected: true }]);
    client.close();
  });

  const mistakes: readonly (readonly [string, () => Partial<CompanionAnswer>, string])[] = [
    ["signs with another key than it showed", () => ({ signer: keyPair() }), "signature is not its own"],
    ["signs as the account would", () => ({ head: Buffer.from([6, 0]) }), "signature is not its own"],
    ["answers with other details than it signed", () => ({ details: Buffer.from([8, 1]) }), "other details"],
    ["repeats the account's key", () => ({ accountSignatureKey: keyPair().public }), "repeats the account's key"],
    [
      "puts another signature in the place of the phone's",
      () => ({ accountSignature: sign(keyPair(), Buffer.alloc(32)) }),
      "the phone's signature",
    ],
    ["answers for another key index", () => ({ keyIndex: "7" }), "another key index"],
  ];
  it.each(mistakes)("that %s is refused with 401 and not linked", async (_what, mistake, reason) => {
    const companion = await rawCompanion(web.url);
    const scanned = shop.scan(companion.qr);
    await Promise.all([expect(scanned).rejects.toThrow(reason), companion.answer(mistake())]);
    expect((await companion.client.next(({ tag }) => tag === "failure")).attrs.reason).toBe("401");
    await companion.client.ended();
    expect(shop.clients).toEqual([]);
    await expect(shop.scan(companion.qr)).rejects.toThrow("expired");
  });

  it("is linked once, however many phones scan its code", async () => {
    const companion = await rawCompanion(web.url);
    const ana = web.addPhone({ number: "15550002222" });
    const scans = [shop.scan(companion.qr), ana.scan(companion.qr), shop.scan(companion.qr)];
    const [first, ...others] = await Promise.all([Promise.allSettled(scans), companion.answer()]).then(([results]) => results);
    expect(first?.status).toBe("fulfilled");
    expect(others.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect([shop.clients.length, ana.clients.length]).toEqual([1, 0]);
  });

  it("that goes away while it is scanned is not linked", async () => {
    const companion = await rawCompanion(web.url);
    const scanned = shop.scan(companion.qr);
    companion.client.close();
    await expect(scanned).rejects.toThrow("ended before the client answered");
    expect(shop.clients).toEqual([]);
  });
});

describe("a login", () => {
  it.each([
    ["to an account that is not there", { username: 15559999999, device: 1 }],
    ["as a device that is not linked", { username: 15550001111, device: 9 }],
    ["as the phone itself", { username: 15550001111, device: 0 }],
    ["with another key than the device was linked with", { username: 15550001111, device: 1 }],
    ["without a name", {}],
  ])("%s fails with 401", async (_what, hello) => {
    const linked = await linkedRawClient(web.url, shop);
    const client = await rawClient(web.url, { ...introduced, ...hello });
    expect((await client.next(({ tag }) => tag === "failure")).attrs.reason).toBe("401");
    await client.ended();
    expect(shop.clients).toMatchObject([{ isConnected: true }]);
    linked.close();
  });

  it.each([
    ["to be linked", () => registrationHello(keyPair())],
    ["to log in", () => ({ ...introduced, username: 15550001111, device: 1 })],
  ])("of a client that wants %s is heard where it says what it is, and fails with 409 where it does not", async (_what, hello) => {
    const known = await rawClient(web.url, hello());
    expect((await known.next(({ tag }) => tag === "iq" || tag === "failure")).attrs.reason).not.toBe("409");
    known.close();
    for (const userAgent of [null, { device: "Desktop" }]) {
      const client = await rawClient(web.url, { ...hello(), userAgent });
      expect((await client.next(({ tag }) => tag === "failure")).attrs.reason).toBe("409");
      await client.ended();
    }
  });

  it.each([
    ["quiet", true, false],
    ["not quiet", false, true],
  ])("that is %s has its messages at once: %s is passive, %s", async (_what, passive, hasMessages) => {
    const ana = web.addPhone({ number: "15550002222" });
    const companion = await rawCompanion(web.url);
    await Promise.all([shop.scan(companion.qr), companion.answer()]);
    await companion.client.ended();
    const id = ana.send(shop, "hello");
    const client = await rawClient(web.url, { ...introduced, passive, username: 15550001111, device: 1 }, companion.client.staticKey);
    await client.next(({ tag }) => tag === "success");
    const ask = node("iq", { id: "ping", to: server, type: "get", xmlns: "w:p" }, [node("ping")]);
    client.send(ask);
    await client.next(answered("ping"));
    expect(client.received.some((each) => childOf(each, "offline_preview") !== undefined)).toBe(hasMessages);
    client.send(node("iq", { id: "on", to: server, type: "set", xmlns: "passive" }, [node("active")]));
    client.send(node("ib", {}, [node("offline_batch", { count: 200 })]));
    await client.next(answered(id));
    client.send({ ...ask, attrs: { ...ask.attrs, id: "once" } });
    await client.next(answered("once"));
    expect(client.received.filter((each) => childOf(each, "offline_preview") !== undefined)).toHaveLength(1);
    client.send(node("iq", { id: "off", to: server, type: "set", xmlns: "passive" }, [node("passive")]));
    await client.next(answered("off"));
    const later = ana.send(shop, "are you there?");
    client.send({ ...ask, attrs: { ...ask.attrs, id: "again" } });
    await client.next(answered("again"));
    expect(client.received.some(answered(later))).toBe(false);
    client.close();
  });
});

describe("a second login of one device", () => {
  it("ends the first, though its client does nothing about it", async () => {
    const companion = await rawCompanion(web.url);
    const scanned = shop.scan(companion.qr);
    await companion.answer();
    const { id } = await scanned;
    const first = await companion.logIn(shop.number, id);
    await first.next(({ tag }) => tag === "success");
    const second = await companion.logIn(shop.number, id);
    expect(await first.next(({ tag }) => tag === "stream:error")).toMatchObject({ content: [{ attrs: { type: "replaced" } }] });
    await first.ended();
    await second.next(({ tag }) => tag === "success");
    expect(shop.clients).toMatchObject([{ isConnected: true }]);
    second.close();
  });
});

describe("prekeys", () => {
  const skey = (signature: Uint8Array, value: Uint8Array) =>
    node("skey", {}, [node("id", {}, uint(2, 3)), node("value", {}, value), node("signature", {}, signature)]);

  it("whose signed one is not signed by the client's identity are refused, and none of them is kept", async () => {
    const client = await linkedRawClient(web.url, shop);
    const fresh = keyPair();
    const forged = skey(sign(keyPair(), typed(fresh.public)), fresh.public);
    const list = node("list", {}, [node("key", {}, [node("id", {}, uint(1, 3)), node("value", {}, keyPair().public)])]);
    client.send(node("iq", { id: "up", to: server, type: "set", xmlns: "encrypt" }, [node("registration", {}, uint(7, 4)), list, forged]));
    expect(await client.next(answered("up"))).toMatchObject({ attrs: { type: "error" }, content: [{ attrs: { code: "406" } }] });
    client.send(node("iq", { id: "turn", to: server, type: "set", xmlns: "encrypt" }, [node("rotate", {}, [forged])]));
    expect(await client.next(answered("turn"))).toMatchObject({ attrs: { type: "error" }, content: [{ attrs: { code: "406" } }] });
    expect(shop.clients[0]?.preKeys).toBe(0);
    client.close();
  });
});

describe("what a linked client says", () => {
  it.each(["abt", "w"])("when it asks for its properties in the space %s is answered", async (xmlns) => {
    const client = await linkedRawClient(web.url, shop);
    client.send(node("iq", { id: "props", to: server, type: "get", xmlns }, [node("props", { protocol: 1, hash: "" })]));
    expect(await client.next(answered("props"))).toMatchObject({ attrs: { type: "result" }, content: [{ tag: "props" }] });
    client.close();
  });

  it("that no client of WhatsApp Web says is refused and reported with its stanza", async () => {
    const client = await linkedRawClient(web.url, shop);
    client.send(node("iq", { id: "odd", to: server, type: "set", xmlns: "w:odd" }, [node("thing", { colour: "blue" })]));
    expect(await client.next(answered("odd"))).toMatchObject({ attrs: { type: "error" }, content: [{ attrs: { code: "501" } }] });
    client.send(node("carrier-pigeon", { id: "1" }));
    client.send(node("iq", { id: "ping", to: server, type: "get", xmlns: "w:p" }, [node("ping")]));
    await client.next(answered("ping"));
    expect(web.takeComplaints()).toEqual([expect.stringContaining('<thing colour="blue"/>'), expect.stringContaining("<carrier-pigeon")]);
    client.close();
  });
});
