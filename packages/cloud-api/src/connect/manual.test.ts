import { type LinkStep, WadeskError } from "@wadesk/core";
import type { ConnectContext, Connected } from "@wadesk/core/ports";
import { createFakeMeta, type Exchange, type FakeMeta, recordingLogger } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import { cloudApi } from "../cloud-api.ts";
import type { CloudApiDetails, CloudApiSecret } from "../details.ts";
import type { ManualInput } from "../input/manual-input.ts";
import type { CloudApiOptions, CloudApiSettings } from "../options.ts";
import { failureOf } from "../testing/failure-of.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

interface World {
  readonly meta: FakeMeta;
  readonly app: ReturnType<FakeMeta["addApp"]>;
  readonly wabaId: string;
  readonly businessId: string;
  readonly input: ManualInput;
}

function world(token: Partial<Parameters<FakeMeta["addToken"]>[0]> = {}): World {
  const meta = createFakeMeta();
  open.push(meta);
  const app = meta.addApp();
  const { id: wabaId, businessId } = meta.addWaba();
  const number = meta.addNumber({ wabaId, display: "+1 555-010-0001", verifiedName: "Acme Shop" });
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId], ...token });
  return { meta, app, wabaId, businessId, input: { phoneNumberId: number.id, wabaId, accessToken } };
}

interface Attempt {
  readonly result: Promise<Connected<CloudApiDetails, CloudApiSecret>>;
  readonly steps: LinkStep[];
  readonly claims: (string | undefined)[][];
  readonly lines: ReturnType<typeof recordingLogger>["lines"];
}

function attempt(
  { meta, app }: World,
  input: ManualInput,
  options: CloudApiOptions = {},
  context: Partial<ConnectContext<CloudApiSettings>> = {},
): Attempt {
  const channel = cloudApi({ appId: app.id, appSecret: app.secret, retryDelayMs: 0, ...options });
  const steps: LinkStep[] = [];
  const claims: (string | undefined)[][] = [];
  const { log, lines } = recordingLogger();
  const result = channel.connect(input, {
    settings: async () => channel.settings.defaults,
    publicUrl: undefined,
    fetch: (address, init) => meta.fetch(new Request(address, init)),
    now: () => 1_780_000_000_000,
    log,
    connectionId: "conn_1",
    workspaceId: "acme",
    records: { get: async () => new Map(), set: async () => {}, list: async () => ({ items: [] }), clear: async () => {} },
    show: async (step) => void steps.push(step),
    announce: async () => {},
    claim: async (...claim) => void claims.push(claim),
    signal: new AbortController().signal,
    ...context,
  });
  return { result, steps, claims, lines };
}

const shown = (steps: readonly LinkStep[]): readonly string[] =>
  steps.map((step) => (step.type === "check" ? `${step.name} ${step.state}` : step.type));
const subscribed = ({ meta }: World): readonly (readonly [string, number])[] =>
  meta.exchanges
    .filter(({ operation, request }) => operation.endsWith("subscribed_apps") && request.method !== "GET")
    .map(({ request, response }): [string, number] => [request.method, response.status]);
const calls = (meta: FakeMeta): readonly string[] => meta.exchanges.map(({ operation }: Exchange) => operation);

