import { META_OPERATIONS, type OperationDemand } from "@wadesk/testing";
import { idsOf, type Plan, requestOf } from "./rows.ts";
import { validMessages } from "./valid-messages.ts";
import { photoForm, type World } from "./world.ts";

type Variant = Partial<Pick<Plan, "path" | "query" | "body" | "version" | "token">>;

/** The valid requests of one operation by name. Some prepare the world first, so that there is something to take away. */
export async function plansOf(world: World, demand: OperationDemand): Promise<Plan[]> {
  const variants = await (VARIANTS[demand.name] ?? plain)(world);
  const path = Object.entries(idsOf(world)).reduce((text, [name, id]) => text.replace(name, id), demand.name.split(" ")[1] ?? "");
  return Object.entries(variants).map(([name, variant]) => ({
    demand,
    version: "v23.0",
    path,
    query: {},
    token: world.tokens.right,
    body: undefined,
    ...variant,
    name,
  }));
}

type Variants = (world: World) => Record<string, Variant> | Promise<Record<string, Variant>>;

const plain: Variants = () => ({ plain: {} });

const VARIANTS: Partial<Record<OperationDemand["name"], Variants>> = {
  "GET /debug_token": ({ tokens }) => ({ "of itself": { query: { input_token: tokens.right } } }),
  "GET /{App-ID}/subscriptions": ({ appToken }) => ({
    plain: { token: appToken },
    "with fields": { token: appToken, query: { fields: "object,active" } },
  }),
  "POST /{App-ID}/subscriptions": ({ appToken }) => ({
    plain: {
      token: appToken,
      body: { object: "whatsapp_business_account", callback_url: "https://bakery.example/hook", verify_token: "hush", fields: "messages" },
    },
  }),
  "POST /{WABA-ID}/message_templates/archive": () => ({ plain: { body: { template_ids: ["1"] } } }),
  "POST /{WABA-ID}/message_templates/unarchive": () => ({ plain: { body: { template_ids: ["1"] } } }),
  "POST /{Phone-Number-ID}": () => ({ "a PIN": { body: { pin: "123456" } } }),
  "POST /{Phone-Number-ID}/whatsapp_business_profile": () => ({
    plain: { body: { messaging_product: "whatsapp", about: "Bread", websites: ["https://bakery.example"], vertical: "RESTAURANT" } },
  }),
  "GET /{Business-ID}": () => ({ plain: {}, "with fields": { query: { fields: "id,name,timezone_id" } } }),
  "GET /{WABA-ID}": () => ({
    plain: {},
    "with fields": { query: { fields: "id,name,currency,country,account_review_status,ownership_type" } },
  }),
  "GET /{WABA-ID}/phone_numbers": () => ({
    plain: {},
    "in order": { query: { sort: "creation_time.asc", limit: "10", fields: "id,display_phone_number,status,quality_rating" } },
  }),
  "POST /{WABA-ID}/subscribed_apps": () => ({ "without a body": {}, "with an empty body": { body: {} } }),
  "DELETE /{WABA-ID}/subscribed_apps": async (world) => {
    const demand = META_OPERATIONS.find(({ name }) => name === "POST /{WABA-ID}/subscribed_apps");
    if (demand) for (const plan of await plansOf(world, demand)) await world.meta.fetch(requestOf(plan));
    return { plain: {} };
  },
  "GET /{Phone-Number-ID}": () => ({ plain: {}, "with fields": { query: { fields: "id,verified_name,name_status,status" } } }),
  "POST /{Phone-Number-ID}/messages": (world) =>
    Object.fromEntries(Object.entries(validMessages(world)).map(([name, body]) => [name, { body }])),
  "POST /{Phone-Number-ID}/media": () => ({ photo: { body: photoForm() } }),
  "POST /{Phone-Number-ID}/register": () => ({
    plain: { body: { messaging_product: "whatsapp", pin: "123456", data_localization_region: "BR" } },
  }),
  "POST /{Phone-Number-ID}/request_code": () => ({
    "by text": { body: { code_method: "SMS", language: "en_US" } },
    "by voice": { body: { code_method: "VOICE", language: "pt_BR" } },
  }),
  "POST /{Phone-Number-ID}/verify_code": async (world) => {
    const demand = META_OPERATIONS.find(({ name }) => name === "POST /{Phone-Number-ID}/request_code");
    const [plan] = demand ? await plansOf(world, demand) : [];
    if (plan) await world.meta.fetch(requestOf(plan));
    return { plain: { body: { code: world.meta.codeSentTo(world.numberId) } } };
  },
  "GET /{Media-URL}": async (world) => {
    const demand = META_OPERATIONS.find(({ name }) => name === "GET /{Media-ID}");
    const [plan] = demand ? await plansOf(world, demand) : [];
    const { url } = plan ? ((await (await world.meta.fetch(requestOf(plan))).json()) as { url: string }) : { url: "" };
    return { plain: { path: url, version: "" } };
  },
};
