import { describe, expect, it } from "vitest";
import { type Answer, openWorld, type World } from "../../testing/open-world.ts";
import { META_OPERATIONS, type OperationName } from "./graph/operation.ts";

interface Twin {
  readonly path: (world: World) => string;
  readonly init?: (world: World) => Parameters<World["call"]>[1];
}

const form = (): FormData => {
  const data = new FormData();
  data.set("messaging_product", "whatsapp");
  data.set("file", new File(["%PDF"], "bill.pdf", { type: "application/pdf" }));
  return data;
};

const upload = async ({ call, numberId }: World): Promise<string> =>
  (await call(`${numberId}/media`, { method: "POST", body: form() })).body.id;

// one accepted call of each operation; `{media}` and `{link}` are put in when it is made
const TWINS: Readonly<Record<OperationName, Twin>> = {
  "GET /debug_token": { path: ({ token }) => `debug_token?input_token=${token}` },
  "GET /{App-ID}/subscriptions": { path: ({ app }) => `${app.id}/subscriptions`, init: ({ app }) => ({ as: app.token }) },
  "POST /{App-ID}/subscriptions": {
    path: ({ app }) => `${app.id}/subscriptions`,
    init: ({ app }) => ({
      as: app.token,
      json: {
        object: "whatsapp_business_account",
        callback_url: "https://host.example/hooks",
        verify_token: "open sesame",
        fields: "messages",
      },
    }),
  },
  "GET /{Business-ID}": { path: ({ businessId }) => businessId },
  "GET /{Business-ID}/owned_whatsapp_business_accounts": { path: ({ businessId }) => `${businessId}/owned_whatsapp_business_accounts` },
  "GET /{Business-ID}/client_whatsapp_business_accounts": { path: ({ businessId }) => `${businessId}/client_whatsapp_business_accounts` },
  "GET /{WABA-ID}": { path: ({ wabaId }) => wabaId },
  "GET /{WABA-ID}/phone_numbers": { path: ({ wabaId }) => `${wabaId}/phone_numbers` },
  "GET /{WABA-ID}/message_templates": { path: ({ wabaId }) => `${wabaId}/message_templates` },
  "POST /{WABA-ID}/message_templates/archive": {
    path: ({ wabaId }) => `https://api.facebook.com/v23.0/${wabaId}/message_templates/archive`,
    init: () => ({ json: { template_ids: ["1"] } }),
  },
  "POST /{WABA-ID}/message_templates/unarchive": {
    path: ({ wabaId }) => `https://api.facebook.com/v23.0/${wabaId}/message_templates/unarchive`,
    init: () => ({ json: { template_ids: ["1"] } }),
  },
  "GET /{WABA-ID}/subscribed_apps": { path: ({ wabaId }) => `${wabaId}/subscribed_apps` },
  "POST /{WABA-ID}/subscribed_apps": { path: ({ wabaId }) => `${wabaId}/subscribed_apps`, init: () => ({ json: {} }) },
  "DELETE /{WABA-ID}/subscribed_apps": { path: ({ wabaId }) => `${wabaId}/subscribed_apps`, init: () => ({ method: "DELETE" }) },
  "GET /{WABA-ID}/product_catalogs": { path: ({ wabaId }) => `${wabaId}/product_catalogs` },
  "POST /{WABA-ID}/product_catalogs": {
    path: ({ wabaId }) => `${wabaId}/product_catalogs`,
    init: ({ meta, businessId }) => ({ json: { catalog_id: meta.addCatalog({ businessId }).id } }),
  },
  "GET /{Phone-Number-ID}": { path: ({ numberId }) => numberId },
  "POST /{Phone-Number-ID}": { path: ({ numberId }) => numberId, init: () => ({ json: { pin: "123456" } }) },
  "GET /{Phone-Number-ID}/whatsapp_business_profile": { path: ({ numberId }) => `${numberId}/whatsapp_business_profile` },
  "POST /{Phone-Number-ID}/whatsapp_business_profile": {
    path: ({ numberId }) => `${numberId}/whatsapp_business_profile`,
    init: () => ({ json: { messaging_product: "whatsapp", about: "Bread" } }),
  },
  "POST /{Phone-Number-ID}/messages": {
    path: ({ numberId }) => `${numberId}/messages`,
    init: ({ ana }) => ({ json: { messaging_product: "whatsapp", to: ana.phone, type: "text", text: { body: "Hello" } } }),
  },
  "POST /{Phone-Number-ID}/media": { path: ({ numberId }) => `${numberId}/media`, init: () => ({ method: "POST", body: form() }) },
  "POST /{Phone-Number-ID}/register": {
    path: ({ numberId }) => `${numberId}/register`,
    init: () => ({ json: { messaging_product: "whatsapp", pin: "123456" } }),
  },
  "POST /{Phone-Number-ID}/deregister": { path: ({ numberId }) => `${numberId}/deregister`, init: () => ({ method: "POST" }) },
  "POST /{Phone-Number-ID}/request_code": {
    path: ({ numberId }) => `${numberId}/request_code`,
    init: () => ({ json: { code_method: "SMS", language: "en_US" } }),
  },
  "POST /{Phone-Number-ID}/verify_code": {
    path: ({ numberId }) => `${numberId}/verify_code`,
    init: ({ meta, numberId }) => ({ json: { code: meta.codeSentTo(numberId) } }),
  },
  "POST /{Phone-Number-ID}/smb_app_data": {
    path: ({ meta, wabaId }) => `${meta.addNumber({ wabaId, onboarded: true }).id}/smb_app_data`,
    init: () => ({ json: { messaging_product: "whatsapp", sync_type: "history" } }),
  },
  "GET /{Media-ID}": { path: () => "{media}" },
  "DELETE /{Media-ID}": { path: () => "{media}", init: () => ({ method: "DELETE" }) },
  "GET /{Media-URL}": { path: () => "{link}" },
};

