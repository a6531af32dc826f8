import { type Call, idOf, type Operation } from "../graph/call.ts";
import { readSelection, selectFields } from "../graph/field-selection.ts";
import { graphError, unsupportedRequest } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { GRAPH_VERSIONS } from "../graph/graph-versions.ts";
import { anything, choice, shape, text } from "../graph/rules.ts";
import { requireSafeAddress } from "../nodes/subscribed-apps.ts";
import { WEBHOOK_FIELDS } from "../world/webhook-fields.ts";

const DEFAULTS: readonly string[] = ["object", "callback_url", "active", "fields"];

/**
 * `GET /{App-ID}/subscriptions`: what an app has subscribed to, one entry for each object; the verify token is not shown. Only the app itself may ask
 * (https://developers.facebook.com/docs/graph-api/reference/app/subscriptions/); a token that it gave to somebody is refused with 15.
 */
export const listAppSubscriptions: Operation = (call) => {
  const { request, caller } = call;
  requireApp(call);
  const selection = readSelection(request.url.searchParams.get("fields"));
  const { webhook } = caller.app;
  const version = GRAPH_VERSIONS.at(-1);
  const values = {
    object: "whatsapp_business_account",
    callback_url: webhook?.url,
    active: webhook?.active,
    fields: [...(webhook?.fields ?? [])].map((name) => ({ name, version })),
  };
  // an empty list still tells a field that does not exist
  const shown = selectFields({ type: "AppSubscription", values, defaults: DEFAULTS }, selection);
  return { body: { data: webhook === undefined ? [] : [shown] } };
};

const SUBSCRIPTION = shape(
  {
    object: choice("whatsapp_business_account"),
    callback_url: text({ min: 1 }),
    verify_token: text({ min: 1 }),
    fields: text({ min: 1 }),
  },
  { include_values: anything, access_token: anything, appsecret_proof: anything },
);

/**
 * `POST /{App-ID}/subscriptions`: sets the app's address, which Meta calls at once, and the fields, which stand in the place of the former ones. Only the app
 * itself may (https://developers.facebook.com/docs/graph-api/reference/app/subscriptions/).
 */
export const subscribeAppFields: Operation = async (call) => {
  requireApp(call);
  refuseMalformed(call.request);
  SUBSCRIPTION(call.request.body, "");
  const { callback_url: url, verify_token: verifyToken, fields } = call.request.body as Record<string, string>;
  const asked = (fields ?? "").split(",").map((field) => field.trim());
  const stranger = asked.find((field) => !WEBHOOK_FIELDS.includes(field));
  if (stranger !== undefined)
    throw graphError(100, { message: `(#100) Invalid parameter: ${stranger} is no field of whatsapp_business_account` });
  requireSafeAddress(url ?? "");
  try {
    await call.challenge(url ?? "", verifyToken ?? "");
  } catch (error) {
    throw graphError(2200, { message: `(#2200) Callback verification failed: ${error instanceof Error ? error.message : String(error)}` });
  }
  call.caller.app.webhook = { url: url ?? "", verifyToken: verifyToken ?? "", fields: new Set(asked), active: true };
  return { body: { success: true } };
};

function requireApp(call: Call): void {
  const { request, caller } = call;
  const id = idOf(call);
  if (caller.app.id !== id) throw unsupportedRequest(request.method, id);
  if (caller.token !== undefined) throw graphError(15, { message: "(#15) This method must be called with an app access_token." });
}
