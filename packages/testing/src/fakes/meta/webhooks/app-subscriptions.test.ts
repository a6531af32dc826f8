import { describe, expect, it } from "vitest";
import { openWorld, VERIFY_TOKEN } from "../../../testing/open-world.ts";

const URL_OF_HOST = "https://host.example/hook";

describe("what an app has subscribed to", () => {
  it("is told to the app itself, without the verify token", async () => {
    const { call, app } = await openWorld();
    await app.setWebhook({ url: URL_OF_HOST, verifyToken: VERIFY_TOKEN, fields: ["messages", "calls"] });
    const version = expect.stringMatching(/^v\d+\.0$/);
    const fields = [
      { name: "messages", version },
      { name: "calls", version },
    ];
    const answer = await call(`${app.id}/subscriptions`, { as: app.token });
    expect(answer.body).toEqual({ data: [{ object: "whatsapp_business_account", callback_url: URL_OF_HOST, active: true, fields }] });
    expect((await call(`${app.id}/subscriptions?fields=active`, { as: app.token })).body).toEqual({ data: [{ active: true }] });
    expect((await call(`${app.id}/subscriptions?fields=verify_token`, { as: app.token })).body.error.code).toBe(100);
  });

  it("is nothing before a callback was set", async () => {
    const { call, meta } = await openWorld();
    const other = meta.addApp();
    expect((await call(`${other.id}/subscriptions`, { as: other.token })).body).toEqual({ data: [] });
  });

  it("is told to no token that the app gave, and to no other app", async () => {
    const { call, app, token, meta } = await openWorld();
    expect(await call(`${app.id}/subscriptions`, { as: token })).toMatchObject({
      status: 400,
      body: { error: { code: 15, type: "OAuthException", message: "(#15) This method must be called with an app access_token." } },
    });
    const hidden = { status: 400, body: { error: { code: 100, error_subcode: 33 } } };
    expect(await call(`${app.id}/subscriptions`, { as: meta.addApp().token })).toMatchObject(hidden);
    expect(await call("999/subscriptions", { as: app.token })).toMatchObject(hidden);
    expect((await call(`${app.id}/subscriptions`, { as: `${app.id}|guessed` })).status).toBe(401);
  });

  it("delivers nothing while it is switched off", async () => {
    const { app, ana, meta, numberId, heard } = await openWorld();
    const hook = { url: URL_OF_HOST, verifyToken: VERIFY_TOKEN };
    await app.setWebhook({ ...hook, active: false });
    ana.send(numberId, { type: "text", text: { body: "Oi" } });
    await meta.settled();
    expect(heard).toEqual([]);
    await app.setWebhook(hook);
    ana.send(numberId, { type: "text", text: { body: "Oi" } });
    await meta.settled();
    expect(heard).toHaveLength(1);
  });
});
