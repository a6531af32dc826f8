// Runs the Worker by miniflare, with Meta's address answered by the fake.
import { strict as assert } from "node:assert";
import { build } from "esbuild";
import { createFakeMeta, signMeta } from "@wadesk/testing";
import { Miniflare } from "miniflare";

const bundle = await build({
  entryPoints: ["out/worker.mjs"],
  bundle: true,
  format: "esm",
  platform: "neutral",
  conditions: ["workerd", "worker", "browser"],
  mainFields: ["browser", "module", "main"],
  write: false,
});
const meta = createFakeMeta();
const app = meta.addApp({ id: "1234567890", secret: "the app's secret" });
const waba = meta.addWaba();
const number = meta.addNumber({ wabaId: waba.id });
const ana = meta.addContact();
const accessToken = meta.addToken({ appId: app.id });
const worker = new Miniflare({
  modules: true,
  script: bundle.outputFiles[0]?.text ?? "",
  compatibilityDate: "2026-01-01",
  outboundService: async (request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Headers;
    arrayBuffer(): Promise<ArrayBuffer>;
  }) => {
    const body = /^(GET|HEAD)$/.test(request.method) ? null : await request.arrayBuffer();
    const asked = new Request(request.url, { method: request.method, headers: [...request.headers], body });
    const answer = await meta.answer(asked);
    return answer ?? new Response(null, { status: 404 });
  },
} as unknown as ConstructorParameters<typeof Miniflare>[0]);
const url = (await worker.ready).origin;

const post = async (path: string, body: object): Promise<unknown> => {
  const response = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return JSON.parse(text);
};
const input = { phoneNumberId: number.id, wabaId: waba.id, accessToken, to: `+${ana.waId}` };
await app.setWebhook({ url: `${url}/webhooks/whatsapp/inbound`, verifyToken: "a verify token" });
await post("/connect", input);
ana.send(number.id, { type: "text", text: { body: "Are you open?" } });
await meta.settled();
assert.deepEqual(await post("/heard", {}), ["Are you open?"]);
assert.ok(((await post("/send", input)) as { readonly id: string }).id);
const forged = new TextEncoder().encode("{}");
const refused = await fetch(`${url}/webhooks/whatsapp/inbound`, {
  method: "POST",
  body: forged,
  headers: { "x-hub-signature-256": signMeta(forged, "another") },
});
assert.equal(refused.status, 401);
await worker.dispose();
await meta.close();
