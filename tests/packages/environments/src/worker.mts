// A Worker: everything at module level, as it is loaded before the first request.
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, memoryStorage } from "@wadesk/core";
import { createWebhookHandler } from "@wadesk/webhooks";

const wadesk = createWadesk({
  channels: [cloudApi({ appId: "1234567890", appSecret: "the app's secret", verifyToken: "a verify token" })],
  storage: memoryStorage(),
  encryptionKeys: `k1:${"A".repeat(43)}`,
});
const heard: string[] = [];
wadesk.process("message.received", async ({ data }) => {
  if (data.content.kind === "text") heard.push(data.content.text);
});
const handler = createWebhookHandler(wadesk);

interface Ask {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly accessToken: string;
  readonly to: string;
}

/** What the test asks of it beside the webhooks. */
async function ask(path: string, request: Request): Promise<Response> {
  const acme = wadesk.workspace("acme");
  if (path === "/heard") return Response.json(heard);
  const { to, ...input } = (await request.json()) as Ask;
  if (path === "/connect") return Response.json({ phone: (await acme.connect("cloud-api", input)).phone });
  return Response.json({ id: (await acme.send({ to: { phone: to }, content: { kind: "text", text: "Until six" } })).id });
}

// biome-ignore lint/style/noDefaultExport: what Workers load
export default {
  fetch(request: Request, _environment: unknown, context: { waitUntil(work: Promise<unknown>): void }): Promise<Response> {
    const { pathname } = new URL(request.url);
    return pathname.startsWith("/webhooks/") ? handler(request, context) : ask(pathname, request);
  },
};
