import { createSignupHandler } from "@wadesk/cloud-api/signup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openSignup, RETURN_ADDRESS, type SignupWorld } from "./world/signup-world.ts";

let world: SignupWorld;
beforeEach(() => {
  world = openSignup();
});
afterEach(() => world.meta.close());

/** Goes through the dialog in the window that a script opens, and answers what it told and the code. */
async function throughWindow(form: readonly (readonly [string, string])[], extras = "{}") {
  const begun = await world.signup().begin({ door: "helper" });
  const page = "https://chat.example.com";
  const { configId = "" } = begun.opening.type === "helper" ? begun.opening.values : {};
  const query = {
    client_id: world.app.id,
    config_id: configId,
    response_type: "code",
    override_default_response_type: "true",
    display: "popup",
    redirect_uri: `https://www.facebook.com/x/connect/xd_arbiter/#${new URLSearchParams({ cb: "f1", origin: page })}`,
    extras,
  };
  const url = `https://www.facebook.com/v23.0/dialog/oauth?${new URLSearchParams(query)}`;
  const body = new URLSearchParams([["act", "accept"], ...form.map((each) => [...each])]).toString();
  const answer = await (await world.meta.fetch(new Request(url, { method: "POST", body }))).text();
  return { ...begun, code: /code=(AQ\w+)/.exec(answer)?.[1] ?? "", page: answer };
}

const calls = (part: string): readonly unknown[] =>
  world.meta.exchanges.filter(({ operation }) => operation.includes(part)).map(({ request }) => request.body);
const checks = (attempt: { readonly checks: readonly { readonly name: string; readonly state: string }[] }): readonly string[] =>
  attempt.checks.map(({ name, state }) => `${name} ${state}`);

function account() {
  const waba = world.meta.addWaba();
  const number = world.meta.addNumber({ wabaId: waba.id, verifiedName: "Shop" });
  return { ...waba, numberId: number.id };
}

it("a number that was chosen and is not of the account any more is told of, and nothing is called done", async () => {
  const { id: wabaId } = world.meta.addWaba();
  const [first] = [world.meta.addNumber({ wabaId }), world.meta.addNumber({ wabaId })];
  const { id, state, opening } = await world.signup().begin();
  const back = await world.press(opening.type === "url" ? opening.url : "", [wabaId]);
  await world.signup().finish(state, back.searchParams.get("code") ?? "");
  const { fetch } = world.meta;
  vi.spyOn(world.meta, "fetch").mockImplementation(async (request) => {
    const answer = await fetch(request);
    if (!new URL(request.url).pathname.endsWith("/phone_numbers")) return answer;
    const { data, ...rest } = (await answer.json()) as { data: readonly { id: string }[] };
    return Response.json({ ...rest, data: data.filter((number) => number.id !== first.id) });
  });
  const going = world.signup().resume(id, { type: "choose_numbers", numbers: [first.id] });
  await expect(going).rejects.toMatchObject({ code: "number_mismatch" });
  expect((await world.signup().read(id)).at).not.toBe("done");
});

describe("a catalog that was chosen in the dialog", () => {
  it("is linked to the account once, also where its answer was lost", async () => {
    const { id, businessId } = account();
    const catalog = world.meta.addCatalog({ businessId });
    const {
      state,
      code,
      id: attempt,
    } = await throughWindow([
      ["wabaId", id],
      ["catalogId", catalog.id],
    ]);
    world.meta.fault({ kind: "answer_lost", operation: "POST /{WABA-ID}/product_catalogs", times: 3 });
    await expect(world.signup().finish(state, code, { catalogId: catalog.id })).rejects.toMatchObject({ code: "provider_unavailable" });
    const done = await world.signup().resume(attempt);
    expect([done.at, checks(done).includes("catalog passed")]).toEqual(["done", true]);
    expect(calls("POST /{WABA-ID}/product_catalogs")).toHaveLength(3);
  });

  it("keeps no number from being connected where Meta refuses it, and the check says so", async () => {
    const { id, businessId } = account();
    const [chosen, other] = [world.meta.addCatalog({ businessId }), world.meta.addCatalog({ businessId })];
    const first = await throughWindow([
      ["wabaId", id],
      ["catalogId", chosen.id],
    ]);
    // a browser may say anything
    const done = await world.signup().finish(first.state, first.code, { catalogId: other.id });
    expect([done.at, done.numbers[0]?.state, checks(done).includes("catalog failed")]).toEqual(["done", "connected", true]);
  });

  it("is asked for only where one was", async () => {
    const { id } = account();
    const { state, code } = await throughWindow([["wabaId", id]]);
    await world.signup().finish(state, code);
    expect(calls("product_catalogs")).toEqual([]);
  });
});

