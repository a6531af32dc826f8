import type { ChannelContext } from "@wadesk/core/ports";
import type { OwnApp } from "../details.ts";
import type { CloudApiSettings, Transport } from "../options.ts";
import { asText, type Wire } from "../wire/wire.ts";
import { callGraph, type GraphOptions, type GraphRequest } from "./client.ts";
import { isManaging, keepPace, noteUsage, type PaceClock } from "./pace.ts";

/** A caller of the Graph API with one token. */
export interface Graph {
  readonly settings: CloudApiSettings;
  readonly token: string;
  /** Reads; repeated when no answer came. */
  readonly get: (path: readonly string[], query?: Readonly<Record<string, string>>, as?: Caller) => Promise<Wire>;
  /** Does something that is the same when done twice. */
  readonly put: (method: "POST" | "DELETE", path: readonly string[], body?: Wire, as?: Caller) => Promise<Wire>;
  /** Does something once; `lost` says what it means that no answer came. */
  readonly post: (path: readonly string[], body: Wire, lost?: "outcome_unknown") => Promise<Wire>;
  /** Any call, at either of Meta's hosts. */
  readonly raw: (host: GraphHost, request: Omit<GraphRequest, "token" | "secrets">) => Promise<Wire>;
  /** The same for one account, in its pace: what manages it waits or is refused while Meta says that its calls are used up. */
  readonly of: (wabaId: string) => Graph;
  /** The same, but heedless of the signal: for undoing what was done before it came. */
  readonly unstoppable: () => Graph;
}

/** Which of Meta's hosts: `graph.facebook.com`, or `api.facebook.com` with its few new calls. */
export type GraphHost = "graph" | "api";

/** Another token to call with, and what else no error may repeat. */
export interface Caller {
  readonly token: string;
  readonly secrets: readonly string[];
}

// what a person typed in; Meta's own words may repeat it
const SECRET_FIELDS = ["pin", "code", "verify_token"];

function secretsIn(body: Wire | undefined): readonly string[] {
  return SECRET_FIELDS.flatMap((name) => asText(body?.[name]) ?? []);
}

/** Makes a caller from the context of one channel call. With an app of the number's own, `settings` are those with that app in the place of the platform's. */
export async function openGraph(
  transport: Transport,
  context: ChannelContext<CloudApiSettings> & { readonly signal: AbortSignal },
  token: string,
  app?: OwnApp,
): Promise<Graph> {
  const platform = await context.settings();
  // a number with an app of its own is held to that one, and the platform's secrets are none of its business
  const settings = app === undefined ? platform : { ...platform, appId: app.id, appSecret: app.secrets, verifyToken: [app.verifyToken] };
  const base: Base = {
    settings,
    token,
    transport,
    clock: { now: context.now, pause: context.pause },
    options: {
      url: transport.graphUrl,
      version: settings.graphVersion,
      fetch: context.fetch,
      timeoutMs: transport.timeoutMs,
      retryDelayMs: transport.retryDelayMs,
      onAnswer: (headers) => noteUsage(transport, settings.appId, headers, context.now),
    },
  };
  return graphOf({ ...base, signal: context.signal });
}

interface Base {
  readonly settings: CloudApiSettings;
  readonly token: string;
  readonly transport: Transport;
  readonly clock: PaceClock;
  readonly options: GraphOptions;
  readonly signal?: AbortSignal;
  readonly account?: string;
}

function graphOf(base: Base): Graph {
  const { settings, token, transport, clock, account, signal } = base;
  const options = signal === undefined ? base.options : { ...base.options, signal };
  const call = async (request: Omit<GraphRequest, "token">, as?: Caller, host: GraphHost = "graph"): Promise<Wire> => {
    if (account !== undefined && isManaging(request.path)) await keepPace(transport, { appId: settings.appId, wabaId: account }, clock);
    return callGraph(host === "api" ? { ...options, url: transport.apiUrl } : options, {
      ...request,
      token: as?.token ?? token,
      secrets: [token, ...settings.appSecret, ...settings.verifyToken, ...(as?.secrets ?? []), ...secretsIn(request.body)],
    });
  };
  return {
    settings,
    token,
    get: (path, query, as) => call({ method: "GET", path, repeatable: true, ...(query && { query }) }, as),
    put: (method, path, body, as) => call({ method, path, repeatable: true, ...(body && { body }) }, as),
    post: (path, body, lost) => call({ method: "POST", path, body, repeatable: false, ...(lost && { lost }) }),
    raw: (host, request) => call(request, undefined, host),
    of: (wabaId) => graphOf({ ...base, account: wabaId }),
    unstoppable: () => {
      const { signal: _former, ...rest } = base;
      return graphOf(rest);
    },
  };
}
