import { type Operation, wabaOf } from "../graph/call.ts";
import { readSelection, selectFields } from "../graph/field-selection.ts";
import { graphError, parameterRequired } from "../graph/graph-error.ts";
import { refuseMalformed } from "../graph/graph-request.ts";
import { anything, mustBe, shape, text } from "../graph/rules.ts";
import type { AppState, WabaState } from "../state.ts";

const LONGEST_ADDRESS = 200;
const SUBSCRIPTION = shape({}, { override_callback_uri: text(), verify_token: text(), access_token: anything, appsecret_proof: anything });

/** `GET /{WABA-ID}/subscribed_apps`. */
export const listSubscribedApps: Operation = (call) => {
  const waba = wabaOf(call);
  const selection = readSelection(call.request.url.searchParams.get("fields"));
  const data = [...waba.subscriptions.keys()].flatMap((appId) => {
    const app = call.state.apps.get(appId);
    return app ? [describe(waba, app, selection)] : [];
  });
  // an empty list still tells a field that does not exist
  if (data.length === 0) describe(waba, call.caller.app, selection);
  return { body: { data } };
};

/** `POST /{WABA-ID}/subscribed_apps`: subscribes the token's app; an override wants a subscription first, and its challenge echoed. */
export const subscribeApp: Operation = async (call) => {
  const waba = wabaOf(call);
  const { app } = call.caller;
  refuseMalformed(call.request);
  const { body, url } = call.request;
  SUBSCRIPTION(body, "");
  const override = textOf(body.override_callback_uri ?? url.searchParams.get("override_callback_uri"));
  const verifyToken = textOf(body.verify_token ?? url.searchParams.get("verify_token"));
  if (override === undefined) {
    if (verifyToken !== undefined) throw parameterRequired("override_callback_uri");
    // without an override Meta goes back to the app's own callback
    waba.subscriptions.set(app.id, {});
    return { body: { success: true } };
  }
  requireSafeAddress(override);
  text({ max: LONGEST_ADDRESS })(override, "override_callback_uri");
  if (verifyToken === undefined || verifyToken === "") throw parameterRequired("verify_token");
  if (!waba.subscriptions.has(app.id)) {
    throw graphError(100, {
      message:
        "(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account",
    });
  }
  try {
    await call.challenge(override, verifyToken);
  } catch (error) {
    throw graphError(100, { message: `(#100) ${error instanceof Error ? error.message : String(error)}` });
  }
  waba.subscriptions.set(app.id, { overrideUrl: override });
  return { body: { success: true, data: [describe(waba, app, undefined)] } };
};

/** `DELETE /{WABA-ID}/subscribed_apps`: unsubscribes the token's app. */
export const unsubscribeApp: Operation = (call) => {
  const waba = wabaOf(call);
  if (!waba.subscriptions.delete(call.caller.app.id)) {
    throw graphError(803, {
      status: 404,
      type: "GraphMethodException",
      message: "(#803) The app is not subscribed to this WhatsApp Business Account",
    });
  }
  return { body: { success: true } };
};

function describe(waba: WabaState, app: AppState, selection: Parameters<typeof selectFields>[1]): object {
  const values = { id: app.id, name: app.name, link: `https://www.facebook.com/games/?app_id=${app.id}` };
  const { overrideUrl } = waba.subscriptions.get(app.id) ?? {};
  return {
    whatsapp_business_api_data: selectFields({ type: "Application", values, defaults: ["id", "name", "link"] }, selection),
    ...(overrideUrl !== undefined && { override_callback_uri: overrideUrl }),
  };
}

// Meta wants https; only a callback on this machine may do without, since no certificate exists for it
/** Refuses an address that Meta would not call. */
export function requireSafeAddress(written: string): void {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const local = url?.hostname === "127.0.0.1" || url?.hostname === "localhost" || url?.hostname === "[::1]";
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && local)))
    throw mustBe("override_callback_uri", "a valid https URI");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
