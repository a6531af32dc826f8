import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../testing/open-world.ts";

const PAGE = "https://chat.example.com";
const DIALOG = "https://www.facebook.com";

function windowOf(
  { app }: World,
  change: Readonly<Record<string, string>> = {},
  lists: { readonly domains?: readonly string[]; readonly redirectUris?: readonly string[] } = {},
) {
  const { id } = app.addConfiguration({ redirectUris: [`${PAGE}/connect`], domains: [PAGE], ...lists });
  const query = {
    client_id: app.id,
    config_id: id,
    response_type: "code",
    override_default_response_type: "true",
    display: "popup",
    redirect_uri: `${DIALOG}/x/connect/xd_arbiter/#${new URLSearchParams({ cb: "f1", origin: PAGE })}`,
    ...change,
  };
  return `${DIALOG}/v26.0/dialog/oauth?${new URLSearchParams(query)}`;
}

/** What the last page of the window posts: the word to the page, and the answer to the script. */
async function ended(world: World, form: Readonly<Record<string, string>>, url = windowOf(world)) {
  const answer = await world.meta.fetch(new Request(url, { method: "POST", body: new URLSearchParams(form).toString() }));
  const [, parts = "{}"] = /const parts = (\{.*\});/.exec(await answer.text()) ?? [];
  const {
    message,
    answer: said,
    origin,
  } = JSON.parse(parts) as { readonly message?: string; readonly answer?: string; readonly origin?: string };
  return { status: answer.status, origin, word: message === undefined ? undefined : JSON.parse(message), said: new URLSearchParams(said) };
}

describe("the dialog in a window that a script opened", () => {
  it("tells the page that opened it, and it alone, what was chosen, and the script the code", async () => {
    const world = await openWorld();
    const { businessId, wabaId, numberId } = world;
    const { origin, word, said } = await ended(world, { act: "accept", wabaId, phoneNumberId: numberId });
    expect([origin, said.get("cb"), said.get("code")]).toEqual([PAGE, "f1", expect.stringMatching(/^AQ/)]);
    const data = { phone_number_id: numberId, waba_id: wabaId, business_id: businessId };
    expect(word).toEqual({ type: "WA_EMBEDDED_SIGNUP", event: "FINISH", data, version: "3" });
    const extras = JSON.stringify({ featureType: "whatsapp_business_app_onboarding" });
    expect((await ended(world, { act: "accept", wabaId, phoneNumberId: numberId }, windowOf(world, { extras }))).word).toMatchObject({
      event: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING",
      data: { waba_id: wabaId },
    });
    expect((await ended(world, { act: "accept", wabaId })).word.event).toBe("FINISH_ONLY_WABA");
  });

  it("gives a code that is exchanged without a return address, and with none else", async () => {
    const world = await openWorld();
    const { said } = await ended(world, { act: "accept", wabaId: world.wabaId });
    const query = { client_id: world.app.id, client_secret: world.app.secret, code: said.get("code") ?? "" };
    const exchange = (more = {}) => world.call(`oauth/access_token?${new URLSearchParams({ ...query, ...more })}`, { as: "" });
    expect(await exchange({ redirect_uri: `${PAGE}/connect` })).toMatchObject({ status: 400, body: { error: { error_subcode: 36008 } } });
    expect((await exchange()).status).toBe(200);
  });

  it.each([
    ["CANCEL with the screen", { act: "cancel", step: "PERMISSIONS" }, { current_step: "PERMISSIONS" }],
    [
      "CANCEL with an error",
      { act: "report" },
      { error_message: expect.any(String), error_code: expect.any(String), session_id: expect.any(String) },
    ],
  ])("says %s where it is left, and gives no code", async (_what, form, data) => {
    const { word, said } = await ended(await openWorld(), form);
    expect([word.event, word.data, said.has("code")]).toEqual(["CANCEL", expect.objectContaining(data), false]);
  });

  it.each([
    ["among the allowed domains", { domains: [] }],
    ["among the return addresses", { redirectUris: ["https://other.example/connect"] }],
  ])("tells a page nothing whose domain is not %s", async (_where, lists) => {
    const world = await openWorld();
    const { status, word, said } = await ended(world, { act: "accept", wabaId: world.wabaId }, windowOf(world, {}, lists));
    expect([status, word, [...said]]).toEqual([200, undefined, []]);
  });

  it.each([
    ["an end elsewhere", { redirect_uri: `https://evil.example/x/connect/xd_arbiter/#cb=f1&origin=${PAGE}` }],
    ["no page that waits", { redirect_uri: `${DIALOG}/x/connect/xd_arbiter/#cb=f1` }],
    ["another kind of answer", { response_type: "token" }],
    ["a configuration that is not there", { config_id: "1" }],
  ])("is not opened for %s", async (_what, change) => {
    const world = await openWorld();
    expect((await world.meta.fetch(new Request(windowOf(world, change)))).status).toBe(400);
  });

  it("takes no number of another account, and no catalog that is not there", async () => {
    const world = await openWorld();
    const other = world.meta.addNumber({ wabaId: world.meta.addWaba().id });
    for (const form of [{ phoneNumberId: other.id }, { catalogId: "1" }])
      expect((await ended(world, { act: "accept", wabaId: world.wabaId, ...form } as Record<string, string>)).status).toBe(400);
  });
});

it("Meta's script is served for pages of other origins, and opens the dialog at Meta's own address", async () => {
  const { meta } = await openWorld();
  const answer = await meta.fetch(new Request("https://connect.facebook.net/en_US/sdk.js"));
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  expect(await answer.text()).toContain('const DIALOG = "https://www.facebook.com"');
});

it("a catalog is linked where the token was granted it, and an account has one", async () => {
  const { meta, call, wabaId, businessId } = await openWorld();
  const [first, second] = [meta.addCatalog({ businessId }), meta.addCatalog({ businessId })];
  const link = (id: string) => call(`${wabaId}/product_catalogs`, { json: { catalog_id: id } });
  expect((await link("77")).body.error.error_subcode).toBe(33);
  expect((await link(first.id)).body).toEqual({ success: true });
  expect((await link(first.id)).status).toBe(200);
  expect((await link(second.id)).status).toBe(400);
  expect((await call(`${wabaId}/product_catalogs`)).body.data).toMatchObject([{ id: first.id }]);
});
