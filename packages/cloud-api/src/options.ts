import type { WadeskError } from "@wadesk/core";
import { checkOptions, millisecondsOption, optionInvalid, secretList } from "@wadesk/core/ports";

/** What `cloudApi()` takes. The first four are defaults that an admin's stored settings override; the others hold for the process. */
export interface CloudApiOptions {
  /** The Meta app's id (Settings → Basic). With it a token of another app is told apart. */
  readonly appId?: string | undefined;
  /** The Meta app's secret, which signs webhooks; several during a rotation. */
  readonly appSecret?: string | readonly string[] | undefined;
  /** What you typed as Verify Token in the app's webhook configuration; several during a change. */
  readonly verifyToken?: string | readonly string[] | undefined;
  /** E.g. `v23.0`, the default. */
  readonly graphVersion?: string | undefined;
  /** `https://graph.facebook.com` by default. */
  readonly graphUrl?: string | undefined;
  /** Milliseconds that one call to Meta may take; 30000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds before a call that is safe to repeat is repeated; 300 by default, then twice as long. */
  readonly retryDelayMs?: number | undefined;
}

/** The channel's platform-wide settings. */
export interface CloudApiSettings {
  readonly appId?: string;
  readonly appSecret: readonly string[];
  readonly verifyToken: readonly string[];
  readonly graphVersion: string;
}

/** How Meta is reached, for the life of the process. */
export interface Transport {
  readonly graphUrl: string;
  readonly timeoutMs: number;
  readonly retryDelayMs: number;
}

const GRAPH_VERSION = /^v\d+\.\d+$/;

/** Whether a text is a version of the Graph API, e.g. `v23.0`. */
export function isGraphVersion(text: string): boolean {
  return GRAPH_VERSION.test(text);
}

/** Reads the options, white space trimmed. Throws `configuration_invalid` naming the option and what it should be. */
export function readOptions(options: CloudApiOptions): { readonly defaults: CloudApiSettings; readonly transport: Transport } {
  checkOptions<CloudApiOptions>("cloudApi", options, {
    appId: "text",
    appSecret: "texts",
    verifyToken: "texts",
    graphVersion: "text",
    graphUrl: "text",
    timeoutMs: "number",
    retryDelayMs: "number",
  });
  const appId = options.appId?.trim();
  const graphVersion = options.graphVersion?.trim() || "v23.0";
  if (appId && !/^\d+$/.test(appId)) throw invalid("appId", "must be the digits under Settings → Basic of the Meta app");
  if (!isGraphVersion(graphVersion)) throw invalid("graphVersion", 'must look like "v23.0"');
  return {
    defaults: {
      ...(appId && { appId }),
      appSecret: secretList(options.appSecret),
      verifyToken: secretList(options.verifyToken),
      graphVersion,
    },
    transport: {
      graphUrl: readUrl(options.graphUrl?.trim() || "https://graph.facebook.com"),
      timeoutMs: millisecondsOption("cloudApi", options.timeoutMs ?? 30_000, "timeoutMs"),
      retryDelayMs: millisecondsOption("cloudApi", options.retryDelayMs ?? 300, "retryDelayMs"),
    },
  };
}

/** What is missing for the channel to work, one sentence each with its remedy. */
export function missingSettings(settings: CloudApiSettings): readonly string[] {
  return [
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

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalid("graphUrl", "must be an http(s) address", "not_an_address");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function invalid(field: string, message: string, code = "wrong_form"): WadeskError {
  return optionInvalid("cloudApi", field, message, code);
}
