// What an application does, once for every environment: a number is connected, a message comes in and is answered, a forged webhook is refused.
import { strict as assert } from "node:assert";
import { type CloudApiChannel, cloudApi } from "@wadesk/cloud-api";
import { createWadesk, memoryStorage, type Wadesk, type WadeskEvent } from "@wadesk/core";
import { createFakeMeta, signMeta } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";

/** Serves a handler at an address, as an environment does it. */
export type Serve = (
  handler: (request: Request) => Promise<Response>,
) => Promise<{ readonly origin: string; readonly close: () => unknown }>;

/** Goes through it. */
export async function walk(serve: Serve): Promise<void> {
  const meta = createFakeMeta();
  const graph = await meta.listen();
  const app = meta.addApp({ secret: "the app's secret" });
  const waba = meta.addWaba();
  const number = meta.addNumber({ wabaId: waba.id });
  const ana = meta.addContact();
  const wadesk: Wadesk<CloudApiChannel> = createWadesk({
    channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "a verify token", graphUrl: graph.url })],
    storage: memoryStorage(),
    encryptionKeys: `k1:${"A".repeat(43)}`,
  });
  const heard: string[] = [];
  wadesk.process("message.received", async ({ data }: WadeskEvent<"message.received">) => {
    if (data.content.kind === "text") heard.push(data.content.text);
  });
  const handler = createWebhookHandler(wadesk);
  const { origin, close } = await serve((request) => handler(request));
  const url = `${origin}/webhooks/whatsapp/inbound`;
  await app.setWebhook({ url, verifyToken: "a verify token" });
  await wadesk.start();

  const acme = wadesk.workspace("acme");
  await acme.connect("cloud-api", { phoneNumberId: number.id, wabaId: waba.id, accessToken: meta.addToken({ appId: app.id }) });
  ana.send(number.id, { type: "text", text: { body: "Are you open? Olá ✓" } });
  await meta.settled();
  assert.deepEqual(heard, ["Are you open? Olá ✓"]);
  const { id } = await acme.send({ to: { phone: `+${ana.waId}` }, content: { kind: "text", text: "Until six" } });
  await meta.settled();
  assert.equal((await acme.message(id))?.status, "read");

  const body = new TextEncoder().encode('{"object":"whatsapp_business_account","entry":[]}');
  const post = (secret: string): Promise<Response> =>
    fetch(url, { method: "POST", body, headers: { "content-type": "application/json", "x-hub-signature-256": signMeta(body, secret) } });
  assert.equal((await post(app.secret)).status, 200);
  assert.equal((await post("another")).status, 401);

  await wadesk.stop();
  await close();
  await meta.close();
}
