import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { keyPair } from "../keys/key-pair.ts";
import type { Phone } from "../phones/phone.ts";
import { linkedRawClient, type RawCompanion, rawCompanion } from "../testing/raw-companion.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { type BinaryNode, bytesOf, childOf, node } from "../wire/node.ts";

let web: WhatsAppWeb;
let shop: Phone;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
});
afterEach(() => web.close());

const server = "s.whatsapp.net";

/** Asks for something of a linking by code; answers with the server's word. */
function request({ client }: RawCompanion, id: string, stage: string, content: readonly BinaryNode[]): Promise<BinaryNode> {
  const child = node("link_code_companion_reg", { jid: shop.jid, stage }, content);
  client.send(node("iq", { id, to: server, type: "set", xmlns: "md" }, [child]));
  return client.next(({ attrs }) => attrs.id === id);
}

function hello(
  companion: RawCompanion,
  staticKey: Uint8Array = companion.client.staticKey.public,
  display = "Chrome (Windows)",
): Promise<BinaryNode> {
  return request(companion, `hello-${display}`, "companion_hello", [
    node("link_code_pairing_wrapped_companion_ephemeral_pub", {}, randomBytes(80)),
    node("companion_server_auth_key_pub", {}, staticKey),
    node("companion_platform_display", {}, display),
  ]);
}

function finish(companion: RawCompanion, ref: Uint8Array, identity: Uint8Array = companion.identity.public): Promise<BinaryNode> {
  return request(companion, `finish-${randomBytes(4).toString("hex")}`, "companion_finish", [
    node("link_code_pairing_wrapped_key_bundle", {}, randomBytes(156)),
    node("companion_identity_public", {}, identity),
    node("link_code_pairing_ref", {}, ref),
  ]);
}

const refused = { attrs: { type: "error" }, content: [{ attrs: { code: "400" } }] };

describe("a companion that asks for a code", () => {
  it("under another Noise key than its own is refused", async () => {
    const companion = await rawCompanion(web.url);
    expect(await hello(companion, keyPair().public)).toMatchObject(refused);
    companion.client.close();
  });

  it("gets one under a real browser on a real system, and under no name of its own", async () => {
    const companion = await rawCompanion(web.url);
    const own = companion.client.staticKey.public;
    for (const display of ["Chrome (Windows)", "Firefox (Mac OS)", "Edge (Linux)", "Chrome (Ubuntu)", "Android (Android)"]) {
      expect(await hello(companion, own, display)).toMatchObject({ attrs: { type: "result" } });
    }
    for (const display of ["Chrome (Acme)", "Acme (Windows)", "Windows (Chrome)", "Chrome", "Chrome (Windows) by Acme", ""]) {
      expect(await hello(companion, own, display)).toMatchObject(refused);
    }
    companion.client.close();
  });

  it("cannot finish before the code was typed, for another ref or with another identity", async () => {
    const companion = await rawCompanion(web.url);
    const answer = await hello(companion);
    const ref = bytesOf(childOf(childOf(answer, "link_code_companion_reg"), "link_code_pairing_ref"));
    expect(await finish(companion, ref)).toMatchObject(refused);
    const typing = expect(shop.type("AAAAAAAA")).rejects.toThrow("the code is wrong");
    await companion.client.next(({ tag }) => tag === "notification");
    expect(await finish(companion, randomBytes(20))).toMatchObject(refused);
    expect(await finish(companion, ref, keyPair().public)).toMatchObject(refused);
    expect(await finish(companion, ref)).toMatchObject({ attrs: { type: "result" } });
    await typing;
    companion.client.close();
  });
});

describe("a linked client", () => {
  it("unlinks itself, and no other device", async () => {
    const [client, other] = [await linkedRawClient(web.url, shop), await linkedRawClient(web.url, shop)];
    const remove = (jid: string | undefined) => {
      const child = node("remove-companion-device", { jid, reason: "user_initiated" });
      client.send(node("iq", { id: `${jid}`, to: server, type: "set", xmlns: "md" }, [child]));
      return client.next(({ attrs }) => attrs.id === jid);
    };
    const [own, theirs] = shop.clients.map(({ jid }) => jid);
    expect(await remove(theirs)).toMatchObject({ attrs: { type: "error" }, content: [{ attrs: { code: "403" } }] });
    expect(shop.clients.map(({ id }) => id)).toEqual([1, 2]);
    expect(await remove(own)).toMatchObject({ attrs: { type: "result" } });
    await client.ended();
    expect(shop.clients.map(({ id }) => id)).toEqual([2]);
    other.close();
  });
});

describe("a QR code", () => {
  it("is read though it was pasted with the space around it", async () => {
    const companion = await rawCompanion(web.url);
    const scanned = shop.scan(`  ${companion.qr}\n`);
    await companion.answer();
    expect((await scanned).id).toBe(1);
  });

  it("of a client of another server is told from none, with what to look at", async () => {
    const companion = await rawCompanion(web.url);
    const other = await createWhatsAppWeb();
    await expect(other.addPhone({ number: "15550001111" }).scan(companion.qr)).rejects.toThrow("waWebSocketUrl");
    companion.client.close();
    await other.close();
  });
});

describe("a QR code whose secret its client was told to replace", () => {
  it.each(["companion_reg_refresh", "pair-device-rotate-qr"] as const)(
    "links nobody any more, and one with a new secret does: %s",
    async (child) => {
      const companion = await rawCompanion(web.url);
      web.refreshQr(companion.qr, child);
      const notice = await companion.client.next(({ attrs }) => attrs.type === "companion_reg_refresh");
      expect(childOf(notice)?.tag).toBe(child);
      await expect(shop.scan(companion.qr)).rejects.toThrow("told to replace");
      const parts = companion.qr.split(",");
      const scanned = shop.scan([...parts.slice(0, 3), randomBytes(32).toString("base64"), parts[4]].join(","));
      await companion.answer();
      expect((await scanned).id).toBe(1);
      expect(() => web.refreshQr(companion.qr)).toThrow("no client shows this QR code");
    },
  );
});

describe("a code that WhatsApp ends", () => {
  it.each([
    ["refresh", { stage: "refresh_code", force_manual_refresh: "false" }],
    ["manual refresh", { stage: "refresh_code", force_manual_refresh: "true" }],
    ["without keys", { stage: "primary_hello" }],
  ] as const)("by %s can be asked for again, and is none before", async (how, attributes) => {
    expect(() => shop.endCode(how)).toThrow("no client asks");
    const companion = await rawCompanion(web.url);
    const ref = bytesOf(childOf(childOf(await hello(companion), "link_code_companion_reg"), "link_code_pairing_ref"));
    shop.endCode(how);
    expect(() => shop.endCode(how)).toThrow("no client asks");
    const notice = await companion.client.next(({ attrs }) => attrs.type === "link_code_companion_reg");
    expect(childOf(notice)).toMatchObject({ attrs: attributes });
    expect(bytesOf(childOf(childOf(notice), "link_code_pairing_ref"))).toEqual(ref);
    expect(await finish(companion, ref)).toMatchObject(refused);
    companion.client.close();
  });
});
