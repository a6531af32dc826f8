import { describe, expect, it } from "vitest";
import { openWorld, VERIFY_TOKEN, type World } from "../../../testing/open-world.ts";

const register = ({ call, numberId }: World, pin: string) => call(`${numberId}/register`, { json: { messaging_product: "whatsapp", pin } });
const wrong = (code: number, details?: string): object => ({
  body: { error: { code, ...(details !== undefined && { error_data: { messaging_product: "whatsapp", details } }) } },
});

describe("a number's PIN", () => {
  it("is set or changed by the number itself, and register wants that one", async () => {
    const world = await openWorld();
    expect((await world.call(world.numberId, { json: { pin: "12345" } })).status).toBe(400);
    expect((await world.call(world.numberId, { json: { pin: "123456" } })).body).toEqual({ success: true });
    expect((await world.call(`${world.numberId}?fields=is_pin_enabled`)).body).toMatchObject({ is_pin_enabled: true });
    expect(await register(world, "654321")).toMatchObject(wrong(133005));
    expect((await register(world, "123456")).status).toBe(200);
  });

  it("is guessed too fast after three wrong ones, and too often after six; each says how long to wait", async () => {
    const world = await openWorld();
    await world.call(world.numberId, { json: { pin: "123456" } });
    for (let guess = 0; guess < 3; guess += 1) expect(await register(world, "000000")).toMatchObject(wrong(133005));
    expect(await register(world, "123456")).toMatchObject(wrong(133009, "Please try again after 60 seconds."));
    for (let guess = 0; guess < 3; guess += 1) {
      await world.time.advance(60_000);
      expect(await register(world, "000000")).toMatchObject(wrong(133005));
    }
    await world.time.advance(60_000);
    expect(await register(world, "123456")).toMatchObject(wrong(133008, "Please try again after 3360 seconds."));
  });
});

describe("a business profile", () => {
  it("keeps what a change leaves out, and refuses what is too long, too many, or no field", async () => {
    const { call, numberId } = await openWorld();
    const change = (fields: object) =>
      call(`${numberId}/whatsapp_business_profile`, { json: { messaging_product: "whatsapp", ...fields } });
    expect((await change({ about: "Bread", websites: ["https://bakery.example"] })).body).toEqual({ success: true });
    expect((await change({ vertical: "RESTAURANT" })).body).toEqual({ success: true });
    expect((await call(`${numberId}/whatsapp_business_profile?fields=about,websites,vertical`)).body).toEqual({
      data: [{ about: "Bread", websites: ["https://bakery.example"], vertical: "RESTAURANT" }],
    });
    for (const fields of [
      { about: "" },
      { about: "a".repeat(140) },
      { email: "nobody" },
      { websites: ["bakery.example"] },
      { websites: ["https://a.example", "https://b.example", "https://c.example"] },
      { vertical: "BAKERY" },
      { name: "Bakery" },
    ])
      expect(await change(fields), JSON.stringify(fields)).toMatchObject(wrong(100));
  });
});

describe("what an account may ask in an hour", () => {
  it("is told with each call that manages it, and 80007 tells the minutes until more is allowed; messages do not count", async () => {
    const { meta, time, app, call, ana } = await openWorld();
    const { id: wabaId } = meta.addWaba({ callsPerHour: 4 });
    const { id: numberId } = meta.addNumber({ wabaId });
    const as = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
    const usage = async () => {
      const { status, headers } = await call(wabaId, { as });
      const [told] = JSON.parse(headers.get("x-business-use-case-usage") ?? "{}")[wabaId];
      return [status, told.call_count, told.estimated_time_to_regain_access];
    };
    expect(await usage()).toEqual([200, 25, 0]);
    await time.advance(60_000);
    for (const percent of [50, 75, 100]) expect(await usage()).toEqual([200, percent, 0]);
    const sent = await call(`${numberId}/messages`, {
      as,
      json: { messaging_product: "whatsapp", to: ana.phone, type: "reaction", reaction: { message_id: "wamid.A", emoji: "" } },
    });
    expect(sent.headers.get("x-business-use-case-usage")).toBeNull();
    expect(await usage()).toEqual([400, 100, 59]);
    await time.advance(59 * 60_000);
    expect(await usage()).toEqual([200, 100, 0]);
  });
});

describe("an app's fields", () => {
  it("are set by the app itself, after its challenge, and take the place of the former ones", async () => {
    const { call, app, token } = await openWorld();
    const json = {
      object: "whatsapp_business_account",
      callback_url: "https://host.example/hook",
      verify_token: VERIFY_TOKEN,
      fields: "messages",
    };
    expect(await call(`${app.id}/subscriptions`, { json, as: token })).toMatchObject(wrong(15));
    expect(await call(`${app.id}/subscriptions`, { json: { ...json, fields: "message_status" }, as: app.token })).toMatchObject(wrong(100));
    expect(await call(`${app.id}/subscriptions`, { json: { ...json, verify_token: "no" }, as: app.token })).toMatchObject(wrong(2200));
    expect((await call(`${app.id}/subscriptions`, { json, as: app.token })).body).toEqual({ success: true });
    const { body } = await call(`${app.id}/subscriptions`, { as: app.token });
    expect(body.data[0].fields).toEqual([{ name: "messages", version: "v26.0" }]);
  });
});

describe("where webhooks go", () => {
  it("is told by the number; its own address counts over its account's, for messages alone", async () => {
    const { call, meta, numberId, wabaId, ana, heard } = await openWorld();
    const at = (name: string) => ({ override_callback_uri: `https://host.example/${name}`, verify_token: VERIFY_TOKEN });
    await call(`${wabaId}/subscribed_apps`, { json: at("account") });
    await call(numberId, { json: { webhook_configuration: at("number") } });
    expect((await call(`${numberId}?fields=webhook_configuration`)).body.webhook_configuration).toEqual({
      phone_number: "https://host.example/number",
      whatsapp_business_account: "https://host.example/account",
      application: "https://host.example/hook",
    });
    ana.send(numberId, { type: "text", text: { body: "Hi" } });
    meta.notify(wabaId, "account_update", { event: "PARTNER_ADDED" });
    await meta.settled();
    expect(heard.map(({ url }) => new URL(url).pathname).sort()).toEqual(["/hook", "/number"]);
  });
});

describe("a new edge", () => {
  it("is at api.facebook.com alone, and moves the templates that there are", async () => {
    const { call, meta, wabaId } = await openWorld();
    const { id } = meta.addTemplate({ wabaId, name: "old" });
    const json = { template_ids: [id, "7"] };
    expect((await call(`${wabaId}/message_templates/archive`, { json })).status).toBe(400);
    const there = (path: string) => call(`https://api.facebook.com/v23.0/${wabaId}${path}`, path === "" ? {} : { json });
    expect((await there("")).status).toBe(400);
    expect((await there("/message_templates/archive")).body).toEqual({ archived_templates: [id], failed_templates: ["7"] });
    expect((await there("/message_templates/unarchive")).body).toEqual({ unarchived_templates: [id], failed_templates: ["7"] });
  });
});
