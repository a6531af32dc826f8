import { inspect } from "node:util";
import type { ConnectContext } from "@wadesk/core/ports";
import { createFakeMeta, type FakeMeta, recordingLogger } from "@wadesk/testing";
import { channelContract } from "@wadesk/testing/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CloudApiOptions, type CloudApiSettings, cloudApi, type ManualInput } from "../index.ts";
import { failureOf } from "../testing/failure-of.ts";

const open: FakeMeta[] = [];
let meta: FakeMeta;
beforeEach(() => {
  meta = createFakeMeta({ fetch: host });
  open.push(meta);
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

// where Meta calls while a number is connected; it answers with what was announced by then
let announced: (readonly [speaker: string, secret: unknown])[] = [];
async function host(input: string | URL | Request): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const known = announced.map(([, secret]) => (secret as { app: { verifyToken: string } }).app.verifyToken);
  const granted = known.includes(url.searchParams.get("hub.verify_token") ?? "");
  return new Response(granted ? url.searchParams.get("hub.challenge") : null, { status: granted ? 200 : 403 });
}

function world(number: object = {}) {
  announced = [];
  const [platform, own] = [meta.addApp(), meta.addApp()];
  const { id: wabaId } = meta.addWaba();
  const { id: phoneNumberId } = meta.addNumber({ wabaId, ...number });
  const accessToken = meta.addToken({ appId: own.id, wabaIds: [wabaId] });
  const input: ManualInput = { phoneNumberId, wabaId, accessToken, appId: own.id, appSecret: own.secret, verifyToken: "hush-5f1e" };
  const steps: string[] = [];
  const { log, lines } = recordingLogger();
  const connect = (
    given: Partial<ManualInput> = {},
    context: Partial<ConnectContext<CloudApiSettings>> = {},
    options: CloudApiOptions = {},
  ) => {
    const channel = cloudApi({ appId: platform.id, appSecret: platform.secret, retryDelayMs: 0, ...options });
    return channel.connect(
      { ...input, ...given },
      {
        settings: async () => channel.settings.defaults,
        publicUrl: new URL("https://chat.example.com/base/"),
        fetch: (address, init) => meta.fetch(new Request(address, init)),
        now: () => 1_780_000_000_000,
        log,
        connectionId: "con_1",
        workspaceId: "acme",
        records: { get: async () => new Map(), set: async () => {}, list: async () => ({ items: [] }), clear: async () => {} },
        show: async (step) => void steps.push(step.type === "check" ? `${step.name} ${step.state}` : step.type),
        announce: async (...given) => void announced.push(given),
        claim: async () => {},
        signal: new AbortController().signal,
        ...context,
      },
    );
  };
  const headers = { authorization: `Bearer ${accessToken}` };
  const subscriptions = async (): Promise<unknown> => {
    const answer = await meta.fetch(new Request(`https://graph.facebook.com/v23.0/${wabaId}/subscribed_apps`, { headers }));
    return ((await answer.json()) as { data: { override_callback_uri?: string }[] }).data.map((each) => each.override_callback_uri);
  };
  return { platform, own, wabaId, input, accessToken, steps, lines, connect, subscriptions };
}

describe("a number with a Meta app of its own", () => {
  it("is connected once Meta has taken the app's id with its secret, and says where the app is to call", async () => {
    const { connect, own, steps, input } = world();
    const connected = await connect();
    const app = { id: own.id, secrets: [own.secret], verifyToken: "hush-5f1e" };
    expect(connected).toMatchObject({
      speaker: `cloud-api:own-app:${own.id}`,
      warnings: [],
      secret: { accessToken: input.accessToken, app },
    });
    const callbackUrl = `https://chat.example.com/base/webhooks/whatsapp/inbound/${own.id}`;
    expect(connected.details).toMatchObject({ appId: own.id, ownApp: true, callbackUrl });
    expect(JSON.stringify([connected.details, connected.warnings])).not.toMatch(new RegExp(`${own.secret}|hush-5f1e`));
    const passed = steps.filter((step) => step.endsWith("passed")).map((step) => step.split(" ")[0]);
    expect(passed).toEqual(["app", "access_token", "phone_number", "number_details", "business", "webhooks"]);
    expect(meta.exchanges[0]?.request.headers.authorization).toBe(`Bearer ${own.id}|${own.secret}`);
    expect((await connect({}, {}, { webhookPath: "/hooks/" })).details.callbackUrl).toContain("/base/hooks/whatsapp/");
    expect((await connect({}, { publicUrl: undefined })).details).not.toHaveProperty("callbackUrl");
  });

  it("is refused with a secret that Meta refuses, one among several too, before anything else is asked or kept", async () => {
    const { connect, own } = world();
    const error = await failureOf(connect({ appSecret: [own.secret, "0123456789abcdef"] }));
    expect(error).toMatchObject({ code: "credentials_rejected" });
    expect(error.message).toContain(`App ID ${own.id} with App Secret 2 of 2`);
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toMatch(new RegExp(`0123456789abcdef|${own.secret}`));
    expect(new Set(meta.exchanges.map(({ operation }) => operation))).toEqual(new Set(["GET /debug_token"]));
    expect(announced).toEqual([]);
  });

  it("is refused with the platform's app's token, and with another app's secret", async () => {
    const { connect, platform, own, wabaId } = world();
    const theirs = meta.addToken({ appId: platform.id, wabaIds: [wabaId] });
    const error = await failureOf(connect({ accessToken: theirs }));
    expect(error).toMatchObject({ code: "app_mismatch" });
    expect(error.message).toContain(`generate it for app ${own.id}`);
    await expect(connect({ appSecret: platform.secret })).rejects.toMatchObject({ code: "credentials_rejected" });
  });

  it("whose app cannot be asked about for now is no refusal, and can be tried again", async () => {
    const { connect } = world();
    meta.fault({ kind: "server_error", operation: "GET /debug_token", times: 9 });
    await expect(connect()).rejects.toMatchObject({ code: "provider_unavailable" });
  });

  it("may be led here by its account, after its verify token was announced; Meta verifies the address at once", async () => {
    const { connect, own, steps, subscriptions } = world();
    const { details } = await connect({ override: true });
    expect(await subscriptions()).toEqual([details.callbackUrl]);
    expect(steps.slice(-4)).toEqual(["webhooks running", "webhooks passed", "callback running", "callback passed"]);
    expect(announced).toEqual([
      [`cloud-api:own-app:${own.id}`, expect.objectContaining({ app: expect.objectContaining({ verifyToken: "hush-5f1e" }) })],
    ]);
  });

  it("leaves nothing at Meta when the address does not verify, and shows neither token nor secret", async () => {
    const { connect, own, subscriptions, lines } = world();
    const error = await failureOf(connect({ override: true }, { announce: async () => {} }));
    expect(error).toMatchObject({ code: "provider_refused" });
    expect(error.message).toMatch(/verification failed/);
    expect(await subscriptions()).toEqual([]);
    expect(inspect([error, lines], { depth: 9 })).not.toMatch(new RegExp(`hush-5f1e|${own.secret}`));
  });

  it("stays led here when it, or another number of its account, is connected again, until that is switched off", async () => {
    const { connect, subscriptions, wabaId } = world();
    const { details } = await connect({ override: true });
    await connect();
    expect(await subscriptions()).toEqual([details.callbackUrl]);
    await connect({ phoneNumberId: meta.addNumber({ wabaId }).id });
    expect(await subscriptions()).toEqual([details.callbackUrl]);
    await connect({ override: false });
    expect(await subscriptions()).toEqual([undefined]);
  });

  it.each([
    ["another application", "https://chat.example.com.evil.example/base/webhooks/whatsapp/inbound/"],
    ["an address that was ours before", "https://chat.example.com/base/hooks/whatsapp/inbound/"],
  ])("that was led to %s comes here by being connected", async (_where, former) => {
    const { connect, subscriptions, accessToken, wabaId, own } = world();
    await connect();
    announced.push(["", { app: { verifyToken: "theirs" } }]);
    const theirs = { override_callback_uri: `${former}${own.id}`, verify_token: "theirs" };
    const init = { method: "POST", headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" } };
    const address = `https://graph.facebook.com/v23.0/${wabaId}/subscribed_apps`;
    expect((await meta.fetch(new Request(address, { ...init, body: JSON.stringify(theirs) }))).status).toBe(200);
    await connect();
    expect(await subscriptions()).toEqual([undefined]);
  });

  it("is led here no longer, and not subscribed, where the person cancels as soon as Meta has verified the address", async () => {
    const { connect, subscriptions } = world();
    const cancelled = new AbortController();
    const through: typeof fetch = async (address, init) => {
      const request = new Request(address, init);
      const leads = (await request.clone().text()).includes("override_callback_uri");
      const answer = await meta.fetch(request);
      if (leads) cancelled.abort();
      return answer;
    };
    const error = await failureOf(connect({ override: true }, { fetch: through, signal: cancelled.signal }));
    expect([error.code, await subscriptions()]).toEqual(["linking_cancelled", []]);
    const removed = meta.exchanges.filter(
      ({ operation, request }) => operation.startsWith("POST") && request.url.endsWith("subscribed_apps"),
    );
    // it is subscribed, led here, and led no longer, before it is not subscribed any more
    expect(removed.map(({ request }) => Object.keys((request.body ?? {}) as object).length)).toEqual([0, 2, 0]);
  });

  it("cannot be led here where createWadesk has no address, and the field is named", async () => {
    const { connect } = world();
    const error = await failureOf(connect({ override: true }, { publicUrl: undefined }));
    expect(error).toMatchObject({ code: "input_invalid", issues: [{ field: "override", code: "conflicts" }] });
    expect(meta.exchanges).toEqual([]);
  });
});

channelContract("cloud-api with an app of its own", async () => {
  announced = [];
  const fake = createFakeMeta();
  open.push(fake);
  const [platform, own] = [fake.addApp(), fake.addApp()];
  const { id: wabaId } = fake.addWaba();
  const { id: phoneNumberId } = fake.addNumber({ wabaId });
  const accessToken = fake.addToken({ appId: own.id, wabaIds: [wabaId] });
  fake.addContact({ phone: "+5511999990000" }).send(phoneNumberId, { type: "text", text: { body: "Oi" } });
  const headers = { authorization: `Bearer ${accessToken}` };
  const input = { phoneNumberId, wabaId, accessToken, appId: own.id, appSecret: own.secret, verifyToken: "hush-5f1e" };
  return {
    channel: cloudApi({ appId: platform.id, appSecret: platform.secret, retryDelayMs: 0 }),
    fetch: (address, init) => fake.fetch(new Request(address, init)),
    input,
    refusedInput: { ...input, appSecret: `${own.secret}x` },
    secrets: [accessToken, own.secret, "hush-5f1e", platform.secret],
    to: { phone: "+5511999990000" },
    content: { kind: "text", text: "Hello" },
    remains: async () => {
      const answer = await fake.fetch(new Request(`https://graph.facebook.com/v23.0/${wabaId}/subscribed_apps`, { headers }));
      return ((await answer.json()) as { data: readonly unknown[] }).data.length > 0;
    },
  };
});
