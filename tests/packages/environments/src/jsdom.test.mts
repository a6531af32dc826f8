// jsdom, whose Uint8Array is another than Node's: secrets are sealed and opened, and a webhook's bytes are verified, all the same. What asks a vendor
// cannot be tried here: jsdom's AbortSignal is none that Node's fetch takes.
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, memoryStorage } from "@wadesk/core";
import { signMeta } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { expect, it } from "vitest";

it("seals its key's check, opens it at the next start, and verifies what comes in, beside a document", async () => {
  expect([typeof document, new TextEncoder().encode("a") instanceof Uint8Array]).toEqual(["object", false]);
  const storage = memoryStorage();
  const open = () =>
    createWadesk({
      channels: [cloudApi({ appId: "1234567890", appSecret: "the app's secret", verifyToken: "a verify token" })],
      storage,
      encryptionKeys: `k1:${"A".repeat(43)}`,
    });
  const first = open();
  await first.start();
  await first.stop();
  const second = open();
  await second.start();
  const handler = createWebhookHandler(second);
  const body = '{"object":"whatsapp_business_account","entry":[]}';
  const post = async (secret: string): Promise<number> => {
    const headers = { "x-hub-signature-256": signMeta(body, secret) };
    return (await handler(new Request("http://127.0.0.1/webhooks/whatsapp/inbound", { method: "POST", body, headers }))).status;
  };
  expect([await post("the app's secret"), await post("another")]).toEqual([200, 401]);
  await second.stop();
});
