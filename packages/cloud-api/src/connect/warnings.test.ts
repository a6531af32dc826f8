import { createWadesk, memoryStorage } from "@wadesk/core";
import { createFakeMeta } from "@wadesk/testing";
import { expect, it, onTestFinished } from "vitest";
import { cloudApi } from "../cloud-api.ts";
import type { CloudApiOptions } from "../options.ts";

async function connected(options: (app: { readonly id: string; readonly secret: string }) => CloudApiOptions) {
  const echo: typeof fetch = async (address) => new Response(new URL(String(address)).searchParams.get("hub.challenge"));
  const meta = createFakeMeta({ fetch: echo });
  onTestFinished(() => meta.close());
  const app = meta.addApp();
  await app.setWebhook({ url: "https://chat.example.com/webhooks/whatsapp/inbound", verifyToken: "hush" });
  const { id: wabaId } = meta.addWaba();
  const { id: phoneNumberId } = meta.addNumber({ wabaId });
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  const wadesk = createWadesk({
    channels: [cloudApi({ retryDelayMs: 0, ...options(app) })],
    storage: memoryStorage(),
    encryptionKeys: `k1:${"A".repeat(43)}`,
    fetch: (address, init) => meta.fetch(new Request(address, init)),
  });
  const acme = wadesk.workspace("acme");
  const { id, warnings } = await acme.connect("cloud-api", { phoneNumberId, wabaId, accessToken });
  return { app, wadesk, warnings, status: async () => (await acme.get(id)).status, check: async () => (await acme.check(id)).warnings };
}

it("a number whose app is configured, with its secret, has no warning", async () => {
  const { warnings, check } = await connected(({ id, secret }) => ({ appId: id, appSecret: secret }));
  expect([warnings, await check()]).toEqual([[], []]);
});

it("a number whose app is not configured is warned about when it is connected, and until it is", async () => {
  const { app, wadesk, warnings, check } = await connected(({ secret }) => ({ appSecret: secret }));
  const text = expect.stringMatching(new RegExp(`No App ID is configured.*Meta app ${app.id}`));
  expect(warnings).toEqual([{ code: "app_id_missing", values: { app: app.id }, text }]);
  expect(await check()).toEqual(warnings);
  await wadesk.settings.change("cloud-api", { appId: app.id });
  expect(await check()).toEqual([]);
});

it("a number whose app's secret is not configured is warned about too", async () => {
  const { app, warnings } = await connected(({ id }) => ({ appId: id }));
  const text = expect.stringMatching(/The App Secret of Meta app \d+ is not configured, so nothing comes in/);
  expect(warnings).toEqual([{ code: "app_secret_missing", values: { app: app.id }, text }]);
});

it("a number of the former app stays connected when the platform has moved to another, and is told to follow", async () => {
  const { app, wadesk, status, check } = await connected(({ id, secret }) => ({ appId: id, appSecret: secret }));
  await wadesk.settings.change("cloud-api", { appId: "77", appSecret: { add: "f".repeat(32) } });
  const warnings = await check();
  expect(await status()).toMatchObject({ state: "connected" });
  const text = expect.stringMatching(new RegExp(`Meta app ${app.id}.*app 77`));
  expect(warnings).toEqual([{ code: "app_changed", values: { app: app.id, configured: "77" }, text }]);
});
