import { manualClock } from "@wadesk/testing";
import { expect, it } from "vitest";
import { openWorld, VERIFY_TOKEN, type WorldOptions } from "./world/open-world.ts";

const DAY = 24 * 3_600_000;

async function connected(more: WorldOptions = {}) {
  const time = manualClock();
  const world = await openWorld({ time, publicUrl: true, ...more });
  const acme = world.wadesk.workspace("acme");
  const { id } = await acme.connect("cloud-api", world.account.input);
  const warnings = async () => (await acme.check(id)).warnings;
  const own = acme.operations("cloud-api", id);
  return { ...world, time, acme, id, warnings, own };
}

it("a number that can do everything has no warning", async () => {
  const { warnings } = await connected();
  expect(await warnings()).toEqual([]);
});

it("a check says who keeps a number from sending, with Meta's own reason and what it says to do", async () => {
  const { meta, account, warnings } = await connected();
  meta.changeNumber(account.numberId, {
    health_status: {
      can_send_message: "BLOCKED",
      entities: [
        { entity_type: "PHONE_NUMBER", id: account.numberId, can_send_message: "AVAILABLE" },
        {
          entity_type: "WABA",
          id: account.wabaId,
          can_send_message: "BLOCKED",
          errors: [{ error_code: 141006, error_description: "There is a payment problem.", possible_solution: "Add a payment method." }],
        },
        { entity_type: "BUSINESS", id: "1", can_send_message: "LIMITED", additional_info: ["The business is not verified."] },
      ],
    },
  });
  expect(await warnings()).toEqual([
    {
      code: "sending_blocked",
      values: { entity: "WABA", state: "BLOCKED", error: 141006 },
      text: "Meta blocks sending because of its WhatsApp account: There is a payment problem. Add a payment method.",
    },
    {
      code: "sending_limited",
      values: { entity: "BUSINESS", state: "LIMITED" },
      text: "Meta limits sending because of its business portfolio: The business is not verified.",
    },
  ]);
});

it("an app without the field messages is warned of, and one operation subscribes it beside the fields that it has", async () => {
  const { meta, app, account, callback, warnings, own } = await connected();
  await app.setWebhook({ url: callback, verifyToken: VERIFY_TOKEN, fields: ["account_update"] });
  const [warning] = await warnings();
  expect(warning).toMatchObject({ code: "messages_not_subscribed", values: { app: app.id, missing: "field" } });
  expect(warning?.text).toContain("subscribeMessages()");
  await own.subscribeMessages();
  expect(await warnings()).toEqual([]);
  const asked = meta.exchanges.find(({ operation }) => operation === "POST /{App-ID}/subscriptions");
  // there is no field message_status, whatever some instructions say
  expect(asked?.request.body).toMatchObject({ fields: "account_update,messages" });
  expect(asked?.request.url).not.toContain(app.secret);
  meta.addContact().send(account.numberId, { type: "text", text: { body: "Hi" } });
  await meta.settled();
  expect(meta.deliveries.at(-1)?.status).toBe(200);
});

it("an app that is not subscribed to the account is warned of, and the same operation does it; done twice it changes nothing", async () => {
  const { meta, app, account, graphUrl, warnings, own } = await connected();
  const headers = { authorization: `Bearer ${account.token}` };
  await fetch(`${graphUrl}/v23.0/${account.wabaId}/subscribed_apps`, { method: "DELETE", headers });
  expect(await warnings()).toMatchObject([{ code: "messages_not_subscribed", values: { app: app.id, missing: "account" } }]);
  await own.subscribeMessages();
  expect(await warnings()).toEqual([]);
  const count = (): number => meta.exchanges.filter(({ operation }) => operation === "POST /{WABA-ID}/subscribed_apps").length;
  const before = count();
  await own.subscribeMessages();
  expect(count()).toBe(before);
});

it("messages that are led to another application are warned of, with who leads them there, and that address is left to it", async () => {
  const { app, meta, account, graphUrl, callback, warnings, own } = await connected();
  const other = `${callback.replace("127.0.0.1", "localhost")}?key=secret`;
  const headers = { authorization: `Bearer ${account.token}`, "content-type": "application/json" };
  const body = JSON.stringify({ override_callback_uri: other, verify_token: VERIFY_TOKEN });
  await fetch(`${graphUrl}/v23.0/${account.wabaId}/subscribed_apps`, { method: "POST", headers, body });
  const [warning] = await warnings();
  expect(warning).toMatchObject({ code: "webhooks_elsewhere", values: { by: "account", callbackUrl: other.split("?")[0] } });
  expect(JSON.stringify(warning)).not.toContain("secret");
  await app.setWebhook({ url: other, verifyToken: VERIFY_TOKEN, fields: ["account_update"] });
  await expect(own.subscribeMessages()).rejects.toMatchObject({
    code: "input_invalid",
    issues: [{ field: "callbackUrl", code: "conflicts" }],
  });
  expect(meta.exchanges.filter(({ operation }) => operation === "POST /{App-ID}/subscriptions")).toEqual([]);
});

it("a connection tells when a webhook last came, and nothing before the first", async () => {
  const { meta, time, account, acme, id } = await connected();
  const ana = meta.addContact();
  const seen = async () => (await acme.get(id)).facts?.webhookAt;
  const hear = async () => {
    ana.send(account.numberId, { type: "text", text: { body: "Hi" } });
    await meta.settled();
  };
  expect(await seen()).toBeUndefined();
  await time.advance(5_000);
  await hear();
  const first = await seen();
  expect(first).toBe(time.now());
  // it is told to ten minutes
  await time.advance(60_000);
  await hear();
  expect(await seen()).toBe(first);
  await time.advance(10 * 60_000);
  await hear();
  expect(await seen()).toBe(time.now());
  await acme.check(id);
  expect(await seen()).toBe(time.now());
});

it("a token's end is warned of seven days ahead", async () => {
  const { meta, time, app, account, wadesk } = await connected();
  const { id: phoneNumberId } = meta.addNumber({ wabaId: account.wabaId });
  const end = time.now() + 60 * DAY;
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [account.wabaId], expiresAt: end });
  const acme = wadesk.workspace("acme");
  const { id, warnings } = await acme.connect("cloud-api", { phoneNumberId, wabaId: account.wabaId, accessToken });
  expect(warnings).toEqual([]);
  await time.advance(53 * DAY - 1000);
  expect((await acme.get(id)).warnings).toEqual([]);
  await time.advance(1000);
  expect((await acme.get(id)).warnings).toMatchObject([{ code: "token_expires", values: { at: Math.floor(end / 1000) * 1000 } }]);
});

it("an app is subscribed with the App Secret that Meta takes, where a newer one is none of the app's", async () => {
  const { app, wadesk, callback, warnings, own } = await connected();
  await app.setWebhook({ url: callback, verifyToken: VERIFY_TOKEN, fields: ["account_update"] });
  await wadesk.settings.change("cloud-api", { appSecret: { add: "0123456789abcdef0123456789abcdef" } });
  await own.subscribeMessages();
  expect(await warnings()).toEqual([]);
});

it("where Meta takes no App Secret that is set, that is the settings' fault: the number stays connected and sends on", async () => {
  const { app, id, acme, callback, own } = await connected();
  await app.setWebhook({ url: callback, verifyToken: VERIFY_TOKEN, fields: ["account_update"] });
  app.resetSecret();
  await expect(own.subscribeMessages()).rejects.toMatchObject({ code: "configuration_invalid" });
  expect((await acme.get(id)).status.state).toBe("connected");
});