async function twin(world: World, name: OperationName): Promise<(change?: Parameters<World["call"]>[1]) => Promise<Answer>> {
  const { path, init } = TWINS[name];
  if (name.endsWith("verify_code")) await world.call(`${world.numberId}/request_code`, { json: { code_method: "SMS", language: "en_US" } });
  const media = path(world).startsWith("{") ? await upload(world) : "";
  const link = path(world) === "{link}" ? (await world.call(media)).body.url : "";
  const address = path(world).replace("{media}", media).replace("{link}", link);
  return (change = {}) => world.call(address, { ...init?.(world), ...change });
}

const NAMES = META_OPERATIONS.map(({ name }) => name);
// an app's own token does not end
const BY_TOKEN = NAMES.filter((name) => !name.endsWith("{App-ID}/subscriptions"));
const SCOPED = META_OPERATIONS.filter(({ scopes }) => scopes.length > 0).map(({ name }) => name);
const OF_AN_ACCOUNT = SCOPED.filter((name) => name !== "GET /{Media-URL}");
const fault = (code: number): object => ({
  error: { code, type: expect.any(String), message: expect.any(String), fbtrace_id: expect.any(String) },
});

describe.each(NAMES)("%s", (name) => {
  it("answers a right call, under its own name", async () => {
    const world = await openWorld();
    const call = await twin(world, name);
    expect((await call()).status).toBe(200);
    expect(world.meta.exchanges.at(-1)).toMatchObject({ operation: name, response: { status: 200 }, answered: true });
  });

  it("refuses a call without a token, and with a token it never gave", async () => {
    const world = await openWorld();
    const call = await twin(world, name);
    const none = await call({ as: "" });
    expect(none).toMatchObject({ status: 401, body: fault(104) });
    const stranger = await call({ as: "EAAstranger" });
    expect(stranger).toMatchObject({ status: 401, body: fault(190) });
    expect(stranger.headers.get("www-authenticate")).toContain('"invalid_token"');
  });
});

describe.each(BY_TOKEN)("%s", (name) => {
  it("refuses a call with a token that has ended", async () => {
    const world = await openWorld();
    const call = await twin(world, name);
    expect((await call()).status).toBe(200);
    world.meta.expireToken(world.token, 460);
    expect(await call()).toMatchObject({ status: 401, body: { error: { code: 190, error_subcode: 460, type: "OAuthException" } } });
  });
});

