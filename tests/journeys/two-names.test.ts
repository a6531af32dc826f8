import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, memoryStorage, type Storage } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { type MetaPerson, metaText, signMeta } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { describe, expect, it, onTestFinished } from "vitest";
import { ENCRYPTION_KEYS, openWorld } from "./world/open-world.ts";
import { watchedStorage } from "./world/watched-storage.ts";

const PHONE = "5511999990000";
const ANA = "BR.1A2b3C";

/** A number at the fake Meta, connected over a storage that survives, and a way to have Meta call. */
async function openNumber(inner: Storage) {
  const { app, account, graphUrl } = await openWorld();
  const calls: string[] = [];
  const storage = watchedStorage(inner, (call) => void calls.push(call));
  const channel = cloudApi({ graphUrl, retryDelayMs: 1, appId: app.id, appSecret: app.secret });
  const wadesk = createWadesk({ channels: [channel], storage, encryptionKeys: ENCRYPTION_KEYS });
  onTestFinished(() => wadesk.stop());
  const acme = wadesk.workspace("acme");
  const { id } = await acme.connect("cloud-api", account.input);
  const handler = createWebhookHandler(wadesk);
  const post = async (messageId: string, from: MetaPerson): Promise<number> => {
    const place = { phoneNumberId: account.numberId, wabaId: account.wabaId, timestamp: Math.floor(Date.now() / 1000) };
    const body = JSON.stringify(metaText({ ...place, id: messageId, from }));
    const headers = { "content-type": "application/json", "x-hub-signature-256": signMeta(body, app.secret) };
    const request = new Request("https://chat.example.com/webhooks/whatsapp/inbound", { method: "POST", headers, body });
    return (await handler(request)).status;
  };
  return { wadesk, acme, id, post, calls };
}

// what is answered at once is handled beside what comes next
const durable = (storage: Storage): Storage => ({ ...storage, durable: true });

describe.each<[string, () => Storage]>([
  ["in memory", () => durable(memoryStorage())],
  ["in SQLite", () => durable(sqliteStorage(":memory:"))],
])("somebody whose two names Meta tells one after the other, %s", (_name, open) => {
  it.each([
    ["the phone is learnt", { phone: false, userId: ANA }],
    ["the id is learnt", { phone: PHONE }],
  ] satisfies [string, MetaPerson][])(
    "is handled in order, one message at a time, while %s in the middle of their messages",
    async (_which, first) => {
      const { wadesk, acme, id, post } = await openNumber(open());
      const handled: string[] = [];
      const chats = new Set<string | undefined>();
      let running = 0;
      let most = 0;
      const begun = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      wadesk.process("message.received", async ({ chat, data }) => {
        running += 1;
        most = Math.max(most, running);
        begun.resolve();
        await gate.promise;
        handled.push(data.messageId);
        chats.add(chat);
        running -= 1;
      });
      expect(await post("1", first)).toBe(200);
      // the first one is being handled when Meta tells the other name
      await begun.promise;
      for (const [messageId, from] of [
        ["2", first],
        ["3", { phone: PHONE, userId: ANA }],
        ["4", { phone: PHONE }],
        ["5", { phone: false, userId: ANA }],
        ["6", { phone: PHONE }],
      ] as const)
        expect(await post(messageId, from)).toBe(200);
      gate.resolve();
      await wadesk.drain();
      expect([handled, most]).toEqual([["1", "2", "3", "4", "5", "6"], 1]);
      const route = (await acme.get(id)).route;
      const former = first.phone === false ? [] : [`${route}|+${PHONE}`];
      expect([...chats]).toEqual([...former, `${route}|${ANA}`]);
      for (const contact of [`+${PHONE}`, { userId: ANA }]) expect((await acme.lastNumberOf(contact))?.id).toBe(id);
      expect(await acme.lastNumberOf("+4915100000000")).toBeUndefined();
      await acme.remove(id);
      expect(await acme.lastNumberOf(`+${PHONE}`)).toBeUndefined();
    },
  );

  it("costs a webhook no call of the storage more than one that names the phone alone", async () => {
    const { post, calls } = await openNumber(open());
    const callsOf = async (messageId: string, from: MetaPerson): Promise<readonly string[]> => {
      calls.length = 0;
      expect(await post(messageId, from)).toBe(200);
      return calls.filter((call) => call.startsWith("inbox.add") || call.startsWith("records."));
    };
    await callsOf("0", { phone: PHONE });
    const alone = await callsOf("1", { phone: PHONE });
    expect(await callsOf("2", { phone: PHONE, userId: ANA })).toEqual(alone);
    expect(await callsOf("3", { phone: PHONE })).toEqual(alone);
    expect(alone.filter((call) => call === "inbox.add")).toHaveLength(1);
  });
});
