import { checkOptions, isWebAddress, millisecondsOption, optionInvalid, secretList } from "@wadesk/core/ports";

/** What `parrot()` takes. */
export interface ParrotOptions {
  /** What Parrot signs its webhooks with; several while it is being changed. */
  readonly signingSecret?: string | readonly string[];
  /** `https://api.parrot.example` by default. */
  readonly apiUrl?: string;
  /** Milliseconds that one call to Parrot may take; 30000 by default. */
  readonly timeoutMs?: number;
}

/** What an admin may change while the application runs. */
export interface ParrotSettings {
  readonly signingSecret: readonly string[];
}

/** What holds for the life of the process. */
export interface Transport {
  readonly apiUrl: string;
  readonly timeoutMs: number;
}

/** Reads the options. Throws `configuration_invalid` naming the option and what it should be. */
export function readOptions(options: ParrotOptions): { readonly defaults: ParrotSettings; readonly transport: Transport } {
  checkOptions<ParrotOptions>("parrot", options, { signingSecret: "texts", apiUrl: "text", timeoutMs: "number" });
  const apiUrl = options.apiUrl?.trim() || "https://api.parrot.example";
  if (!isWebAddress(apiUrl)) throw optionInvalid("parrot", "apiUrl", "must be an http(s) address");
  return {
    defaults: { signingSecret: secretList(options.signingSecret) },
    transport: { apiUrl: apiUrl.replace(/\/+$/, ""), timeoutMs: millisecondsOption("parrot", options.timeoutMs ?? 30_000, "timeoutMs") },
  };
}

/** What an admin is told of in the log while the channel cannot work. */
export function missingSettings({ signingSecret }: ParrotSettings): readonly string[] {
  if (signingSecret.length > 0) return [];
  return ["parrot has no signingSecret, so every webhook is refused: set it to the Signing Secret under Webhooks in Parrot's console"];
}
