import type { CloudApiDetails } from "@wadesk/cloud-api";
import { isWadeskError, type LinkStep, type WadeskError } from "@wadesk/core";
import type { CallFault, OperationName } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";
import { subscribedApps } from "./world/subscribed-apps.ts";

const STEPS = ["access_token", "phone_number", "number_details", "business", "webhooks"] as const;
const shown = (steps: readonly LinkStep[]): readonly string[] =>
  steps.map((step) => (step.type === "check" ? `${step.name} ${step.state}` : step.type));

/** Nothing of a connection that was never made: not at Meta, not in the storage, not on the list, not in the health of others. */
async function expectNothingLeft({ meta, app, account, storage, wadesk }: World, connectionId: string): Promise<void> {
  expect(await subscribedApps(meta, app, account.wabaId)).toEqual([]);
  expect((await storage.records.scan("")).items).toEqual([]);
  for (const route of [`cloud-api:${account.numberId}`, `pending:${connectionId}`]) {
    expect(await storage.connections.byRoute(route)).toBeUndefined();
  }
  expect((await wadesk.workspace("acme").list()).counts.all).toBe(0);
}

async function refusalOf(world: World, input: Partial<World["account"]["input"]>): Promise<WadeskError> {
  const linking = world.wadesk.workspace("acme").connect("cloud-api", { ...world.account.input, ...input });
  const refusal = await outcomeOf(() => linking);
  if (!isWadeskError(refusal)) throw new Error("it was not refused", { cause: refusal });
  await expectNothingLeft(world, linking.connectionId);
  const accepted = await world.wadesk.workspace("acme").connect("cloud-api", world.account.input);
  expect(accepted.status.state).toBe("connected");
  return refusal;
}

describe("connecting with pasted credentials", () => {
  it("shows each step as it is made, to whoever iterates and to another process, and knows the number afterwards", async () => {
    const { wadesk, account, meta, app, storage } = await openWorld();
    const acme = wadesk.workspace("acme");
    const steps: LinkStep[] = [];
    const live: LinkStep[] = [];
    wadesk.on("connection.step", ({ step }) => void live.push(step));
    const linking = acme.connect("cloud-api", { ...account.input, label: "Front desk" });
    for await (const step of linking) steps.push(step);
    const connection = await linking;
    expect(shown(steps)).toEqual([...STEPS.flatMap((name) => [`${name} running`, `${name} passed`]), "ready"]);
    expect([live, await acme.steps(connection.id)]).toEqual([steps, steps]);
    const details: CloudApiDetails = connection.details;
    expect(details).toMatchObject({ verifiedName: "Acme Shop", qualityRating: "GREEN", businessId: account.businessId, appId: app.id });
    expect(connection).toMatchObject({ id: linking.connectionId, label: "Front desk", region: "US", warnings: [] });
    const { wabaId } = account;
    expect(connection.facts).toEqual({
      quality: "high",
      messagingLimit: 250,
      tokenExpiresAt: "never",
      mode: "live",
      account: `${wabaId.slice(0, 4)}…${wabaId.slice(-4)}`,
      given: { phoneNumberId: account.numberId, wabaId, businessId: account.businessId },
      accountOrigin: "own",
    });
    expect((await acme.get(connection.id)).facts).toEqual(connection.facts);
    expect(await subscribedApps(meta, app, account.wabaId)).toEqual([app.id]);
    expect((await storage.connections.byRoute(`cloud-api:${account.numberId}`))?.id).toBe(connection.id);
  });

  it("leaves nothing when it is cancelled while Meta is asked", async () => {
    const world = await openWorld();
    const acme = world.wadesk.workspace("acme");
    const linking = acme.connect("cloud-api", world.account.input);
    for await (const step of linking) {
      if (step.type === "check" && step.name === "webhooks") break;
    }
    await linking.cancel();
    expect(await outcomeOf(() => linking)).toMatchObject({ code: "linking_cancelled" });
    await expectNothingLeft(world, linking.connectionId);
  });
});

const FAILURES: readonly [step: (typeof STEPS)[number], operation: OperationName, fault: CallFault, code: string][] = [
  ["access_token", "GET /debug_token", { kind: "server_error" }, "provider_unavailable"],
  ["access_token", "GET /debug_token", { kind: "answer_lost" }, "provider_unavailable"],
  ["phone_number", "GET /{WABA-ID}/phone_numbers", { kind: "rate_limited", waitMs: 120_000 }, "rate_limited"],
  ["number_details", "GET /{Phone-Number-ID}", { kind: "missing_scope" }, "scope_missing"],
  ["number_details", "GET /{Phone-Number-ID}", { kind: "connection_dropped" }, "provider_unavailable"],
  ["webhooks", "POST /{WABA-ID}/subscribed_apps", { kind: "refused", code: 200, status: 403 }, "scope_missing"],
  ["webhooks", "POST /{WABA-ID}/subscribed_apps", { kind: "expired_token" }, "token_expired"],
  ["webhooks", "POST /{WABA-ID}/subscribed_apps", { kind: "answer_lost" }, "provider_unavailable"],
  ["webhooks", "POST /{WABA-ID}/subscribed_apps", { kind: "server_error", envelope: false, status: 502 }, "provider_unavailable"],
];

