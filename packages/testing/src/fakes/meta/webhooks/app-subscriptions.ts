import { idOf, type Operation } from "../graph/call.ts";
import { readSelection, selectFields } from "../graph/field-selection.ts";
import { graphError, unsupportedRequest } from "../graph/graph-error.ts";
import { GRAPH_VERSIONS } from "../graph/graph-versions.ts";

const DEFAULTS: readonly string[] = ["object", "callback_url", "active", "fields"];

/**
 * `GET /{App-ID}/subscriptions`: what an app has subscribed to, one entry for each object; the verify token is not shown. Only the app itself may ask
 * (https://developers.facebook.com/docs/graph-api/reference/app/subscriptions/); a token that it gave to somebody is refused with 15.
 */
export const listAppSubscriptions: Operation = (call) => {
  const { request, caller } = call;
  const id = idOf(call);
  if (caller.app.id !== id) throw unsupportedRequest(request.method, id);
  if (caller.token !== undefined) throw graphError(15, { message: "(#15) This method must be called with an app access_token." });
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
