import type { Notice } from "@wadesk/core";
import type { CloudApiDetails } from "../details.ts";
import type { CloudApiSettings } from "../options.ts";

/** What is warned of on a number of Meta's, beside core's own warnings. */
export type CloudApiWarning =
  /** The number was connected through `app`, and `configured` is the app in the settings since. */
  | Notice<"app_changed", { readonly app: string; readonly configured: string }>
  /** No App Secret of the number's `app` is configured, so nothing comes in; without the app where Meta does not tell it. */
  | Notice<"app_secret_missing", { readonly app: string }>
  /** No App ID is configured, so nothing comes in unless the App Secret is that of `app`. */
  | Notice<"app_id_missing", { readonly app: string }>
  /** Meta refuses `refused` of the App Secrets of the number's own `app`; what the app signs with another is not heard. */
  | Notice<"own_secret_refused", { readonly app: string; readonly refused: number }>
  /** The number is not registered with the Cloud API yet. */
  | Notice<"number_not_registered">
  /** The number is still on the On-Premises API. */
  | Notice<"on_premises">
  /** Meta did not accept the display name. */
  | Notice<"display_name_refused">
  /** Meta accepted a new display name, which people see once the number is registered again. */
  | Notice<"display_name_waits">
  /** Meta blocks sending: because of which `entity` (`PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`), and with which `error` of Meta's. */
  | Notice<"sending_blocked", { readonly entity: string; readonly state: string; readonly error?: number }>
  /** Meta limits sending; the same. */
  | Notice<"sending_limited", { readonly entity: string; readonly state: string; readonly error?: number }>
  /** Messages do not come in: `app` has no `webhook`, not the `field`, or is not subscribed to the `account`. `subscribeMessages()` mends it. */
  | Notice<"messages_not_subscribed", { readonly app: string; readonly missing: "field" | "webhook" | "account" }>
  /** Webhooks go to another application, because the `number`, the `account` or the `app` says so. */
  | Notice<"webhooks_elsewhere", { readonly callbackUrl: string; readonly by: "number" | "account" | "app" }>;

/** What the person should know though the connection works. */
export function warningsOf(details: CloudApiDetails, settings: Pick<CloudApiSettings, "appId" | "appSecret">): readonly CloudApiWarning[] {
  const { status, platformType, nameStatus, newNameStatus } = details;
  const warnings: CloudApiWarning[] = [...appWarnings(details, settings)];
  if (platformType === "NOT_APPLICABLE" || status === "DISCONNECTED" || status === "UNVERIFIED") {
    const text = "The number is not registered with the Cloud API yet: register it in WhatsApp Manager, or sending is refused.";
    warnings.push({ code: "number_not_registered", text });
  }
  if (platformType === "ON_PREMISE") {
    warnings.push({ code: "on_premises", text: "The number is still on the On-Premises API: migrate it to the Cloud API to send." });
  }
  if (nameStatus === "DECLINED" || nameStatus === "EXPIRED") {
    warnings.push({ code: "display_name_refused", text: "Meta did not accept the number's display name: change it in WhatsApp Manager." });
  }
  if (newNameStatus === "APPROVED") {
    const text = "Meta accepted the number's new display name: register the number again, and people see it.";
    warnings.push({ code: "display_name_waits", text });
  }
  return warnings;
}

/** What is warned of an app of the number's own; of how many of its secrets Meta refuses. */
export function ownAppWarnings(app: string | undefined, refused: number): readonly CloudApiWarning[] {
  if (app === undefined || refused === 0) return [];
  const text = `Meta refuses ${refused === 1 ? "an App Secret" : `${refused} App Secrets`} of your Meta app ${app}: it was reset there, and what comes in is not heard. Reconnect the number with the App Secret from Settings → Basic.`;
  return [{ code: "own_secret_refused", values: { app, refused }, text }];
}

// what the number's app signs is heard only where that app is configured, and nobody would notice what does not come in
function appWarnings({ appId }: CloudApiDetails, settings: Pick<CloudApiSettings, "appId" | "appSecret">): readonly CloudApiWarning[] {
  const app = appId === undefined ? "the token's Meta app" : `Meta app ${appId}`;
  const named = appId !== undefined && { values: { app: appId } };
  const { appId: configured } = settings;
  if (configured !== undefined && appId !== undefined && appId !== configured) {
    const text = `The number is connected through ${app}, and app ${configured} is configured since: reconnect it with a token of that one. What comes in is heard as long as the former App Secret is kept.`;
    return [{ code: "app_changed", values: { app: appId, configured }, text }];
  }
  if (settings.appSecret.length === 0) {
    const text = `The App Secret of ${app} is not configured, so nothing comes in on this number: add it (Settings → Basic of the app).`;
    return [{ code: "app_secret_missing", ...named, text }];
  }
  if (configured !== undefined) return [];
  const text = `No App ID is configured, so nothing comes in on this number unless the App Secret is that of ${app}: set the App ID of that secret.`;
  return [{ code: "app_id_missing", ...named, text }];
}
