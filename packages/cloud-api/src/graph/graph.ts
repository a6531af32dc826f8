import type { ChannelContext } from "@wadesk/core/ports";
import type { CloudApiSettings, Transport } from "../options.ts";
import type { Wire } from "../wire/wire.ts";
import { callGraph, type GraphOptions, type GraphRequest } from "./client.ts";

/** A caller of the Graph API with one token. */
export interface Graph {
  readonly settings: CloudApiSettings;
  readonly token: string;
  /** Reads; repeated when no answer came. */
  readonly get: (path: readonly string[], query?: Readonly<Record<string, string>>, as?: Caller) => Promise<Wire>;
  /** Does something that is the same when done twice. */
  readonly put: (method: "POST" | "DELETE", path: readonly string[], body?: Wire) => Promise<Wire>;
  /** Does something once; `lost` says what it means that no answer came. */
  readonly post: (path: readonly string[], body: Wire, lost?: "outcome_unknown") => Promise<Wire>;
  /** The same, but heedless of the signal: for undoing what was done before it came. */
  readonly unstoppable: () => Graph;
}

/** Another token to call with, and what else no error may repeat. */
export interface Caller {
  readonly token: string;
  readonly secrets: readonly string[];
}

/** Makes a caller from the context of one channel call. */
export async function openGraph(
  transport: Transport,
  context: ChannelContext<CloudApiSettings> & { readonly signal: AbortSignal },
  token: string,
): Promise<Graph> {
  const settings = await context.settings();
  const base: GraphOptions = {
    url: transport.graphUrl,
    version: settings.graphVersion,
    fetch: context.fetch,
    timeoutMs: transport.timeoutMs,
    retryDelayMs: transport.retryDelayMs,
  };
  return graphOf(settings, token, base, context.signal);
}

function graphOf(settings: CloudApiSettings, token: string, base: GraphOptions, signal?: AbortSignal): Graph {
  const options = signal === undefined ? base : { ...base, signal };
  const call = (request: Omit<GraphRequest, "token">, as?: Caller): Promise<Wire> =>
    callGraph(options, { ...request, token: as?.token ?? token, secrets: [token, ...settings.appSecret, ...(as?.secrets ?? [])] });
  return {
    settings,
    token,
    get: (path, query, as) => call({ method: "GET", path, repeatable: true, ...(query && { query }) }, as),
    put: (method, path, body) => call({ method, path, repeatable: true, ...(body && { body }) }),
    post: (path, body, lost) => call({ method: "POST", path, body, repeatable: false, ...(lost && { lost }) }),
    unstoppable: () => graphOf(settings, token, base),
  };
}
