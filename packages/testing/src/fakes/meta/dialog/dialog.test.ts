import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../testing/open-world.ts";

const BACK = "https://chat.example.com/connect/wa-store/waba";

function dialogOf({ app }: World, change: Readonly<Record<string, string>> = {}) {
  const { id } = app.addConfiguration({ redirectUris: [BACK], tokenLifeMs: 60 * 86_400_000 });
  const query = { client_id: app.id, config_id: id, response_type: "code", override_default_response_type: "true", redirect_uri: BACK };
  return `https://www.facebook.com/v26.0/dialog/oauth?${new URLSearchParams({ ...query, state: "s 1", extras: "{}", ...change })}`;
}

async function press(world: World, url: string, form: readonly (readonly [string, string])[]): Promise<URL> {
  const answer = await world.meta.fetch(
    new Request(url, { method: "POST", body: new URLSearchParams(form.map((each) => [...each])).toString() }),
  );
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get("location") ?? "");
}

const exchange = (world: World, code: string | null, change: Readonly<Record<string, string>> = {}) => {
  const query = { client_id: world.app.id, client_secret: world.app.secret, code: code ?? "", redirect_uri: BACK, ...change };
  return world.call(`oauth/access_token?${new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "none"))}`, { as: "" });
};

describe("the dialog of Embedded Signup", () => {
  it("shows the accounts, and comes back with a code that becomes a token for what was chosen, and with the state as it was", async () => {
    const world = await openWorld();
    const url = dialogOf(world);
    expect(await (await world.meta.fetch(new Request(url))).text()).toContain(`value="${world.wabaId}"`);
    const other = world.meta.addWaba().id;
    const back = await press(world, url, [
      ["act", "accept"],
      ["wabaId", other],
      ["wabaId", world.wabaId],
    ]);
    expect([back.origin + back.pathname, back.searchParams.get("state")]).toEqual([BACK, "s 1"]);
    const { status, body } = await exchange(world, back.searchParams.get("code"));
    expect([status, body]).toEqual([200, { access_token: expect.stringMatching(/^EAA/), token_type: "bearer", expires_in: 5_184_000 }]);
    const { body: about } = await world.call(`debug_token?input_token=${body.access_token}`, { as: world.app.token });
    expect(about.data).toMatchObject({
      is_valid: true,
      app_id: world.app.id,
      granular_scopes: [{ target_ids: [other, world.wabaId] }, {}],
    });
  });

  it("comes back without a code where the person says no", async () => {
    const world = await openWorld();
    const { searchParams } = await press(world, dialogOf(world), [["act", "cancel"]]);
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: "access_denied", error_reason: "user_denied", state: "s 1" });
  });

  it.each([
    ["an app that is not there", { client_id: "1" }],
    ["a configuration that is not there", { config_id: "1" }],
    ["an address that is not in the app's list", { redirect_uri: `${BACK}/` }],
    ["another kind of answer", { response_type: "token" }],
    ["extras that are no object", { extras: "{" }],
  ])("opens nothing, and leads nowhere, for %s", async (_what, change) => {
    const world = await openWorld();
    for (const init of [{}, { method: "POST", body: `act=accept&wabaId=${world.wabaId}` }]) {
      const answer = await world.meta.fetch(new Request(dialogOf(world, change), init));
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    }
  });
});

describe("a code of the dialog", () => {
  const codeOf = async (world: World) =>
    (
      await press(world, dialogOf(world), [
        ["act", "accept"],
        ["wabaId", world.wabaId],
      ])
    ).searchParams.get("code");

  it("is good once", async () => {
    const world = await openWorld();
    const code = await codeOf(world);
    expect((await exchange(world, code)).status).toBe(200);
    expect(await exchange(world, code)).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 36009 } } });
  });

  it("is good for 30 seconds", async () => {
    const world = await openWorld();
    const [early, late] = [await codeOf(world), await codeOf(world)];
    await world.time.advance(29_999);
    expect((await exchange(world, early)).status).toBe(200);
    await world.time.advance(1);
    expect(await exchange(world, late)).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 36007 } } });
  });

  it.each(["none", `${BACK}/`, "https://CHAT.example.com/connect/wa-store/waba"])(
    "wants the address byte for byte, and not %s",
    async (redirect_uri) => {
      const world = await openWorld();
      const code = await codeOf(world);
      expect(await exchange(world, code, { redirect_uri })).toMatchObject({
        status: 400,
        body: { error: { code: 100, error_subcode: 36008 } },
      });
      expect((await exchange(world, code)).status).toBe(200);
    },
  );

  it.each([
    ["a wrong secret", { client_secret: "0".repeat(32) }, 1],
    ["no app", { client_id: "77" }, 101],
    ["no code", { code: "" }, 100],
    ["a code that was never given", { code: "AQ00" }, 100],
  ])("is refused with %s", async (_what, change, code) => {
    const world = await openWorld();
    expect(await exchange(world, await codeOf(world), change)).toMatchObject({ status: 400, body: { error: { code } } });
  });

  it("of another app is none", async () => {
    const world = await openWorld();
    const other = world.meta.addApp();
    const answer = await exchange(world, await codeOf(world), { client_id: other.id, client_secret: other.secret });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
  });
});

describe("a number that came by the dialog", () => {
  it("is verified by the code that was sent to it, within ten minutes, and is not registered before", async () => {
    const { meta, call, wabaId, time } = await openWorld();
    const { id } = meta.addNumber({ wabaId, codeVerificationStatus: "NOT_VERIFIED", registered: false });
    const register = () => call(`${id}/register`, { json: { messaging_product: "whatsapp", pin: "123456" } });
    const request = () => call(`${id}/request_code`, { json: { code_method: "SMS", language: "en_US" } });
    const verify = (code = meta.codeSentTo(id)) => call(`${id}/verify_code`, { json: { code } });
    expect(await register()).toMatchObject({ status: 400, body: { error: { code: 133006 } } });
    await request();
    const former = meta.codeSentTo(id);
    expect((await verify("000000")).body.error.code).toBe(136025);
    await time.advance(10 * 60_000);
    expect((await verify(former)).body.error.code).toBe(136025);
    await request();
    expect((await verify()).status).toBe(200);
    expect((await register()).status).toBe(200);
  });

  it("of the WhatsApp Business app is synced once for each kind, within a day of the dialog", async () => {
    const { meta, call, wabaId, numberId, time } = await openWorld();
    const sync = (id: string, sync_type: string) => call(`${id}/smb_app_data`, { json: { messaging_product: "whatsapp", sync_type } });
    const { id } = meta.addNumber({ wabaId, onboarded: true });
    expect((await sync(id, "smb_app_state_sync")).body).toMatchObject({ messaging_product: "whatsapp", request_id: expect.any(String) });
    expect((await sync(id, "smb_app_state_sync")).body.error.code).toBe(2593107);
    await time.advance(24 * 3_600_000);
    expect((await sync(id, "history")).body.error.code).toBe(2593108);
    expect((await sync(numberId, "history")).body.error.code).toBe(100);
  });
});
