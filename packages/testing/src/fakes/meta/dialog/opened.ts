import type { AppState, MetaState } from "../state.ts";
import type { Configuration } from "../signup/configurations.ts";

/** Where the dialog goes that Meta's script has opened: a page of Meta's own, which hands what it brings to the page that opened it. */
export const ARBITER_PATH = "/x/connect/xd_arbiter/";

/** Who waits for the end of a dialog that a script has opened. */
export interface Opener {
  /** Of the page; what is posted goes to it alone. */
  readonly origin: string;
  /** By which the script knows its answer again. */
  readonly callback: string;
  /** Whether the page's domain stands in both of the app's lists. Elsewhere Meta tells neither code nor ids, and does not say so. */
  readonly listed: boolean;
}

/** What an address opens the dialog for. */
export interface Opened {
  readonly app: AppState;
  readonly configuration: Configuration;
  /** Where it comes back to; undefined where a script waits for it. */
  readonly redirectUri: string | undefined;
  readonly opener: Opener | undefined;
  readonly features: string;
}

/** What the address of a dialog opens, or why it opens nothing. */
export function openedBy(state: MetaState, url: URL): Opened | string {
  const query = url.searchParams;
  const app = state.apps.get(query.get("client_id") ?? "");
  if (app === undefined) return "Invalid App ID";
  const configuration = app.configurations.get(query.get("config_id") ?? "");
  if (configuration === undefined) return "Invalid Parameter: config_id";
  if (query.get("response_type") !== "code" || query.get("override_default_response_type") !== "true")
    return "Invalid Parameter: response_type";
  const features = featuresIn(query.get("extras"));
  if (features === undefined) return "Invalid Parameter: extras";
  const redirectUri = query.get("redirect_uri") ?? "";
  const opener = query.get("display") === "popup" ? openerIn(app, redirectUri, url.origin) : undefined;
  if (opener !== undefined) return { app, configuration, redirectUri: undefined, opener, features };
  // Strict Mode: the whole address, as it stands in the app's list
  if (!app.redirectUris.has(redirectUri))
    return "URL blocked: this redirect failed because the redirect URI is not allowlisted in the app's settings";
  return { app, configuration, redirectUri, opener: undefined, features };
}

function openerIn(app: AppState, redirectUri: string, dialogOrigin: string): Opener | undefined {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  if (url === undefined || url.origin !== dialogOrigin || url.pathname !== ARBITER_PATH) return undefined;
  const { origin, cb: callback } = Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
  if (origin === undefined || callback === undefined || !URL.canParse(origin) || new URL(origin).origin !== origin) return undefined;
  const listed = app.domains.has(origin) && [...app.redirectUris].some((each) => new URL(each).origin === origin);
  return { origin, callback, listed };
}

function featuresIn(extras: string | null): string | undefined {
  try {
    const value = JSON.parse(extras ?? "{}") as { readonly featureType?: unknown } | null;
    return typeof value === "object" && value !== null ? String(value.featureType ?? "") : undefined;
  } catch {
    return undefined;
  }
}