describe.each(SCOPED)("%s", (name) => {
  it("refuses a token without its scope", async () => {
    const world = await openWorld();
    const call = await twin(world, name);
    const scopes = META_OPERATIONS.find((each) => each.name === name)?.scopes ?? [];
    const bare = world.meta.addToken({ appId: world.app.id, wabaIds: [world.wabaId], scopes: ["public_profile"] });
    const answer = await call({ as: bare });
    expect(answer.status).toBe(403);
    expect([10, 200]).toContain(answer.body.error.code);
    for (const scope of scopes) {
      const able = world.meta.addToken({ appId: world.app.id, wabaIds: [world.wabaId], scopes: [scope] });
      expect((await call({ as: able })).status).toBe(200);
    }
  });
});

describe.each(OF_AN_ACCOUNT)("%s", (name) => {
  it("hides objects of an account that the token was not granted", async () => {
    const world = await openWorld();
    const call = await twin(world, name);
    const other = world.meta.addWaba();
    const scopes = ["whatsapp_business_management", "whatsapp_business_messaging", "catalog_management"];
    const strange = world.meta.addToken({ appId: world.app.id, scopes, wabaIds: [other.id] });
    expect(await call({ as: strange })).toMatchObject({
      status: 400,
      body: { error: { code: 100, error_subcode: 33, type: "GraphMethodException" } },
    });
    expect((await call()).status).toBe(200);
  });
});

describe("paths", () => {
  it.each(["v3.0", "v19.0", "v20.0", "v27.0", "v99.0", "latest"])(
    "refuses version %s, which has ended or was never made",
    async (version) => {
      const { call, wabaId } = await openWorld();
      expect((await call(`https://graph.facebook.com/v25.0/${wabaId}`)).status).toBe(200);
      expect(await call(`https://graph.facebook.com/${version}/${wabaId}`)).toMatchObject({ status: 400, body: fault(2500) });
    },
  );

  it("serves v21.0 to v26.0, and says which one it did", async () => {
    const { call, wabaId } = await openWorld();
    for (const version of ["v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0"]) {
      const answer = await call(`https://graph.facebook.com/${version}/${wabaId}`);
      expect([answer.status, answer.headers.get("facebook-api-version")]).toEqual([200, version]);
    }
  });

  it("knows the portfolio's limit from v24.0 on", async () => {
    const { call, wabaId, businessId, numberId } = await openWorld();
    for (const node of [wabaId, businessId, numberId, `${wabaId}/phone_numbers`]) {
      const ask = (version: string) =>
        call(`https://graph.facebook.com/${version}/${node}?fields=id,whatsapp_business_manager_messaging_limit`);
      expect(JSON.stringify((await ask("v24.0")).body)).toContain('"whatsapp_business_manager_messaging_limit":"TIER_250"');
      expect(await ask("v23.0")).toMatchObject({
        status: 400,
        body: { error: { code: 100, message: expect.stringContaining("nonexisting field") } },
      });
    }
  });

  it("refuses a call without a version, an unknown edge and an unknown object", async () => {
    const { call, wabaId, numberId } = await openWorld();
    expect(await call(`https://graph.facebook.com/${wabaId}`)).toMatchObject({ status: 400, body: fault(2500) });
    expect(await call(`${wabaId}/phone_number`)).toMatchObject({ status: 400, body: fault(2500) });
    expect(await call("999")).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
    expect(await call("acme")).toMatchObject({ status: 404, body: fault(803) });
    expect(await call(`${numberId}/subscribed_apps`)).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
    expect(await call(`${numberId}/messages`)).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
  });

  it("takes the token from the query and from the body too, as Meta does, and holds a proof to the app secret", async () => {
    const { call, wabaId, token } = await openWorld();
    expect((await call(`${wabaId}?access_token=${token}`, { as: "" })).status).toBe(200);
    expect((await call(`${wabaId}/subscribed_apps`, { as: "", json: { access_token: token } })).status).toBe(200);
    expect(await call(`${wabaId}?appsecret_proof=00`)).toMatchObject({ status: 400, body: fault(100) });
  });
});
