// An application and its tests, as a user writes them: every public entry but the contracts and the MSW handlers is imported, compiled
// strictly and used. A number is connected, a message goes out and is read, an answer comes in, a forged webhook is refused.
import { strict as assert } from "node:assert";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CloudApiChannel, cloudApi } from "@wadesk/cloud-api";
import { prepareSignup } from "@wadesk/cloud-api/browser";
import { normalizeMeta } from "@wadesk/cloud-api/inbound";
import { createSignupHandler } from "@wadesk/cloud-api/signup";
import { createWadesk, isWadeskError, memoryStorage, type Wadesk, type WadeskEvent } from "@wadesk/core";
import type { Channel } from "@wadesk/core/ports";
import { qrPath } from "@wadesk/core/qr";
import { createDevicesHandler } from "@wadesk/devices";
import { postgresMigrations, postgresStorage } from "@wadesk/storage/postgres";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { createFakeMeta, signMeta } from "@wadesk/testing";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type TwilioChannel, twilio } from "@wadesk/twilio";
import { normalizeTwilio } from "@wadesk/twilio/inbound";
import { type UnofficialChannel, unofficial } from "@wadesk/unofficial";
import { createBridge } from "@wadesk/unofficial/bridge";
import { runBridge } from "@wadesk/unofficial/service";
import { createWebhookHandler, verifyMetaSignature } from "@wadesk/webhooks";
import { toExpress } from "@wadesk/webhooks/express";
import { toFastify } from "@wadesk/webhooks/fastify";
import { toNext } from "@wadesk/webhooks/next";
import { toNode } from "@wadesk/webhooks/node";

const meta = createFakeMeta();
const graph = await meta.listen();
const app = meta.addApp({ secret: "the app's secret" });
const waba = meta.addWaba();
const number = meta.addNumber({ wabaId: waba.id });
const accessToken = meta.addToken({ appId: app.id });
const ana = meta.addContact();

const wadesk: Wadesk<CloudApiChannel | TwilioChannel> = createWadesk({
  channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "a verify token", graphUrl: graph.url }), twilio()],
  storage: memoryStorage(),
  encryptionKeys: `k1:${randomBytes(32).toString("base64url")}`,
});
const heard: WadeskEvent<"message.received">[] = [];
wadesk.process("message.received", (event) => void heard.push(event));

const handler = createWebhookHandler(wadesk);
const server = createServer(toNode(handler));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp/inbound`;
await app.setWebhook({ url, verifyToken: "a verify token" });

const acme = wadesk.workspace("acme");
await acme.connect("cloud-api", { phoneNumberId: number.id, wabaId: waba.id, accessToken });
ana.send(number.id, { type: "text", text: { body: "Hello" } });
await meta.settled();
const [first] = heard;
assert.ok(first !== undefined && first.data.content.kind === "text");
assert.equal(first.data.content.text, "Hello");

const sent = await acme.send({ to: first.data.contact, content: { kind: "text", text: "Hello to you" } });
await meta.settled();
assert.equal((await acme.message(sent.id))?.status, "read");
await assert.rejects(acme.get("nothing"), (error) => isWadeskError(error, "connection_not_found"));

const body = new TextEncoder().encode('{"object":"whatsapp_business_account","entry":[]}');
const signature = signMeta(body, app.secret);
assert.equal(await verifyMetaSignature({ body, signature, appSecret: app.secret }), true);
assert.equal(await verifyMetaSignature({ body, signature, appSecret: "another" }), false);
const post = (value: string): Promise<Response> => fetch(url, { method: "POST", body, headers: { "x-hub-signature-256": value } });
assert.equal((await post(signature)).status, 200);
assert.equal((await post(signMeta(body, "another"))).status, 401);
assert.equal(typeof prepareSignup, "function");
assert.throws(() => createSignupHandler(wadesk, { authorize: () => undefined, page: "" }), /page/);
const devices = createDevicesHandler(wadesk, { authorize: () => undefined });
assert.equal((await devices(new Request("http://127.0.0.1/wadesk/setup"))).status, 401);
assert.equal(normalizeMeta(JSON.parse(new TextDecoder().decode(body))).length, 0);
assert.equal(toExpress(handler).length, 3);
assert.equal(toFastify(handler).length, 1);
const route = await toNext(handler).POST(new Request(url, { method: "POST", body, headers: { "x-hub-signature-256": signature } }));
assert.equal(route.status, 200);

// nothing is assigned to this workspace, and it brings nothing of its own
const linkTwilio = async (): Promise<unknown> => wadesk.workspace("other").connect("twilio", { mode: "sandbox" });
await assert.rejects(linkTwilio, (error) => isWadeskError(error, "input_invalid"));
const [unknown] = normalizeTwilio({ AccountSid: "AC0123456789abcdef0123456789abcdef" });
assert.equal(unknown?.type, "event.unknown");

// the storages: one is used, the other wants a package that is not installed here
const kept = sqliteStorage(":memory:");
assert.deepEqual(await kept.migrate(), [
  "0001-first",
  "0002-turns",
  "0003-primary",
  "0004-records",
  "0005-lists",
  "0006-sessions",
  "0007-contacts",
]);
assert.equal(await kept.connections.total(), 0);
await kept.close();
const away = postgresStorage({ url: "postgres://127.0.0.1:1/shop", schema: "shop", listen: false });
await assert.rejects(away.open(), (error) => isWadeskError(error, "configuration_invalid") && /`pg` is not installed/.test(error.message));
assert.match(await postgresMigrations({ schema: "shop" }), /create table "shop"\.wadesk_inbox/);

const qr = await qrPath("2@abc,def");
assert.match(qr.path, /^M4 4h7/);

// Baileys is an optional peer, and this project has none
await assert.rejects(createWhatsAppWeb(), /needs @whiskeysockets\/baileys/);
const phones: Wadesk<UnofficialChannel> = createWadesk({
  channels: [unofficial({ deviceName: "Acme" })],
  storage: memoryStorage(),
  encryptionKeys: `k1:${randomBytes(32).toString("base64url")}`,
});
const linkPhone = async (): Promise<unknown> => phones.workspace("acme").connect("unofficial", { phone: "+15550001111" });
await assert.rejects(linkPhone, (error) => isWadeskError(error, "configuration_invalid") && /install @whiskeysockets/.test(error.message));
await phones.stop();
const openBridge = (secrets: string) =>
  createBridge({ app: "https://chat.example.com", secrets, storage: memoryStorage(), encryptionKeys: `k1:${"A".repeat(43)}` });
assert.throws(() => openBridge("short"), /32 characters/);
assert.equal(typeof openBridge("x".repeat(32)).handle, "function");
await runBridge({ words: ["--help"] });

await wadesk.stop();
server.close();
await meta.close();

/** A fourth channel is typed against the port alone. */
export type FourthChannel = Channel<"telex", { readonly line: string }, object, object, object>;
