import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { createFakeTwilio, metaText, signMeta } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { createWebhookHandler } from "@wadesk/webhooks";
import { expect, it, onTestFinished } from "vitest";
import { ENCRYPTION_KEYS, openWorld } from "./world/open-world.ts";

it("connections that were stored before speakers were kept hear what they heard, on both vendors, and nobody else does", async () => {
  const fake = createFakeTwilio();
  const { url } = await fake.listen();
  onTestFinished(() => fake.close());
  const world = await openWorld({ extra: [twilio({ apiUrl: url, retryDelayMs: 1 })] });
  const { meta, app, wadesk, account, storage, callback } = world;
  await wadesk.settings.change("twilio", { webhookUrl: callback });
  const own = fake.addAccount();
  const number = "+15550100002";
  fake.addSender({ accountSid: own.sid, number, webhook: { callbackUrl: callback } });
  const acme = wadesk.workspace("acme");
  const official = await acme.connect("cloud-api", account.input);
  const sender = await acme.connect("twilio", { mode: "production", accountSid: own.sid, authToken: own.authToken, from: number });

  for (const { id } of [official, sender]) {
    const { version } = await acme.get(id);
    const { speaker: _kept, ...row } = await acme.get(id);
    await storage.connections.delete("acme", id);
    expect(await storage.connections.insert({ ...row, version: version + 1 })).toBe("inserted");
  }
  const kept = (await storage.records.scan("voice")).items.map(({ namespace }) => namespace);
  expect(kept.length).toBeGreaterThan(0);
  for (const namespace of kept) await storage.records.clear(namespace);

  const heard: string[] = [];
  wadesk.process("message.received", ({ data }) => void heard.push(data.connection.channel));
  const send = async (): Promise<string[]> => {
    meta.addContact({ name: "Ana" }).send(account.numberId, { type: "text", text: { body: "Oi" } });
    fake.addContact({ name: "Ana" }).send(number, "Oi");
    await meta.settled();
    await fake.settled();
    return heard.splice(0).sort();
  };
  expect(await send()).toEqual(["cloud-api", "twilio"]);
  // the next check of each writes it down
  expect((await acme.check(official.id)).speaker).toBe(`cloud-api:app:${app.id}`);
  // another app, which is configured since, says nothing about a number of the former one
  await wadesk.settings.change("cloud-api", { appId: "77", appSecret: { add: "f".repeat(32) } });
  expect(await send()).toEqual(["cloud-api", "twilio"]);
  await wadesk.settings.change("cloud-api", { appSecret: { add: app.secret } });
  expect(await send()).toEqual(["twilio"]);
});

it.each(["kept by the admin", "given as options"])(
  "a number of the former app is heard through that one's secret, %s beside the next one's",
  async (where) => {
    const { meta, app: one, wadesk, account, storage, graphUrl } = await openWorld();
    const two = meta.addApp();
    const { id } = await wadesk.workspace("acme").connect("cloud-api", account.input);
    // as it was before speakers and names were kept
    const row = await storage.connections.get("acme", id);
    if (row === undefined) throw new Error("the connection is gone");
    const { speaker: _kept, ...former } = row;
    await storage.connections.delete("acme", id);
    expect(await storage.connections.insert(former)).toBe("inserted");
    const options = { graphUrl, retryDelayMs: 1, appId: two.id, appSecret: [one.secret, two.secret] };
    if (where === "kept by the admin") {
      await wadesk.settings.change("cloud-api", { appId: two.id, appSecret: { add: two.secret } });
      const kept = (await storage.records.get("settings/", ["channel/cloud-api"])).get("channel/cloud-api");
      const unnamed = new TextDecoder().decode(kept).replaceAll(/"of":"\d+",/g, "");
      await storage.records.set("settings/", new Map([["channel/cloud-api", { value: new TextEncoder().encode(unnamed) }]]));
    }
    const next = createWadesk({ channels: [cloudApi(options)], storage, encryptionKeys: ENCRYPTION_KEYS });
    onTestFinished(() => next.stop());
    const heard: (string | undefined)[] = [];
    next.process("message.received", ({ data }) => void heard.push(data.messageId));
    const handler = createWebhookHandler(next);
    const post = async (messageId: string): Promise<void> => {
      const body = JSON.stringify(metaText({ phoneNumberId: account.numberId, wabaId: account.wabaId, id: messageId }));
      const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, one.secret) };
      await handler(new Request("https://chat.example.com/webhooks/whatsapp/inbound", { method: "POST", headers, body }));
      await next.drain();
    };
    await post("wamid.1");
    expect((await next.workspace("acme").check(id)).status.state).toBe("connected");
    await post("wamid.2");
    expect(heard).toEqual(["wamid.1", "wamid.2"]);
  },
);
