import type { WadeskError } from "@wadesk/core";
import { checkOptions, millisecondsOption, optionInvalid, secretList } from "@wadesk/core/ports";

/** What `cloudApi()` takes. The first five are defaults that an admin's stored settings override; the others hold for the process. */
export interface CloudApiOptions {
  /** The Meta app's id (Settings → Basic). With it a token of another app is told apart. */
  readonly appId?: string | undefined;
  /** The Meta app's secret, which signs webhooks; several during a rotation. */
  readonly appSecret?: string | readonly string[] | undefined;
  /** What you typed as Verify Token in the app's webhook configuration; several during a change. */
  readonly verifyToken?: string | readonly string[] | undefined;
  /** The id of the app's configuration for Embedded Signup (Facebook Login for Business → Configurations); without one there is no signup. */
  readonly configId?: string | undefined;
  /** E.g. `v23.0`, the default. */
  readonly graphVersion?: string | undefined;
  /** `https://graph.facebook.com` by default. */
  readonly graphUrl?: string | undefined;
  /** Where the few calls are that Meta has there alone, `https://api.facebook.com` by default. */
  readonly apiUrl?: string | undefined;
  /** Where Meta's dialog is, `https://www.facebook.com` by default. */
  readonly dialogUrl?: string | undefined;
  /** The `basePath` of your webhook handler, where it is another one than `/webhooks`: people are told callback URLs with it. */
  readonly webhookPath?: string | undefined;
  /**
   * Whether messages of an account that is connected by signup are led here by the account itself (`override_callback_uri`), whatever callback URL the app has: for
   * several deployments of one Meta app. Needs `publicUrl` and a verify token. False by default.
   */
  readonly overrideCallback?: boolean | undefined;
  /** Milliseconds that one call to Meta may take; 30000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds before a call that is safe to repeat is repeated; 300 by default, then twice as long. */
  readonly retryDelayMs?: number | undefined;
}

/** The channel's platform-wide settings. */
export interface CloudApiSettings {
  /** The Meta app's id. */
  readonly appId?: string;
  /** Its App Secrets: each verifies webhooks. */
  readonly appSecret: readonly string[];
  /** What Meta's challenge is answered by: each counts. */
  readonly verifyToken: readonly string[];
  /** Of Embedded Signup. */
  readonly configId?: string;
  /** The Graph API's version, e.g. `v23.0`. */
  readonly graphVersion: string;
}

/** How Meta is reached, for the life of the process. */
export interface Transport {
  readonly graphUrl: string;
  readonly apiUrl: string;
  readonly dialogUrl: string;
  /** Begins with a slash and ends with none; empty where webhooks are received at the root. */
  readonly webhookPath: string;
  /** Whether a signup leads its account's messages here. */
  readonly overrideCallback: boolean;
  readonly timeoutMs: number;
  readonly retryDelayMs: number;
}

/** Where Meta has its dialog. */
export const DIALOG_URL = "https://www.facebook.com";

// since v4.0 there is none between two whole ones
const GRAPH_VERSION = /^v\d{1,3}\.0$/;
const DEFAULT_VERSION = "v23.0";
// https://developers.facebook.com/docs/graph-api/changelog, read on 2026-11-26; of v26.0 it names no end yet
const ENDS: Readonly<Record<string, string>> = {
  "v20.0": "2026-09-24",
  "v21.0": "2027-01-21",
  "v22.0": "2027-05-20",
  "v23.0": "2027-10-08",
  "v24.0": "2028-02-18",
  "v25.0": "2028-07-29",
};
const OLDEST_KNOWN = 20;
const NEWEST_KNOWN = 26;
/** Meta publishes two or three a year: so many more may come while this is in use, and what is further off is mistyped. */
const YET_TO_COME = 4;

/** Whether a text is a version of the Graph API, e.g. `v23.0`. */
export function isGraphVersion(text: string): boolean {
  return GRAPH_VERSION.test(text);
}

/** The day on which Meta ends a version of the Graph API, e.g. `2027-10-08`; nothing for one whose end is not known. Older ones ended before v20.0 did. */
export function endOfVersion(version: string): string | undefined {
  return ENDS[version] ?? (Number.parseInt(version.slice(1), 10) < OLDEST_KNOWN ? ENDS[`v${OLDEST_KNOWN}.0`] : undefined);
}

/** What is to be said of a version that Meta cannot have yet; nothing of one that it has, or may have published since this was written. */
export function versionUnknown(version: string): string | undefined {
  const last = NEWEST_KNOWN + YET_TO_COME;
  if (Number.parseInt(version.slice(1), 10) <= last) return undefined;
  return `Meta has no Graph API ${version}: v${NEWEST_KNOWN}.0 is the newest that is known here, and what comes after it is taken up to v${last}.0; set graphVersion to one that Meta's changelog names, or update WaDesk`;
}

