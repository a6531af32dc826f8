import { describe, expect, it } from "vitest";
import { openWorld, VERIFY_TOKEN } from "../../../testing/open-world.ts";

describe("fields", () => {
  it("answers those asked for and the id, nested ones too", async () => {
    const { call, wabaId, businessId } = await openWorld();
    const { body } = await call(`${wabaId}?fields=currency,owner_business_info{id}`);
    expect(body).toEqual({ id: wabaId, currency: "USD", owner_business_info: { id: businessId } });
    expect(Object.keys((await call(wabaId)).body).sort()).toEqual(["id", "message_template_namespace", "name", "timezone_id"]);
  });

  it("refuses one that the kind of node does not have", async () => {
    const { call, wabaId, numberId } = await openWorld();
    expect((await call(`${numberId}?fields=quality_rating`)).body).toEqual({ id: numberId, quality_rating: "GREEN" });
    const message = "(#100) Tried accessing nonexisting field (quality) on node type (WhatsAppBusinessPhoneNumber)";
    expect(await call(`${numberId}?fields=quality`)).toMatchObject({ status: 400, body: { error: { code: 100, message } } });
    expect((await call(`${wabaId}/phone_numbers?fields=quality`)).body.error.message).toBe(message);
    expect((await call(`${numberId}?fields=throughput{level`)).body.error.code).toBe(2500);
  });

  it("tells what a test set of a number", async () => {
    const { call, meta, wabaId } = await openWorld();
    const { id } = meta.addNumber({ wabaId, verifiedName: "Bakery", qualityRating: "RED", fields: { messaging_limit_tier: "TIER_10K" } });
    const { body } = await call(`${id}?fields=verified_name,quality_rating,messaging_limit_tier`);
    expect(body).toMatchObject({ verified_name: "Bakery", quality_rating: "RED", messaging_limit_tier: "TIER_10K" });
  });
});

describe("pages", () => {
  it("leads through every number by its cursors, forth and back", async () => {
    const { call, meta, wabaId } = await openWorld();
    for (let count = 0; count < 4; count += 1) meta.addNumber({ wabaId });
    const seen: string[] = [];
    let page = (await call(`${wabaId}/phone_numbers?limit=2&fields=id`)).body;
    const first = page.data;
    for (;;) {
      seen.push(...page.data.map((each: { id: string }) => each.id));
      if (!page.paging.next) break;
      page = (await call(page.paging.next)).body;
    }
    expect(new Set(seen).size).toBe(5);
    const back = (await call((await call(page.paging.previous)).body.paging.previous)).body;
    expect(back.data).toEqual(first);
    expect(back.paging.previous).toBeUndefined();
  });

  it.each(["limit=0", "limit=101", "limit=ten", "after=never-issued", "sort=name.asc", "filtering=all", 'filtering=[{"field":"name"}]'])(
    "refuses %s",
    async (query) => {
      const { call, wabaId } = await openWorld();
      const right = `limit=100&sort=creation_time.asc&filtering=${encodeURIComponent('[{"field":"account_mode","operator":"EQUAL","value":"LIVE"}]')}`;
      expect((await call(`${wabaId}/phone_numbers?${right}`)).body.data).toHaveLength(1);
      expect(await call(`${wabaId}/phone_numbers?${encodeURI(query)}`)).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    },
  );
});

describe("debug_token", () => {
  it("tells a token's app, scopes, accounts and expiry", async () => {
    const { call, app, meta, wabaId, time } = await openWorld();
    const expiresAt = time.now() + 60_000;
    const token = meta.addToken({ appId: app.id, wabaIds: [wabaId], expiresAt });
    const look = async () => (await call(`debug_token?input_token=${token}`, { as: app.token })).body.data;
    const scope = "whatsapp_business_management";
    expect(await look()).toMatchObject({
      app_id: app.id,
      is_valid: true,
      expires_at: Math.floor(expiresAt / 1000),
      granular_scopes: expect.arrayContaining([{ scope, target_ids: [wabaId] }]),
    });
    await time.advance(60_000);
    expect(await look()).toMatchObject({ is_valid: false, error: { code: 190, subcode: 463 } });
  });

  it("says 0 for a token without end, and names no accounts for one without targets", async () => {
    const { call, app, meta } = await openWorld();
    const token = meta.addToken({ appId: app.id });
    const { data } = (await call(`debug_token?input_token=${token}`, { as: token })).body;
    expect(data.expires_at).toBe(0);
    expect(data.granular_scopes[0]).toEqual({ scope: "whatsapp_business_management" });
  });

  it("refuses a look into another app's token, and one into nothing; a token that was never given is not valid", async () => {
    const { call, token, meta } = await openWorld();
    const other = meta.addApp();
    const theirs = meta.addToken({ appId: other.id });
    expect((await call(`debug_token?input_token=${token}`)).status).toBe(200);
    expect((await call(`debug_token?input_token=${theirs}`, { as: theirs })).status).toBe(200);
    expect(await call(`debug_token?input_token=${theirs}`)).toMatchObject({ status: 400, body: { error: { code: 100 } } });
    expect(await call("debug_token")).toMatchObject({
      status: 400,
      body: { error: { message: "(#100) The parameter input_token is required." } },
    });
    expect((await call("debug_token?input_token=EAAx")).body.data.is_valid).toBe(false);
    expect((await call(`debug_token?input_token=${token}`, { as: `${other.id}|guessed` })).status).toBe(401);
  });
});