describe("connecting a number with pasted credentials", () => {
  it("checks in order, visibly, claims the number, subscribes last, and knows the number afterwards", async () => {
    const here = world();
    const { result, steps, claims } = attempt(here, here.input);
    expect(await result).toEqual({
      route: `cloud-api:${here.input.phoneNumberId}`,
      account: `cloud-api:${here.wabaId}`,
      speaker: `cloud-api:app:${here.app.id}`,
      phone: "+15550100001",
      defaultLabel: "Acme Shop",
      facts: {
        quality: "high",
        messagingLimit: 250,
        tokenExpiresAt: "never",
        mode: "live",
        account: `${here.wabaId.slice(0, 4)}…${here.wabaId.slice(-4)}`,
        given: { phoneNumberId: here.input.phoneNumberId, wabaId: here.wabaId, businessId: here.businessId },
        accountOrigin: "own",
      },
      details: {
        phoneNumberId: here.input.phoneNumberId,
        wabaId: here.wabaId,
        businessId: here.businessId,
        appId: here.app.id,
        verifiedName: "Acme Shop",
        displayPhoneNumber: "+1 555-010-0001",
        qualityRating: "GREEN",
        messagingLimit: "TIER_250",
        messagingLimitTier: "TIER_250",
        codeVerificationStatus: "VERIFIED",
        nameStatus: "APPROVED",
        platformType: "CLOUD_API",
        status: "CONNECTED",
        throughput: "STANDARD",
        accountMode: "LIVE",
        officialBusinessAccount: false,
      },
      secret: { accessToken: here.input.accessToken },
      warnings: [],
    });
    expect(shown(steps)).toEqual(
      ["access_token", "phone_number", "number_details", "business", "webhooks"].flatMap((name) => [`${name} running`, `${name} passed`]),
    );
    expect(claims).toEqual([[`cloud-api:${here.input.phoneNumberId}`, `cloud-api:${here.wabaId}`]]);
    expect(subscribed(here)).toEqual([["POST", 200]]);
    expect(calls(here.meta).at(-1)).toBe("POST /{WABA-ID}/subscribed_apps");
  });

  it("asks about the token as the app where both are configured, else as the token itself, and never in a way that leaks it", async () => {
    const here = world();
    await attempt(here, here.input).result;
    await attempt(here, here.input, { appId: undefined, appSecret: undefined }).result;
    await attempt(here, here.input, { appSecret: ["rotated-away", here.app.secret] }).result;
    const asked = here.meta.exchanges.filter(({ operation }) => operation === "GET /debug_token");
    expect(asked.map(({ request }) => request.headers.authorization)).toEqual([
      `Bearer ${here.app.token}`,
      `Bearer ${here.input.accessToken}`,
      `Bearer ${here.app.id}|rotated-away`,
      `Bearer ${here.app.token}`,
    ]);
  });

  it("takes a given business id as it is, and finds a number on a later page", async () => {
    const here = world();
    for (let index = 0; index < 120; index++) here.meta.addNumber({ wabaId: here.wabaId });
    const { result, steps } = attempt(here, { ...here.input, businessId: "42" });
    expect((await result).details.businessId).toBe("42");
    expect(shown(steps)).not.toContain("business running");
    expect(calls(here.meta).filter((call) => call === "GET /{WABA-ID}/phone_numbers")).toHaveLength(2);
  });

  it("accepts a token that expires, and tells its end, of which core warns", async () => {
    const here = world({ expiresAt: Date.now() + 86_400_000 });
    const { details, facts, warnings } = await attempt(here, here.input).result;
    expect(details.tokenExpiresAt).toBeGreaterThan(Date.now());
    expect([facts?.tokenExpiresAt, warnings]).toEqual([details.tokenExpiresAt, []]);
  });

  it("accepts a token that may use every account", async () => {
    const meta = createFakeMeta();
    open.push(meta);
    const app = meta.addApp();
    const { id: wabaId, businessId } = meta.addWaba();
    const number = meta.addNumber({ wabaId, registered: false });
    const here: World = {
      meta,
      app,
      wabaId,
      businessId,
      input: { phoneNumberId: number.id, wabaId, accessToken: meta.addToken({ appId: app.id }) },
    };
    const { warnings } = await attempt(here, here.input).result;
    expect(warnings).toMatchObject([{ code: "number_not_registered", text: expect.stringContaining("not registered") }]);
  });
});