describe("a token that names no account", () => {
  beforeEach(async () => {
    await world.meta.close();
    world = openSignup({ unnamedAccounts: true });
  });

  it("is connected by the accounts of the business that it names", async () => {
    const { id } = account();
    const { state, code } = await throughWindow([["wabaId", id]]);
    expect((await world.signup().finish(state, code)).numbers).toMatchObject([
      { label: expect.stringContaining("Shop"), state: "connected" },
    ]);
    expect(calls("owned_whatsapp_business_accounts")).toHaveLength(1);
  });

  it("is connected by an account that was shared with it, where the dialog named both", async () => {
    const other = world.meta.addBusiness();
    const { id: wabaId } = world.meta.addWaba({ sharedWith: [other.id] });
    world.meta.addNumber({ wabaId, verifiedName: "Shared" });
    const { state, code } = await throughWindow([["wabaId", wabaId]]);
    const done = await world.signup().finish(state, code, { businessId: other.id });
    expect(done.numbers).toMatchObject([{ label: expect.stringContaining("Shared"), state: "connected" }]);
    expect(calls("client_whatsapp_business_accounts").length).toBeGreaterThan(0);
  });
});

describe("overrideCallback", () => {
  it("leads the account's messages here, after the app was subscribed and for good", async () => {
    await world.meta.close();
    world = openSignup({ overrideCallback: true });
    const { id } = account();
    const { state, code } = await throughWindow([["wabaId", id]]);
    const done = await world.signup().finish(state, code);
    expect([done.numbers[0]?.failure, checks(done).at(-1)]).toEqual([undefined, "callback passed"]);
    const bodies = calls("POST /{WABA-ID}/subscribed_apps") as readonly { readonly override_callback_uri?: string }[];
    expect(bodies.at(-1)?.override_callback_uri).toBe("https://chat.example.com/webhooks/whatsapp/inbound");
  });

  it("lasts when a number of the account is given another token, or signs up once more", async () => {
    await world.meta.close();
    world = openSignup({ overrideCallback: true });
    const { id, numberId } = account();
    const bodies = () => calls("POST /{WABA-ID}/subscribed_apps") as readonly { readonly override_callback_uri?: string }[];
    const first = await throughWindow([["wabaId", id]]);
    const [connected] = (await world.signup().finish(first.state, first.code)).numbers;
    const before = bodies().length;
    const accessToken = world.meta.addToken({ appId: world.app.id, wabaIds: [id] });
    const given = { phoneNumberId: numberId, wabaId: id, accessToken, override: false };
    await world.wadesk.workspace("acme").reconnect(connected?.connectionId ?? "", "cloud-api", given);
    world.meta.addNumber({ wabaId: id, verifiedName: "Second" });
    const second = await throughWindow([["wabaId", id]]);
    await world.answerAll(await world.signup().finish(second.state, second.code));
    // led here at every moment: nobody's message went elsewhere meanwhile
    expect(
      bodies()
        .slice(before)
        .filter(({ override_callback_uri: to }) => to === undefined),
    ).toEqual([]);
  });

  it.each([
    ["publicUrl", { publicUrl: undefined }],
    ["verifyToken", { verifyToken: undefined }],
  ])("without %s is named before the dialog is opened, and not once it is through", async (missing, change) => {
    await world.meta.close();
    world = openSignup({ overrideCallback: true, ...change });
    const begun = world.signup().begin({ door: "helper" });
    await expect(begun).rejects.toMatchObject({ code: "configuration_invalid", message: expect.stringContaining(missing) });
  });

  it("that Meta refuses stands at the number, which stays connected, and is tried again", async () => {
    await world.meta.close();
    world = openSignup({ overrideCallback: true });
    const { id } = account();
    const { state, code, id: attempt } = await throughWindow([["wabaId", id]]);
    world.answersChallenges(false);
    const done = await world.signup().finish(state, code);
    expect(done.numbers).toMatchObject([{ state: "connected", failure: { code: "provider_refused" } }]);
    world.answersChallenges(true);
    expect((await world.signup().resume(attempt)).numbers[0]?.failure).toBeUndefined();
  });
});

describe("prefill", () => {
  it("comes from the host, by who begins, and never from the browser", async () => {
    const handler = createSignupHandler(world.wadesk, {
      authorize: () => ({ workspaceId: "acme", userId: "ana", role: "admin" }),
      page: "/p",
      prefill: ({ workspaceId }) => ({ business: { name: `${workspaceId} Ltd` } }),
    });
    const begin = async (body: object) => {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      return (await (await handler(new Request(`${RETURN_ADDRESS}/begin`, init))).json()) as {
        opening: { values: { extras: string }; url: string };
      };
    };
    const setup = { business: { name: "acme Ltd" } };
    const { opening } = await begin({ door: "helper", prefill: { preVerifiedPhone: { ids: ["1"] } }, features: ["coexistence"] });
    expect(JSON.parse(opening.values.extras)).toEqual({ featureType: "whatsapp_business_app_onboarding", sessionInfoVersion: "3", setup });
    const { opening: byAddress } = await begin({});
    expect(JSON.parse(new URL(byAddress.url).searchParams.get("extras") ?? "")).toEqual({ setup });
  });
});
