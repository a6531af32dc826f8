import { describe, expect, it } from "vitest";
import { signMeta } from "../../../signing.ts";
import { type Heard, openWorld, VERIFY_TOKEN, type World } from "../../../testing/open-world.ts";

const DAY = 86_400_000;
const text = (body: string) => ({ type: "text", text: { body } });
const said = ({ heard }: { readonly heard: readonly Heard[] }): string[] =>
  heard.flatMap(({ body }) =>
    JSON.parse(body).entry.flatMap((entry: { changes: { value: { messages?: { text: { body: string } }[] } }[] }) =>
      entry.changes.flatMap((change) => change.value.messages?.map((message) => message.text.body) ?? []),
    ),
  );

const spoken = async (world: World, ...bodies: readonly string[]): Promise<void> => {
  for (const body of bodies) world.ana.send(world.numberId, text(body));
  await world.meta.settled();
};

describe("webhooks", () => {
  it("are signed over the exact bytes, and written as Meta writes JSON", async () => {
    const world = await openWorld();
    await spoken(world, "Olá 👋 a/b");
    const [webhook] = world.heard;
    expect(webhook?.headers.get("x-hub-signature-256")).toBe(signMeta(webhook?.body ?? "", world.app.secret));
    expect(webhook?.headers.get("user-agent")).toBe("facebookexternalua");
    expect(webhook?.body).toContain(String.raw`Ol\u00e1 \ud83d\udc4b a\/b`);
    expect(JSON.parse(webhook?.body ?? "")).toEqual({
      object: "whatsapp_business_account",
      entry: [
        {
          id: world.wabaId,
          changes: [
            {
              field: "messages",
              value: {
                messaging_product: "whatsapp",
                metadata: { display_phone_number: expect.stringMatching(/^\d+$/), phone_number_id: world.numberId },
                contacts: [{ profile: { name: "Ana" }, wa_id: "5511999990000", user_id: "BR.1A2b3C4d5E" }],
                messages: [
                  {
                    from: "5511999990000",
                    from_user_id: "BR.1A2b3C4d5E",
                    id: world.meta.received[0]?.id,
                    timestamp: String(world.time.now() / 1000),
                    type: "text",
                    text: { body: "Olá 👋 a/b" },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  it("go to no app that is not subscribed to the account, or not to the field", async () => {
    const world = await openWorld();
    await spoken(world, "one");
    await world.call(`${world.wabaId}/subscribed_apps`, { method: "DELETE" });
    await spoken(world, "two");
    await world.call(`${world.wabaId}/subscribed_apps`, { json: {} });
    await world.app.setWebhook({ url: "https://host.example/hook", verifyToken: VERIFY_TOKEN, fields: ["account_update"] });
    await spoken(world, "three");
    world.meta.notify(world.wabaId, "account_update", { event: "VERIFIED_ACCOUNT" });
    await world.meta.settled();
    expect(said(world)).toEqual(["one"]);
    expect(JSON.parse(world.heard[1]?.body ?? "").entry[0]).toMatchObject({
      time: expect.any(Number),
      changes: [{ field: "account_update" }],
    });
  });

  it.each(["message_status", "user_id_update"])("are not to be had under %s, which is no field of Meta's", async (field) => {
    const world = await openWorld();
    const subscribe = (fields: readonly string[]) =>
      world.app.setWebhook({ url: "https://host.example/hook", verifyToken: VERIFY_TOKEN, fields });
    await subscribe(["messages"]);
    await expect(subscribe(["messages", field])).rejects.toThrow(`${field} is no field`);
  });

  it("go to the override of the account", async () => {
    const world = await openWorld();
    await world.call(`${world.wabaId}/subscribed_apps`, {
      json: { override_callback_uri: "https://host.example/own", verify_token: VERIFY_TOKEN },
    });
    await spoken(world, "one");
    expect(world.heard.map(({ url }) => url)).toEqual(["https://host.example/own"]);
  });

  it("are not set while the challenge is not echoed", async () => {
    const { app, meta } = await openWorld();
    await expect(app.setWebhook({ url: "https://host.example/hook", verifyToken: "wrong" })).rejects.toThrow("HTTP Status Code = 403");
    await expect(app.setWebhook({ url: "https://host.example/hook", verifyToken: "" })).rejects.toThrow("verify_token");
    const fields = ["message_status"];
    await expect(app.setWebhook({ url: "https://host.example/hook", verifyToken: VERIFY_TOKEN, fields })).rejects.toThrow("message_status");
    expect(meta.deliveries).toEqual([]);
  });
});

describe("redelivery", () => {
  it.each([0, 201, 301, 401, 500, 503])("repeats the same bytes with growing delays after %d", async (status) => {
    const world = await openWorld();
    world.answers.push(status, status, status);
    await spoken(world, "one");
    expect(world.heard).toHaveLength(1);
    await world.time.advance(DAY);
    expect(world.heard).toHaveLength(4);
    expect(new Set(world.heard.map(({ body }) => body)).size).toBe(1);
    const [first = 0, ...later] = world.heard.map(({ at }) => at);
    expect(later.map((at) => (at - first) / 1000)).toEqual([5, 35, 155]);
    expect(world.meta.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  });

  it("goes on for seven days and then gives up, while others pass", async () => {
    const world = await openWorld();
    world.answers.push(...Array.from({ length: 100 }, () => 500));
    await spoken(world, "one");
    await world.time.advance(7 * DAY);
    const count = world.heard.length;
    expect(count).toBeGreaterThan(15);
    await world.time.advance(7 * DAY);
    expect(world.heard).toHaveLength(count);
    world.answers.length = 0;
    await spoken(world, "two");
    expect(said(world).at(-1)).toBe("two");
  });

  it("signs with the secret in force at that time", async () => {
    const world = await openWorld();
    world.answers.push(500);
    await spoken(world, "one");
    const secret = world.app.resetSecret();
    await world.time.advance(5_000);
    expect(world.heard[1]?.headers.get("x-hub-signature-256")).toBe(signMeta(world.heard[0]?.body ?? "", secret));
  });

  it("ends when the fake is closed", async () => {
    const world = await openWorld();
    world.answers.push(500);
    await spoken(world, "one");
    await world.meta.close();
    await world.time.advance(DAY);
    expect(world.heard).toHaveLength(1);
  });
});

describe("faults of webhooks", () => {
  it("duplicate one as often as asked, at once", async () => {
    const world = await openWorld();
    world.meta.fault({ kind: "webhooks_duplicated", copies: 10 });
    await spoken(world, "one", "two");
    expect(said(world).filter((body) => body === "one")).toHaveLength(10);
    expect(said(world).filter((body) => body === "two")).toHaveLength(1);
  });

  it("turn the order of a ladder around", async () => {
    const world = await openWorld();
    world.meta.fault({ kind: "webhooks_reordered", count: 3 });
    await world.send({ type: "template", template: { name: "hello_world", language: { code: "en_US" } } });
    await world.meta.settled();
    const order = world.heard.map(({ body }) => JSON.parse(body).entry[0].changes[0].value.statuses[0].status);
    expect(order).toEqual(["read", "delivered", "sent"]);
  });

  it("put several into one request, an entry for each account", async () => {
    const world = await openWorld();
    const other = world.meta.addWaba();
    const number = world.meta.addNumber({ wabaId: other.id });
    const token = world.meta.addToken({ appId: world.app.id, wabaIds: [other.id] });
    await world.call(`${other.id}/subscribed_apps`, { json: {}, as: token });
    world.meta.fault({ kind: "webhooks_batched", count: 3 });
    world.ana.send(number.id, text("three"));
    await spoken(world, "one", "two");
    expect(world.heard).toHaveLength(1);
    expect(said(world).sort()).toEqual(["one", "three", "two"]);
    expect(JSON.parse(world.heard[0]?.body ?? "").entry).toHaveLength(2);
  });

  it("hold them until the fault ends", async () => {
    const world = await openWorld();
    const held = world.meta.fault({ kind: "webhooks_held" });
    await spoken(world, "one", "two");
    expect(world.heard).toEqual([]);
    held.end();
    await world.meta.settled();
    await spoken(world, "three");
    expect(said(world)).toEqual(["one", "two", "three"]);
  });
});