describe("what is refused, with nothing left at Meta", () => {
  const refused = async (here: World, input: ManualInput, options?: CloudApiOptions): Promise<{ error: WadeskError; attempt: Attempt }> => {
    await attempt(here, here.input).result;
    await here.meta.fetch(
      new Request(`https://graph.facebook.com/v23.0/${here.wabaId}/subscribed_apps`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${here.input.accessToken}` },
      }),
    );
    const before = subscribed(here).length;
    const tried = attempt(here, input, options);
    const error = await failureOf(tried.result);
    expect(subscribed(here)).toHaveLength(before);
    expect(tried.claims).toEqual([]);
    expect(tried.steps.at(-1)).toMatchObject({ state: "failed", detail: error.message });
    return { error, attempt: tried };
  };

  it("a token that Meta does not know", async () => {
    const here = world();
    const { error } = await refused(here, { ...here.input, accessToken: "EAAnothing" });
    expect([error.code, error.message]).toEqual(["credentials_rejected", expect.stringContaining("copy it again")]);
    const { error: alone } = await refused(world(), { ...here.input, accessToken: "EAAnothing" }, { appId: undefined });
    expect(alone.code).toBe("credentials_rejected");
  });

  it("a token that has ended", async () => {
    const here = world();
    const ended = here.meta.addToken({ appId: here.app.id, wabaIds: [here.wabaId], expiresAt: 1_000 });
    const { error } = await refused(here, { ...here.input, accessToken: ended });
    expect(error).toMatchObject({ code: "token_expired", vendor: { vendor: "meta", code: 190, subcode: 463 } });
    const { error: alone } = await refused(here, { ...here.input, accessToken: ended }, { appId: undefined });
    expect(alone.code).toBe("token_expired");
  });

  it("a token of another app", async () => {
    const here = world();
    const other = here.meta.addApp();
    const accessToken = here.meta.addToken({ appId: other.id, wabaIds: [here.wabaId] });
    const { error } = await refused(here, { ...here.input, accessToken });
    expect([error.code, error.message]).toEqual(["app_mismatch", expect.stringContaining(`generate it for app ${here.app.id}`)]);
  });

  it.each(["whatsapp_business_management", "whatsapp_business_messaging"])("a token without %s, with the fix", async (scope) => {
    const here = world();
    const accessToken = here.meta.addToken({ appId: here.app.id, wabaIds: [here.wabaId] });
    here.meta.dropScope(accessToken, scope);
    const { error } = await refused(here, { ...here.input, accessToken });
    expect(error.code).toBe("scope_missing");
    expect(error.message).toContain(`the token lacks ${scope}: generate a System User token with both WhatsApp scopes`);
  });

  it("a token for another account", async () => {
    const here = world();
    const accessToken = here.meta.addToken({ appId: here.app.id, wabaIds: [here.meta.addWaba().id] });
    const { error } = await refused(here, { ...here.input, accessToken });
    expect([error.code, error.message]).toEqual(["scope_missing", expect.stringContaining("check the WABA ID")]);
  });

  it("a number of another account, and a number that is banned", async () => {
    const here = world();
    const { error } = await refused(here, { ...here.input, phoneNumberId: here.meta.addNumber({ wabaId: here.meta.addWaba().id }).id });
    expect([error.code, error.message]).toEqual(["number_mismatch", expect.stringContaining("copy both from WhatsApp → API Setup")]);
    const banned = here.meta.addNumber({ wabaId: here.wabaId, status: "BANNED" });
    expect((await refused(here, { ...here.input, phoneNumberId: banned.id })).error.code).toBe("banned");
  });

  it("a number that somebody else has, before anything is changed", async () => {
    const here = world();
    const { result } = attempt(here, here.input, {}, { claim: async () => Promise.reject(new WadeskError("number_in_use")) });
    expect((await failureOf(result)).code).toBe("number_in_use");
    expect(subscribed(here)).toEqual([]);
  });
});

describe("a subscription that fails half-way", () => {
  it("is undone when Meta's answer is lost for good", async () => {
    const here = world();
    here.meta.fault({ kind: "answer_lost", operation: "POST /{WABA-ID}/subscribed_apps", times: 3 });
    expect((await failureOf(attempt(here, here.input).result)).code).toBe("provider_unavailable");
    expect(subscribed(here).map(([method]) => method)).toEqual(["POST", "POST", "POST", "DELETE"]);
  });

  it("is repeated when Meta stumbles, and goes through", async () => {
    const here = world();
    here.meta.fault({ kind: "server_error", operation: "POST /{WABA-ID}/subscribed_apps", times: 2 });
    await attempt(here, here.input).result;
    expect(subscribed(here).map(([, status]) => status)).toEqual([500, 500, 200]);
  });

  it("is undone when its step cannot be stored, or the person cancelled, but not where it stood before", async () => {
    const passed = (step: LinkStep): boolean => step.type === "check" && step.name === "webhooks" && step.state === "passed";
    const here = world();
    const show = async (step: LinkStep): Promise<void> =>
      passed(step) ? Promise.reject(new WadeskError("storage_unavailable")) : undefined;
    expect((await failureOf(attempt(here, here.input, {}, { show }).result)).code).toBe("storage_unavailable");
    expect(subscribed(here).map(([method]) => method)).toEqual(["POST", "DELETE"]);
    const cancel = new AbortController();
    const cancelling = async (step: LinkStep): Promise<void> => (passed(step) ? cancel.abort() : undefined);
    expect((await failureOf(attempt(here, here.input, {}, { show: cancelling, signal: cancel.signal }).result)).code).toBe(
      "linking_cancelled",
    );
    expect(subscribed(here).map(([method]) => method)).toEqual(["POST", "DELETE", "POST", "DELETE"]);
    await attempt(here, here.input).result;
    expect((await failureOf(attempt(here, here.input, {}, { show }).result)).code).toBe("storage_unavailable");
    expect(
      subscribed(here)
        .map(([method]) => method)
        .slice(4),
    ).toEqual(["POST", "POST"]);
  });
});
