import { WadeskError } from "@wadesk/core";
import type { SignupBeginContext, SignupOpening } from "@wadesk/core/ports";
import { type CloudApiSettings, DIALOG_URL, type Transport } from "../options.ts";
import type { Kept } from "./kept.ts";

/** Where the dialog comes back to, below `publicUrl`. */
export const RETURN_PATH = "/connect/wa-store/waba";

/** What may be wished for beyond the usual: a number that stays in the WhatsApp Business app. */
const COEXISTENCE = "coexistence";

/**
 * What the dialog of Embedded Signup is opened with: an address, or what the helper in the browser needs. The version of Embedded Signup is the configuration's.
 * Rejects with `configuration_invalid` where the admin has yet to set something. Meta documents the dialog for its JavaScript SDK; the address is that of
 * Facebook Login's manual flow, as public integrations use it.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation
 */
export async function beginSignup(
  { dialogUrl, overrideCallback }: Transport,
  state: string,
  context: SignupBeginContext<CloudApiSettings>,
): Promise<{ readonly opening: SignupOpening; readonly kept: Kept }> {
  const { appId, appSecret, configId, graphVersion, verifyToken } = await context.settings();
  if (appId === undefined || appSecret.length === 0 || configId === undefined) {
    const missing = Object.entries({ appId, appSecret: appSecret[0], configId }).flatMap(([name, value]) =>
      value === undefined ? [name] : [],
    );
    throw notSet(
      `Embedded Signup needs ${missing.join(", ")} in the settings of cloud-api; without a configId numbers are connected by connect()`,
    );
  }
  // it would be missed once the numbers are connected
  if (overrideCallback && (context.publicUrl === undefined || verifyToken.length === 0))
    throw notSet(
      `overrideCallback needs ${context.publicUrl === undefined ? "publicUrl of createWadesk" : "a verifyToken in the settings of cloud-api"}, so that Meta can be told where to call`,
    );
  const { features = [], prefill } = context.wish;
  const extras = JSON.stringify({ ...extrasFor(features), ...(prefill && { setup: prefill }) });
  if (context.wish.door === "helper") {
    // the helper goes there on a page of its own machine alone
    const elsewhere = dialogUrl === DIALOG_URL ? {} : { dialogUrl };
    return { opening: { type: "helper", values: { state, appId, configId, version: graphVersion, extras, ...elsewhere } }, kept: {} };
  }
  const redirectUri = returnAddress(context);
  const query = new URLSearchParams({
    client_id: appId,
    config_id: configId,
    response_type: "code",
    override_default_response_type: "true",
    redirect_uri: redirectUri,
    state,
    extras,
  });
  return { opening: { type: "url", url: `${dialogUrl}/${graphVersion}/dialog/oauth?${query}` }, kept: { redirectUri } };
}

function returnAddress({ publicUrl }: SignupBeginContext<CloudApiSettings>): string {
  if (publicUrl === undefined)
    throw notSet("createWadesk has no publicUrl, so the dialog cannot come back: set it, or open the dialog by the helper in the browser");
  return `${publicUrl.origin}${publicUrl.pathname.replace(/\/+$/, "")}${RETURN_PATH}`;
}

function extrasFor(features: readonly string[]): object {
  const stranger = features.find((feature) => feature !== COEXISTENCE);
  if (stranger !== undefined) {
    const message = `${JSON.stringify(stranger)} is nothing that Embedded Signup is opened with here; there is "${COEXISTENCE}"`;
    throw new WadeskError("input_invalid", {
      detail: message,
      issues: [{ field: "features", code: "not_one_of", values: { options: COEXISTENCE }, message }],
    });
  }
  return features.length === 0 ? {} : { featureType: "whatsapp_business_app_onboarding", sessionInfoVersion: "3" };
}

function notSet(detail: string): WadeskError {
  return new WadeskError("configuration_invalid", { detail });
}