describe("subscribed_apps", () => {
  const override = { override_callback_uri: "https://host.example/own", verify_token: VERIFY_TOKEN };

  it("takes an override whose challenge is echoed, and shows it", async () => {
    const { call, wabaId, app } = await openWorld();
    expect((await call(`${wabaId}/subscribed_apps`, { json: override })).body.success).toBe(true);
    expect((await call(`${wabaId}/subscribed_apps`)).body.data).toMatchObject([
      { whatsapp_business_api_data: { id: app.id, name: "Test app" }, override_callback_uri: "https://host.example/own" },
    ]);
  });

  it.each([
    ["before the app is subscribed", override, true],
    ["whose challenge is not echoed", { ...override, verify_token: "wrong" }, false],
    ["without a token", { override_callback_uri: override.override_callback_uri }, false],
    ["with an address of 201 characters", { ...override, override_callback_uri: `https://host.example/${"a".repeat(180)}` }, false],
    ["with an address without TLS", { ...override, override_callback_uri: "http://host.example/own" }, false],
    ["with a key that does not exist", { ...override, override_callback_url: "https://host.example/own" }, false],
    ["with a token and no address", { verify_token: VERIFY_TOKEN }, false],
  ])("refuses an override %s", async (_, json, unsubscribed) => {
    const { call, wabaId } = await openWorld();
    expect((await call(`${wabaId}/subscribed_apps`, { json: override })).status).toBe(200);
    if (unsubscribed) await call(`${wabaId}/subscribed_apps`, { method: "DELETE" });
    expect(await call(`${wabaId}/subscribed_apps`, { json })).toMatchObject({ status: 400, body: { error: { code: 100 } } });
  });

  it("unsubscribes once", async () => {
    const { call, wabaId } = await openWorld();
    expect((await call(`${wabaId}/subscribed_apps`, { method: "DELETE" })).body).toEqual({ success: true });
    expect((await call(`${wabaId}/subscribed_apps`)).body).toEqual({ data: [] });
    expect((await call(`${wabaId}/subscribed_apps`, { method: "DELETE" })).status).toBe(404);
  });
});

describe("register", () => {
  const right = { messaging_product: "whatsapp", pin: "123456" };

  it.each([
    ["without a PIN", { messaging_product: "whatsapp" }],
    ["with a PIN of five digits", { ...right, pin: "12345" }],
    ["with a PIN that is a number", { ...right, pin: 123456 }],
    ["without the product", { pin: "123456" }],
    ["for another product", { ...right, messaging_product: "messenger" }],
    ["in a region that does not exist", { ...right, data_localization_region: "XX" }],
    ["on a tier that does not exist", { ...right, tier: "GOLD" }],
  ])("refuses a number %s", async (_, json) => {
    const { call, numberId } = await openWorld();
    expect((await call(`${numberId}/register`, { json: { ...right, data_localization_region: "BR", tier: "PROD" } })).status).toBe(200);
    expect(await call(`${numberId}/register`, { json })).toMatchObject({ status: 400, body: { error: { code: 100 } } });
  });

  it("wants the PIN that the number has, and refuses an eleventh time in 72 hours", async () => {
    const { call, numberId, time } = await openWorld();
    const register = (pin: string) => call(`${numberId}/register`, { json: { ...right, pin } });
    expect((await register("123456")).status).toBe(200);
    expect((await register("654321")).body.error.code).toBe(133005);
    for (let count = 0; count < 8; count += 1) await register("123456");
    expect(await register("123456")).toMatchObject({ status: 400, body: { error: { code: 133016 } } });
    // registering is counted apart from deregistering
    expect((await call(`${numberId}/deregister`, { method: "POST" })).status).toBe(200);
    await time.advance(71 * 3_600_000);
    expect((await register("123456")).body.error.code).toBe(133016);
    await time.advance(3_600_000);
    expect((await register("123456")).status).toBe(200);
  });

  it("leaves a deregistered number unable to send", async () => {
    const { call, numberId, send, ana } = await openWorld();
    ana.send(numberId, { type: "text", text: { body: "Oi" } });
    const text = { type: "text", text: { body: "Hello" } };
    expect((await send(text)).status).toBe(200);
    expect((await call(`${numberId}/deregister`, { method: "POST" })).status).toBe(200);
    expect((await send(text)).body.error.code).toBe(133010);
    expect((await call(`${numberId}/deregister`, { method: "POST" })).body.error.code).toBe(133010);
  });
});

describe("message_templates", () => {
  it("lists by name, language and status, with the fields asked for", async () => {
    const { call, meta, wabaId } = await openWorld();
    const { id } = meta.addTemplate({ wabaId, name: "bill", language: "pt_BR", status: "PENDING" });
    const { data } = (await call(`${wabaId}/message_templates?name=bill&language=pt_BR&status=PENDING&fields=name,status`)).body;
    expect(data).toEqual([{ id, name: "bill", status: "PENDING" }]);
    expect((await call(`${wabaId}/message_templates?status=PAUSED`)).body.data).toEqual([]);
    expect((await call(`${wabaId}/message_templates?fields=text&status=PAUSED`)).body.error.code).toBe(100);
  });
});
