import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { loadBaileys } from "../baileys.ts";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { keyPair } from "../keys/key-pair.ts";
import type { Phone } from "../phones/phone.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { frame } from "../wire/frames.ts";
import { type BinaryNode, bytesOf, childOf, node } from "../wire/node.ts";
import { rawClient } from "./raw-client.ts";
import { linkedRawClient, rawCompanion, registrationHello } from "./raw-companion.ts";

let web: WhatsAppWeb;
let shop: Phone;
beforeEach(async () => {
  web = await createWhatsAppWeb();
  shop = web.addPhone({ number: "15550001111" });
});
afterEach(() => web.close());

const HEADER = Buffer.from([0x57, 0x41, 6, 3]);
const ping = node("iq", { id: "ping", to: "s.whatsapp.net", type: "get", xmlns: "w:p" }, [node("ping")]);

/** Says something before the handshake is through, and waits until it is thrown out. */
async function sayAndLeave(bytes: Uint8Array): Promise<void> {
  const socket = new WebSocket(web.url);
  await once(socket, "open");
  socket.send(bytes);
  socket.on("error", () => {});
  await once(socket, "close");
}

async function stillServes(): Promise<void> {
  const client = await linkedRawClient(web.url, shop);
  client.send(ping);
  expect(await client.next(({ attrs }) => attrs.id === "ping")).toMatchObject({ attrs: { type: "result" } });
  client.close();
}

async function hello(ephemeral: Uint8Array): Promise<Buffer> {
  const { proto } = await loadBaileys();
  return Buffer.concat([HEADER, frame(proto.HandshakeMessage.encode({ clientHello: { ephemeral } }).finish())]);
}

describe("before the handshake", () => {
  it.each([
    ["no Protobuf", async () => Buffer.concat([HEADER, frame(randomBytes(40))])],
    ["an empty hello", async () => Buffer.concat([HEADER, frame(Buffer.alloc(0))])],
    ["an ephemeral key of 31 bytes", () => hello(Buffer.alloc(31, 1))],
    ["an ephemeral key that shares no secret", () => hello(Buffer.alloc(32))],
    [
      "a client's last message as its first",
      async () => {
        const { proto } = await loadBaileys();
        return Buffer.concat([HEADER, frame(proto.HandshakeMessage.encode({ clientFinish: { static: randomBytes(48) } }).finish())]);
      },
    ],
  ])("%s is dropped, and the server serves on", async (_what, bytes) => {
    await sayAndLeave(await bytes());
    expect(web.takeComplaints()).toHaveLength(1);
    await stillServes();
  });

  it("more than a frame can hold is cut off at once", async () => {
    await sayAndLeave(Buffer.alloc(2 ** 24 + 2 ** 17));
    await stillServes();
  });

  it("a frame that comes byte by byte is a frame", async () => {
    const socket = new WebSocket(web.url);
    await once(socket, "open");
    for (const byte of await hello(keyPair().public)) socket.send(Buffer.from([byte]));
    expect(((await once(socket, "message")) as [Buffer])[0].length).toBeGreaterThan(100);
    socket.close();
  });

  it.each([["https://evil.example"], ["http://127.0.0.1:8080"]])("a page of %s is not let in", async (origin) => {
    const socket = new WebSocket(web.url, { origin });
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toContain("401");
  });
});

describe("at the end of the handshake", () => {
  it.each([
    ["a hello that is no Protobuf", Buffer.from([0xff, 0xff, 0xff])],
    ["a registration without keys", { devicePairingData: {} }],
    [
      "a registration with keys that are too short",
      { devicePairingData: { eIdent: Buffer.alloc(3), eRegid: Buffer.alloc(9), eSkeyId: Buffer.alloc(9) } },
    ],
  ])("%s is dropped, and the server serves on", async (_what, payload) => {
    await (await rawClient(web.url, payload)).ended();
    expect(web.takeComplaints()).toHaveLength(1);
    await stillServes();
  });
});

describe("after the handshake", () => {
  it("a stanza that grows beyond all measure when it is inflated is dropped", async () => {
    const client = await rawClient(web.url, registrationHello(keyPair()));
    client.sendSealed(Buffer.concat([Buffer.from([2]), deflateSync(Buffer.alloc(2 ** 26 + 1))]));
    await client.ended();
    expect(web.takeComplaints()).toEqual([expect.stringContaining("larger than")]);
    await stillServes();
  });

  it("nodes in nodes without end are read or dropped, and can be told of", async () => {
    let nest = node("a");
    for (let depth = 0; depth < 2_000; depth += 1) nest = node("a", {}, [nest]);
    const client = await linkedRawClient(web.url, shop);
    client.send(nest);
    client.send(ping);
    await client.next(({ attrs }) => attrs.id === "ping").catch(() => {});
    expect(web.takeComplaints().length).toBeGreaterThan(0);
    expect(web.transcript()).toContain("<success");
    client.close();
    await stillServes();
  });

  it("a code that is typed wrong three times links nobody, and the QR code still does", async () => {
    const companion = await rawCompanion(web.url);
    const request = (stage: string, children: readonly BinaryNode[]) =>
      node("iq", { id: stage, to: "s.whatsapp.net", type: "set", xmlns: "md" }, [
        node("link_code_companion_reg", { jid: shop.jid, stage }, children),
      ]);
    const refs = (stanzas: readonly BinaryNode[]) =>
      stanzas.filter(({ tag }) => tag === "notification").map((each) => bytesOf(childOf(childOf(each), "link_code_pairing_ref")));
    for (let turn = 0; turn < 3; turn += 1) {
      const begin = [
        node("link_code_pairing_wrapped_companion_ephemeral_pub", {}, randomBytes(80)),
        node("companion_server_auth_key_pub", {}, companion.client.staticKey.public),
        node("companion_platform_display", {}, "Chrome (Linux)"),
      ];
      companion.client.send(request("companion_hello", begin));
      const typing = shop.type("AAAAAAAA");
      await companion.client.next(() => refs(companion.client.received).length > turn);
      const ref = refs(companion.client.received)[turn] ?? "";
      const bundle = node("link_code_pairing_wrapped_key_bundle", {}, randomBytes(156));
      const identity = node("companion_identity_public", {}, companion.identity.public);
      companion.client.send(request("companion_finish", [bundle, identity, node("link_code_pairing_ref", {}, ref)]));
      await expect(typing).rejects.toThrow("code is wrong");
    }
    expect(shop.clients).toEqual([]);
    const scanned = shop.scan(companion.qr);
    await companion.answer();
    expect((await scanned).id).toBe(1);
  });
});