/** What is to be said of a version that Meta serves no longer at `now`, in milliseconds since the epoch; nothing of another. */
export function versionEnded(version: string, now: number): string | undefined {
  const end = endOfVersion(version);
  if (end === undefined || now < Date.parse(end)) return undefined;
  return `Meta ended Graph API ${version} on ${end}: set graphVersion to ${DEFAULT_VERSION} or a later one`;
}

/** Reads the options, white space trimmed. Throws `configuration_invalid` naming the option and what it should be. */
export function readOptions(options: CloudApiOptions): { readonly defaults: CloudApiSettings; readonly transport: Transport } {
  checkOptions<CloudApiOptions>("cloudApi", options, {
    appId: "text",
    appSecret: "texts",
    verifyToken: "texts",
    graphVersion: "text",
    configId: "text",
    graphUrl: "text",
    apiUrl: "text",
    dialogUrl: "text",
    webhookPath: "text",
    overrideCallback: "flag",
    timeoutMs: "number",
    retryDelayMs: "number",
  });
  const appId = options.appId?.trim();
  const graphVersion = options.graphVersion?.trim() || DEFAULT_VERSION;
  if (appId && !/^\d+$/.test(appId)) throw invalid("appId", "must be the digits under Settings → Basic of the Meta app");
  const configId = options.configId?.trim();
  if (configId && !/^\d+$/.test(configId))
    throw invalid("configId", "must be the digits of a configuration of Facebook Login for Business");
  if (!isGraphVersion(graphVersion)) throw invalid("graphVersion", 'must look like "v23.0"');
  const unknown = versionUnknown(graphVersion);
  if (unknown !== undefined) throw invalid("graphVersion", unknown, "version_unknown");
  return {
    defaults: {
      ...(appId && { appId }),
      ...(configId && { configId }),
      appSecret: readSecrets("appSecret", "the App Secret", options.appSecret),
      verifyToken: readSecrets("verifyToken", "the text that stands in WhatsApp → Configuration", options.verifyToken),
      graphVersion,
    },
    transport: {
      graphUrl: readUrl(options.graphUrl?.trim() || "https://graph.facebook.com", "graphUrl"),
      apiUrl: readUrl(options.apiUrl?.trim() || "https://api.facebook.com", "apiUrl"),
      dialogUrl: readUrl(options.dialogUrl?.trim() || DIALOG_URL, "dialogUrl"),
      webhookPath: readPath(options.webhookPath ?? "/webhooks"),
      overrideCallback: options.overrideCallback === true,
      timeoutMs: millisecondsOption("cloudApi", options.timeoutMs ?? 30_000, "timeoutMs"),
      retryDelayMs: millisecondsOption("cloudApi", options.retryDelayMs ?? 300, "retryDelayMs"),
    },
  };
}

/** What is missing for the channel to work at `now`, one sentence each with its remedy. */
export function missingSettings(settings: CloudApiSettings, now: number): readonly string[] {
  const ended = versionEnded(settings.graphVersion, now);
  return [
    ...(ended === undefined ? [] : [ended]),
    ...(settings.appSecret.length === 0
      ? ["cloud-api has no appSecret, so every webhook is refused: set it to the App Secret under Settings → Basic of the Meta app"]
      : []),
    ...(settings.verifyToken.length === 0
      ? ["cloud-api has no verifyToken, so Meta cannot verify the webhook: choose one, set it here and paste it into the Meta app"]
      : []),
    ...(settings.appId === undefined
      ? [
          "cloud-api has no appId, so a token of another Meta app is not noticed, and every App Secret here speaks for every number: set it to the App ID under Settings → Basic",
        ]
      : []),
  ];
}

function readUrl(text: string, field: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalid(field, "must be an http(s) address", "not_an_address");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function readPath(text: string): string {
  const path = text.trim().replace(/\/+$/, "");
  if (path !== "" && !/^\/[^?#\s]*$/.test(path)) throw invalid("webhookPath", 'must start with "/", as in "/webhooks"');
  return path;
}

function invalid(field: string, message: string, code = "wrong_form"): WadeskError {
  return optionInvalid("cloudApi", field, message, code);
}

/** Whether a text looks like an access token of Meta's, which begins so. */
export function isLikeAccessToken(text: string): boolean {
  return /^EAA/.test(text);
}

// what is not what it should be would only fail with the first webhook
function readSecrets(field: string, meant: string, value: string | readonly string[] | undefined): readonly string[] {
  const secrets = secretList(value);
  if (secrets.some((secret) => /^["'].*["']$/.test(secret)))
    throw invalid(field, "stands in quotes; give it without them, also in the file that it is read from");
  if (secrets.some(isLikeAccessToken)) throw invalid(field, `looks like an access token; give ${meant}`, "looks_like_access_token");
  return secrets;
}
