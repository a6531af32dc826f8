import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { metaJson, metaText, recordingLogger, signMeta } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { describe, expect, it, onTestFinished } from "vitest";
import { serveHost } from "./world/host-app.ts";
import { ENCRYPTION_KEYS, openWorld, VERIFY_TOKEN, type WorldOptions } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";
import { subscribedApps } from "./world/subscribed-apps.ts";
import { watchedStorage } from "./world/watched-storage.ts";

const hello = { kind: "text", text: "Hello" } as const;

/** A workspace whose application runs as two processes on one storage. */
async function openTwoProcesses(options: WorldOptions = {}) {
  const world = await openWorld(options);
  const { app, storage, graphUrl, account, meta } = world;
  const { log } = recordingLogger();
  const channel = cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: VERIFY_TOKEN, graphUrl, retryDelayMs: 1 });
  const other = createWadesk({ channels: [channel], encryptionKeys: ENCRYPTION_KEYS, storage, log });
  const host = await serveHost(createWebhookHandler(other), "Express 5");
  onTestFinished(async () => {
    await other.stop();
    await host.close();
  });
  const connection = await world.wadesk.workspace("acme").connect("cloud-api", account.input);
  const ana = meta.addContact({ phone: "+5511999990000" });
  ana.send(account.numberId, { type: "text", text: { body: "Hi" } });
  await meta.settled();
  return { ...world, other, connection, to: ana.phone ?? "", otherCallback: `${host.origin}/webhooks/whatsapp/inbound` };
}

describe("an application of two processes", () => {
  it("has one list, one active channel and one set of secrets: what an admin changes in one counts in the other at once", async () => {
    const { wadesk, other, connection, app, account, otherCallback } = await openTwoProcesses();
    expect((await other.workspace("acme").list()).items.map(({ id }) => id)).toEqual([connection.id]);
    await other.workspace("acme").rename(connection.id, "Renamed");
    expect((await wadesk.workspace("acme").get(connection.id)).label).toBe("Renamed");

    const former = app.secret;
    const post = async (id: string, secret: string): Promise<number> => {
      const body = metaJson(metaText({ wabaId: account.wabaId, phoneNumberId: account.numberId, id }));
      return (await fetch(otherCallback, { method: "POST", body, headers: { "x-hub-signature-256": signMeta(body, secret) } })).status;
    };
    expect(await post("wamid.1", former)).toBe(200);
    await wadesk.settings.change("cloud-api", { appSecret: { add: "rotated-secret-1", retire: "option-1" } });
    expect([await post("wamid.2", former), await post("wamid.3", "rotated-secret-1")]).toEqual([401, 200]);
  });

  it("sends once for one idempotency key, though both try at the same moment", async () => {
    const { wadesk, other, to, meta } = await openTwoProcesses();
    const request = { to, content: hello, idempotencyKey: "order-7" };
    const tries = [wadesk, other, wadesk, other].map((each) => outcomeOf(() => each.workspace("acme").send(request)));
    const outcomes = await Promise.all(tries);
    expect(meta.sent).toHaveLength(1);
    for (const outcome of outcomes) {
      // who cannot know how the other's attempt ends must not say that it failed
      if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "outcome_unknown" });
      else expect(outcome).toMatchObject({ providerId: meta.sent[0]?.id });
    }
    const receipt = await other.workspace("acme").send(request);
    expect(receipt).toEqual(await wadesk.workspace("acme").send(request));
    expect(meta.sent).toHaveLength(1);
  });

  it("both know at once that the token is dead, and that it was replaced", async () => {
    const { wadesk, other, to, meta, app, account, connection } = await openTwoProcesses();
    meta.expireToken(account.token);
    await expect(wadesk.workspace("acme").send({ to, content: hello })).rejects.toMatchObject({ code: "token_expired" });
    const asked = meta.exchanges.length;
    await expect(other.workspace("acme").send({ to, content: hello })).rejects.toMatchObject({ code: "token_expired" });
    expect(meta.exchanges).toHaveLength(asked);
    const accessToken = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
    await other.workspace("acme").reconnect(connection.id, "cloud-api", { ...account.input, accessToken });
    expect((await wadesk.workspace("acme").send({ to, content: hello })).connectionId).toBe(connection.id);
  });

  it("does not end the account's webhooks in one while a number of the account is connected in the other", async () => {
    const asked = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const crossing = Promise.withResolvers<"waits" | "crosses">();
    const { wadesk, other, meta, app, account, connection } = await openTwoProcesses({
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.method === "DELETE") {
          asked.resolve();
          await gate.promise;
        }
        return fetch(request);
      },
      watch: (storage) =>
        watchedStorage(storage, (call, { values, result }) => {
          if (call === "leases.acquire" && String(values[0]).startsWith("account/") && result === undefined) crossing.resolve("waits");
        }),
    });
    const second = meta.addNumber({ wabaId: account.wabaId });
    const disconnecting = wadesk.workspace("acme").disconnect(connection.id);
    await asked.promise;
    const linking = other.workspace("rival").connect("cloud-api", { ...account.input, phoneNumberId: second.id });
    linking.then(
      () => crossing.resolve("crosses"),
      () => crossing.resolve("crosses"),
    );
    expect(await crossing.promise).toBe("waits");
    gate.resolve();
    await disconnecting;
    expect((await linking).status.state).toBe("connected");
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([app.id]);
  });
});