describe("a connect that fails at", () => {
  it.each(FAILURES)("%s (%s: %j) says %s, leaves nothing behind, and can be made again", async (name, operation, fault, code) => {
    const world = await openWorld();
    const acme = world.wadesk.workspace("acme");
    const striking = world.meta.fault({ ...fault, operation, times: 10 });
    const linking = acme.connect("cloud-api", world.account.input);
    const steps: LinkStep[] = [];
    const refusal = await outcomeOf(async () => {
      for await (const step of linking) steps.push(step);
    });
    striking.end();
    expect(refusal).toMatchObject({ code });
    expect(shown(steps).at(-1)).toBe(`${name} failed`);
    expect(steps.at(-1)).toMatchObject({ detail: (refusal as Error).message });
    if (code === "rate_limited") expect(refusal).toMatchObject({ retryAfterMs: 120_000, remedy: "wait" });
    await expectNothingLeft(world, linking.connectionId);
    expect((await acme.connect("cloud-api", world.account.input)).status.state).toBe("connected");
  });

  it("a business that the token may not see goes on without it", async () => {
    const { meta, wadesk, account } = await openWorld();
    meta.fault({ kind: "missing_scope", operation: "GET /{WABA-ID}" });
    const connection = await wadesk.workspace("acme").connect("cloud-api", account.input);
    expect(connection.status.state).toBe("connected");
    expect(connection.details.businessId).toBeUndefined();
  });
});

describe("credentials that do not fit are refused with what to do about it:", () => {
  it("a number of another account", async () => {
    const world = await openWorld();
    const stranger = world.meta.addNumber({ wabaId: world.meta.addWaba().id });
    const { code, message } = await refusalOf(world, { phoneNumberId: stranger.id });
    expect([code, message]).toEqual(["number_mismatch", expect.stringContaining("copy both from WhatsApp → API Setup")]);
  });

  it("a token of another app", async () => {
    const world = await openWorld();
    const accessToken = world.meta.addToken({ appId: world.meta.addApp().id, wabaIds: [world.account.wabaId] });
    const { code, message, remedy } = await refusalOf(world, { accessToken });
    expect([code, message, remedy]).toEqual(["app_mismatch", expect.stringContaining(`generate it for app ${world.app.id}`), "reconnect"]);
  });

  it.each(["whatsapp_business_management", "whatsapp_business_messaging"])("a token without %s", async (scope) => {
    const world = await openWorld();
    const accessToken = world.meta.addToken({ appId: world.app.id, wabaIds: [world.account.wabaId] });
    world.meta.dropScope(accessToken, scope);
    const { code, message } = await refusalOf(world, { accessToken });
    expect(code).toBe("scope_missing");
    expect(message).toContain(`lacks ${scope}: generate a System User token with both WhatsApp scopes`);
  });

  it("a token that was granted another account", async () => {
    const world = await openWorld();
    const accessToken = world.meta.addToken({ appId: world.app.id, wabaIds: [world.meta.addWaba().id] });
    const { code, message } = await refusalOf(world, { accessToken });
    expect([code, message]).toEqual(["scope_missing", expect.stringContaining("check the WABA ID")]);
  });

  it("a token that has ended, and one that never was", async () => {
    const world = await openWorld();
    const ended = world.meta.addToken({ appId: world.app.id, wabaIds: [world.account.wabaId] });
    world.meta.expireToken(ended);
    expect((await refusalOf(world, { accessToken: ended })).code).toBe("token_expired");
    const other = await openWorld();
    expect((await refusalOf(other, { accessToken: "EAAnever0was0given" })).code).toBe("credentials_rejected");
  });

  it.each([
    ["phoneNumberId", "+1 555-010-0001", "looks_like_phone", "this looks like the phone number"],
    ["wabaId", "", "required", "is missing"],
    ["accessToken", "Bearer EAAsomething", "bearer_prefix", 'without "Bearer"'],
  ] as const)("a %s of %j, before Meta is asked", async (field, value, problem, sentence) => {
    const world = await openWorld();
    const { code, issues } = await refusalOf(world, { [field]: value });
    expect([code, issues]).toEqual(["input_invalid", [{ field, code: problem, message: expect.stringContaining(sentence) }]]);
  });

  it("but a token that expires is taken, with its end and a warning on the connection", async () => {
    const { meta, app, wadesk, account } = await openWorld();
    const expiresAt = Math.ceil(Date.now() / 1000) * 1000 + 3_600_000;
    const accessToken = meta.addToken({ appId: app.id, wabaIds: [account.wabaId], expiresAt });
    const { details, warnings, status } = await wadesk.workspace("acme").connect("cloud-api", { ...account.input, accessToken });
    expect([status.state, details.tokenExpiresAt]).toEqual(["connected", expiresAt]);
    const text = expect.stringMatching(/expires on \d{4}-\d\d-\d\d .*reconnect with one that does not expire/);
    expect(warnings).toEqual([{ code: "token_expires", values: { at: expiresAt }, text }]);
  });
});
