// An application that keeps its state in an SQLite file: what came in before a restart is known after it, and goes on. The check runs this
// file on the oldest Node that the packages promise, too.
import { strict as assert } from "node:assert";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CloudApiChannel, cloudApi } from "@wadesk/cloud-api";
import { createWadesk, isWadeskError, type Wadesk, type WadeskEvent } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { createFakeMeta } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";

const folder = mkdtempSync(join(tmpdir(), "consumer-"));
const encryptionKeys = `k1:${randomBytes(32).toString("base64url")}`;
const meta = createFakeMeta();
const graph = await meta.listen();
const app = meta.addApp({ secret: "the app's secret" });
const waba = meta.addWaba();
const number = meta.addNumber({ wabaId: waba.id });
const ana = meta.addContact();
const heard: string[] = [];

/** One life of the application, told what to do in it. */
async function live(work: (wadesk: Wadesk<CloudApiChannel>) => Promise<void>): Promise<void> {
  const storage = sqliteStorage(join(folder, "wadesk.db"));
  await storage.migrate();
  const wadesk: Wadesk<CloudApiChannel> = createWadesk({
    channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "a verify token", graphUrl: graph.url })],
    storage,
    encryptionKeys,
  });
  wadesk.process("message.received", ({ data }: WadeskEvent<"message.received">) => {
    if (data.content.kind === "text") heard.push(data.content.text);
  });
  const server = createServer(toNode(createWebhookHandler(wadesk)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp/inbound`;
  await app.setWebhook({ url, verifyToken: "a verify token" });
  await wadesk.start();
  await work(wadesk);
  await wadesk.stop();
  await storage.close();
  server.close();
}

let messageId = "";
await live(async (wadesk) => {
  const acme = wadesk.workspace("acme");
  await acme.connect("cloud-api", { phoneNumberId: number.id, wabaId: waba.id, accessToken: meta.addToken({ appId: app.id }) });
  ana.send(number.id, { type: "text", text: { body: "Are you open?" } });
  await meta.settled();
  messageId = (await acme.send({ to: { phone: `+${ana.waId}` }, content: { kind: "text", text: "Until six" } })).id;
  await meta.settled();
});
await live(async (wadesk) => {
  const acme = wadesk.workspace("acme");
  assert.equal((await acme.message(messageId))?.status, "read");
  await assert.rejects(acme.get("nothing"), (error) => isWadeskError(error, "connection_not_found"));
  ana.send(number.id, { type: "text", text: { body: "Thank you" } });
  await meta.settled();
});
assert.deepEqual(heard, ["Are you open?", "Thank you"]);

await meta.close();
rmSync(folder, { recursive: true });
