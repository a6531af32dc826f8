import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, type Wadesk } from "@wadesk/core";
import { metaChange, metaText, recordingLogger, signMeta } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { expect, it, onTestFinished } from "vitest";
import { ENCRYPTION_KEYS, openWorld, VERIFY_TOKEN } from "./world/open-world.ts";

type Heard = { readonly status: number; readonly heard: readonly string[] };

/** Posts what an app signs to a client's webhooks and answers what its handlers were handed. */
function opened(wadesk: Pick<Wadesk, "inbound" | "process" | "drain">, callback: string) {
  const heard: string[] = [];
  wadesk.process("message.received", ({ data }) => void heard.push(data.connection.label));
  const handler = createWebhookHandler(wadesk);
  return async (payload: { readonly entry: readonly object[] }, secret: string): Promise<Heard> => {
    const time = Math.floor(Date.now() / 1000) + 5;
    const body = JSON.stringify({ ...payload, entry: payload.entry.map((entry) => ({ ...entry, time })) });
    const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, secret) };
    const { status } = await handler(new Request(callback, { method: "POST", headers, body }));
    await wadesk.drain();
    return { status, heard: heard.splice(0) };
  };
}

it("a process that takes webhooks and names no App ID hears the numbers that one with an App ID has connected", async () => {
  const { app, wadesk, account, storage, graphUrl, callback } = await openWorld();
  const { id } = await wadesk.workspace("acme").connect("cloud-api", { ...account.input, label: "acme" });
  const { log, lines } = recordingLogger();
  const options = { appSecret: app.secret, verifyToken: VERIFY_TOKEN, graphUrl, retryDelayMs: 1 };
  const other = createWadesk({ channels: [cloudApi(options)], storage, encryptionKeys: ENCRYPTION_KEYS, log });
  onTestFinished(() => other.stop());
  const post = opened(other, callback);
  const { numberId: phoneNumberId, wabaId } = account;
  const text = metaText({ phoneNumberId, wabaId, id: "wamid.1" });
  expect(await post(text, app.secret)).toEqual({ status: 200, heard: ["acme"] });
  expect(await post({ ...text, entry: [] }, "0".repeat(32))).toEqual({ status: 401, heard: [] });
  expect(lines.filter(({ message }) => message.includes("passed over"))).toEqual([]);
  // what it took in may be worked off by the process that does name one
  const ban = metaChange("account_update", { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } }, { wabaId });
  const add = storage.inbox.add.bind(storage.inbox);
  const stored: Parameters<typeof add>[0][number][] = [];
  Object.assign(storage.inbox, { add: async (events: Parameters<typeof add>[0]) => void stored.push(...events) });
  await post(ban, app.secret);
  Object.assign(storage.inbox, { add });
  expect(stored).toHaveLength(1);
  await add(stored);
  await wadesk.drain();
  expect((await wadesk.workspace("acme").get(id)).status).toMatchObject({ state: "failed", reason: "banned" });
  // and it does not write down that the number is nobody's in particular
  await other
    .workspace("acme")
    .check(id)
    .catch(() => undefined);
  expect((await wadesk.workspace("acme").get(id)).speaker).toBe(`cloud-api:app:${app.id}`);
});

it("a platform that names no App ID anywhere hears everything, is warned once for each number, and logs nothing for a message", async () => {
  const channel = { appId: undefined };
  const { app, wadesk, account, callback, lines } = await openWorld({ channel });
  const { warnings } = await wadesk.workspace("acme").connect("cloud-api", { ...account.input, label: "acme" });
  expect(warnings).toEqual([expect.objectContaining({ code: "app_id_missing", values: { app: app.id } })]);
  const post = opened(wadesk, callback);
  for (let turn = 1; turn <= 3; turn += 1) {
    const text = metaText({ phoneNumberId: account.numberId, wabaId: account.wabaId, id: `wamid.${turn}` });
    expect(await post(text, app.secret)).toEqual({ status: 200, heard: ["acme"] });
  }
  expect(lines.filter(({ level }) => level === "warn" || level === "error")).toEqual([]);
  expect(wadesk.inbound.passedOver()).toEqual({ unowned: 0, unspoken: 0 });
});
