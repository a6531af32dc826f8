import { type ConnectionStatus, isWadeskError } from "@wadesk/core";
import type { FakeMeta } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import { type CloudApiChannel, cloudApi } from "./cloud-api.ts";
import type { CloudApiOptions } from "./options.ts";
import { type ConnectedNumber, connectedNumber } from "./testing/connected-number.ts";
import { failureOf } from "./testing/failure-of.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

function world(status?: ConnectionStatus, options: CloudApiOptions = {}): ConnectedNumber {
  const number = connectedNumber(options, status);
  open.push(number.meta);
  return number;
}

const deletions = ({ meta }: ConnectedNumber): number => meta.exchanges.filter(({ request }) => request.method === "DELETE").length;
const subscribe = async ({ meta, connection, token }: ConnectedNumber): Promise<void> => {
  const request = new Request(`https://graph.facebook.com/v23.0/${connection.details.wabaId}/subscribed_apps`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  expect((await meta.fetch(request)).status).toBe(200);
};

describe("disconnecting", () => {
  it("ends the account's webhooks with the last of its connections only", async () => {
    const here = world();
    await subscribe(here);
    here.siblings.count = 1;
    await here.channel.line(here.connection, here.context).disconnect();
    expect(deletions(here)).toBe(0);
    here.siblings.count = 0;
    await here.channel.line(here.connection, here.context).disconnect();
    expect(here.meta.exchanges.at(-1)).toMatchObject({ operation: "DELETE /{WABA-ID}/subscribed_apps", response: { status: 200 } });
  });

  it("goes through when the subscription is gone already, also after an answer was lost", async () => {
    const here = world();
    await here.channel.line(here.connection, here.context).disconnect();
    await subscribe(here);
    here.meta.fault({ kind: "answer_lost", operation: "DELETE /{WABA-ID}/subscribed_apps" });
    await here.channel.line(here.connection, here.context).disconnect();
    expect(deletions(here)).toBe(3);
  });

  it("goes through with a token that no longer counts, and says so in the log", async () => {
    const here = world();
    await subscribe(here);
    here.meta.expireToken(here.token, 460);
    await here.channel.line(here.connection, here.context).disconnect();
    expect(here.lines).toEqual([
      { level: "warn", data: { connectionId: "conn_1", code: "token_expired" }, message: expect.stringContaining("disconnected") },
    ]);
  });

  it("rejects when Meta cannot be reached, so that it can be tried again", async () => {
    const here = world();
    here.meta.fault({ kind: "connection_dropped", times: 3 });
    expect((await failureOf(here.channel.line(here.connection, here.context).disconnect())).code).toBe("provider_unavailable");
  });
});

describe("checking", () => {
  it("tells that the connection is alive, with fresh details and what was known before", async () => {
    const { channel, connection, context } = world();
    const report = await channel.line(connection, context).check();
    expect(report).toMatchObject({
      signals: [{ type: "alive", at: 1_780_000_000_000, epoch: 3 }],
      details: { ...connection.details, verifiedName: "Acme Shop", status: "CONNECTED" },
      warnings: [{ code: "messages_not_subscribed" }],
    });
    expect(report.details).not.toHaveProperty("tokenExpiresAt");
  });

  it("tells each refusal as a signal", async () => {
    const { meta, channel, connection, context, token } = world();
    const codeNow = async (): Promise<unknown> => (await channel.line(connection, context).check()).signals;
    meta.dropScope(token, "whatsapp_business_messaging");
    expect(await codeNow()).toEqual([{ type: "failed", code: "scope_missing", at: 1_780_000_000_000, epoch: 3 }]);
    meta.expireToken(token, 467);
    expect(await codeNow()).toMatchObject([{ type: "failed", code: "token_expired" }]);
    const stranger = { ...context, secret: { accessToken: meta.addToken({ appId: meta.addApp().id }) } };
    expect((await channel.line(connection, stranger).check()).signals).toMatchObject([{ type: "failed", code: "app_mismatch" }]);
  });

  it("tells a ban, a restriction, and that a restriction it had found is over", async () => {
    const here = world({ state: "connected", since: 1, restriction: { reason: "number_restricted" } });
    const { meta, channel, connection, context } = here;
    const withStatus = async (status?: string): Promise<unknown> => {
      const { id } = meta.addNumber({ wabaId: connection.details.wabaId, ...(status && { status }) });
      return (await channel.line({ ...connection, details: { ...connection.details, phoneNumberId: id } }, context).check()).signals;
    };
    expect(await withStatus("BANNED")).toMatchObject([{ type: "failed", code: "banned" }]);
    expect(await withStatus("RESTRICTED")).toMatchObject([{ type: "alive" }, { type: "restricted", reason: "number_restricted" }]);
    expect(await withStatus()).toMatchObject([{ type: "alive" }, { type: "unrestricted" }]);
  });

  it("clears a restriction that a webhook told of and Meta no longer says, and keeps one that it still says", async () => {
    const reason = "restricted_biz_initiated_messaging";
    const here = world({ state: "connected", since: 1, restriction: { reason } });
    const { meta, channel, connection, context } = here;
    const withFields = async (fields: Readonly<Record<string, unknown>>): Promise<unknown> => {
      const { id } = meta.addNumber({ wabaId: connection.details.wabaId, fields });
      return (await channel.line({ ...connection, details: { ...connection.details, phoneNumberId: id } }, context).check()).signals;
    };
    expect(await withFields({})).toMatchObject([{ type: "alive" }, { type: "unrestricted" }]);
    expect(await withFields({ health_status: { can_send_message: "LIMITED" } })).toEqual([expect.objectContaining({ type: "alive" })]);
    expect(await withFields({ health_status: { can_send_message: "BLOCKED" } })).toEqual([expect.objectContaining({ type: "alive" })]);
    expect(await withFields({ status: "RESTRICTED" })).toEqual([expect.objectContaining({ type: "alive" })]);
    expect(await withFields({ health_status: undefined })).toMatchObject([{ type: "alive" }, { type: "unrestricted" }]);
  });

  it("keeps a restriction where Meta does not tell what limits the number, and is no failure for it", async () => {
    const { meta, channel, connection, context } = world({ state: "connected", since: 1, restriction: { reason: "spam" } });
    const fetch: typeof context.fetch = async (address, init) => {
      const request = new Request(address, init);
      if (!new URL(request.url).searchParams.get("fields")?.includes("health_status")) return meta.fetch(request);
      return Response.json({ error: { message: "(#200) Permissions error", code: 200 } }, { status: 403 });
    };
    expect((await channel.line(connection, { ...context, fetch }).check()).signals).toEqual([expect.objectContaining({ type: "alive" })]);
  });

  it("keeps the announcement that the account will be closed, of which the number says nothing", async () => {
    const restriction = { reason: "scheduled_for_disable" };
    const { channel, connection, context } = world({ state: "connected", since: 1, restriction });
    expect((await channel.line(connection, context).check()).signals).toEqual([expect.objectContaining({ type: "alive" })]);
  });

  it("rejects when Meta cannot be reached or limits the rate", async () => {
    const { meta, channel, connection, context } = world();
    meta.fault({ kind: "connection_dropped", times: 3 });
    expect((await failureOf(channel.line(connection, context).check())).code).toBe("provider_unavailable");
    meta.fault({ kind: "rate_limited", operation: "GET /{Phone-Number-ID}", waitMs: 120_000 });
    expect(await failureOf(channel.line(connection, context).check())).toMatchObject({ code: "rate_limited", retryAfterMs: 120_000 });
  });

  it("asks without a field that this version of the Graph API does not have", async () => {
    const { meta, channel, connection, context } = world(undefined, { graphVersion: "v26.0" });
    const fetch: typeof context.fetch = async (address, init) => {
      const request = new Request(address, init);
      if (!new URL(request.url).searchParams.get("fields")?.includes("messaging_limit_tier")) return meta.fetch(request);
      const error = {
        message: "(#100) Tried accessing nonexisting field (messaging_limit_tier) on node type (WhatsAppBusinessPhoneNumber)",
        code: 100,
      };
      return Response.json({ error }, { status: 400 });
    };
    const { details } = await channel.line(connection, { ...context, fetch }).check();
    expect(details).toMatchObject({ messagingLimit: "TIER_250", verifiedName: "Acme Shop" });
    expect(details).not.toHaveProperty("messagingLimitTier");
  });
});

describe("the portfolio's limit", () => {
  it.each(["v21.0", "v23.0", "v24.0", "v26.0"])("costs no second call on %s, which has it or has it not", async (graphVersion) => {
    const { meta, channel, connection, context } = world(undefined, { graphVersion });
    const { details } = await channel.line(connection, context).check();
    expect(details?.messagingLimit).toBe("TIER_250");
    expect(meta.exchanges.map(({ operation, response }) => [operation, response.status])).toEqual([
      ["GET /debug_token", 200],
      ["GET /{Phone-Number-ID}", 200],
      ["GET /{Phone-Number-ID}", 200],
      ["GET /{App-ID}/subscriptions", 200],
      ["GET /{WABA-ID}/subscribed_apps", 200],
    ]);
  });
});

describe("the access token", () => {
  it("stands in the address of debug_token and in no other", async () => {
    const here = world();
    const { meta, channel, connection, context, token } = here;
    const { phoneNumberId, wabaId } = connection.details;
    const ana = meta.addContact({ phone: "+5511999990000" });
    const messageId = ana.send(phoneNumberId, { type: "text", text: { body: "Oi" } });
    const linking = { connectionId: "conn_1", workspaceId: "acme", show: async () => {}, claim: async () => {}, announce: async () => {} };
    await channel.connect({ phoneNumberId, wabaId, accessToken: token }, { ...context, ...linking });
    await channel.line(connection, context).check();
    await channel.line(connection, context).send({ id: "msg_1", to: { phone: "+5511999990000" }, content: { kind: "text", text: "Hi" } });
    await channel.line(connection, context).markRead?.({ messageId });
    await channel.line(connection, context).disconnect();
    const named = meta.exchanges.filter(({ request }) => decodeURIComponent(request.url).includes(token));
    expect(named.map(({ operation }) => operation)).toEqual(["GET /debug_token", "GET /debug_token"]);
    expect(meta.exchanges.length).toBeGreaterThan(8);
  });
});

describe("the channel", () => {
  it("says what is missing, each with its remedy", () => {
    const missing = (channel: CloudApiChannel): readonly string[] =>
      channel.settings.missing?.(channel.settings.defaults, 1_780_000_000_000) ?? [];
    expect(missing(cloudApi({ appId: "1", appSecret: "s", verifyToken: "v" }))).toEqual([]);
    expect(missing(cloudApi({ appSecret: " ", verifyToken: [""] }))).toEqual([
      expect.stringContaining("every webhook is refused: set it"),
      expect.stringContaining("choose one, set it here and paste it into the Meta app"),
      expect.stringContaining("App ID under Settings"),
    ]);
  });

  it("trims its options and refuses those that cannot work", () => {
    expect(cloudApi({ appId: " 12 ", appSecret: [" a ", "b"], verifyToken: " v " }).settings.defaults).toEqual({
      appId: "12",
      appSecret: ["a", "b"],
      verifyToken: ["v"],
      graphVersion: cloudApi().settings.defaults.graphVersion,
    });
    const refusal = (options: Parameters<typeof cloudApi>[0]): string => {
      try {
        cloudApi(options);
        return "accepted";
      } catch (error) {
        return isWadeskError(error, "configuration_invalid") ? error.message : String(error);
      }
    };
    expect(refusal({ graphVersion: "v24.0", graphUrl: "http://127.0.0.1:9/meta/" })).toBe("accepted");
    expect(refusal({ graphVersion: "23" })).toContain('must look like "v23.0"');
    expect(refusal({ appId: "my-app" })).toContain("appId must be the digits");
    expect(refusal({ graphUrl: "ftp://x" })).toContain("graphUrl must be an http(s) address");
    const token = `EAAB${"x".repeat(60)}`;
    for (const appSecret of [token, ["0a1b", ` ${token}`]]) {
      expect(refusal({ appSecret })).toContain("appSecret looks like an access token; give the App Secret");
      expect(refusal({ appSecret })).not.toContain(token);
    }
    expect(refusal({ verifyToken: "open sesame" })).toBe("accepted");
    expect(refusal({ verifyToken: "\nopen " })).toBe("accepted");
    expect(refusal({ appSecret: "words of a test" })).toBe("accepted");
    expect(refusal({ verifyToken: token })).toContain("verifyToken looks like an access token");
    expect(refusal({ timeoutMs: Number.NaN })).toContain("timeoutMs: must be a number");
    expect(refusal({ timeoutMs: -1 })).toContain("timeoutMs must be milliseconds");
  });
});
