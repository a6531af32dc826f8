import { isWadeskError, WadeskError } from "@wadesk/core";
import { readMetaError, toWadeskError } from "../errors/meta-error.ts";
import type { Graph } from "../graph/graph.ts";
import { asList, asNumber, asRecord, asText, asTime, type Wire } from "../wire/wire.ts";

/** What Meta says of a token that it accepts. */
export interface TokenFacts {
  readonly appId?: string;
  /** Milliseconds since the epoch; absent when it never ends. */
  readonly expiresAt?: number;
}

const SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"] as const;

/** What a token is held to. */
export interface TokenTerms {
  /** The App ID of the app that it must be of; any app's when none is configured. */
  readonly wanted: string | undefined;
  /** When it must be valid, in milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Asks Meta about the token and holds it to what a connection needs: valid, of the app that is wanted, with both scopes, for this account.
 * Rejects with `token_expired`, `credentials_rejected`, `app_mismatch` or `scope_missing`, whose text says what to do.
 */
export async function checkToken(graph: Graph, wabaId: string, { wanted, now }: TokenTerms): Promise<TokenFacts> {
  const data = await inspectToken(graph, { wanted, now });
  requireAccount(data, wabaId);
  const appId = asText(data.app_id);
  const expiresAt = asTime(data.expires_at, 0);
  return { ...(appId !== undefined && { appId }), ...(expiresAt > 0 && { expiresAt }) };
}

/** What a token was granted for. */
export interface Grants {
  /** The accounts, the newest first as Meta has them; none where it may use all of its owner's. */
  readonly accounts: readonly string[];
  /** The businesses that it names. */
  readonly businesses: readonly string[];
}

/** Asks Meta what a token was granted for. Rejects as {@link checkToken} does. */
export async function grantsOf(graph: Graph, terms: TokenTerms): Promise<Grants> {
  const data = await inspectToken(graph, terms);
  const [, management] = SCOPES;
  const targets = (name: string): readonly string[] => {
    const scope = asList(data.granular_scopes)
      .map(asRecord)
      .find((each) => each?.scope === name);
    return asList(scope?.target_ids).flatMap((id) => asText(id) ?? []);
  };
  return { accounts: targets(management), businesses: targets("business_management") };
}

async function inspectToken(graph: Graph, { wanted, now }: TokenTerms): Promise<Wire> {
  const data = await debugToken(graph);
  requireValid(data, now);
  const appId = asText(data.app_id);
  if (wanted !== undefined && appId !== wanted) {
    const detail = `the token was made for app ${appId ?? "unknown"}, and webhooks of that app would not verify; generate it for app ${wanted}`;
    throw new WadeskError("app_mismatch", { detail });
  }
  requireScopes(data);
  return data;
}

// the app looks into its tokens; where its id or secret is not configured or does not count, the token looks into itself
async function debugToken(graph: Graph): Promise<Wire> {
  const { appId, appSecret } = graph.settings;
  const query = { input_token: graph.token };
  for (const secret of appId === undefined ? [] : appSecret) {
    try {
      return dataOf(await graph.get(["debug_token"], query, { token: `${appId}|${secret}`, secrets: [secret] }));
    } catch (error) {
      // a token of another app is refused here too, and only the token itself then tells whose it is
      if (!refusesApp(error)) throw error;
    }
  }
  return dataOf(await graph.get(["debug_token"], query));
}

function refusesApp(error: unknown): boolean {
  return isWadeskError(error) && ["token_expired", "credentials_rejected", "provider_refused", "scope_missing"].includes(error.code);
}

function dataOf(answer: Wire): Wire {
  const data = asRecord(answer.data);
  if (data === undefined) throw emptyAnswer();
  return data;
}

function emptyAnswer(): WadeskError {
  return new WadeskError("provider_unavailable", { detail: "Meta's answer about the token is empty" });
}

function requireValid(data: Wire, now: number): void {
  if (data.is_valid === true) return;
  const refusal = asRecord(data.error);
  // without that word the rest tells: an error, an end that has passed, an app and scopes that are judged next
  if (data.is_valid !== false && refusal === undefined) {
    requireUnended(data, now);
    return;
  }
  const { subcode, ...rest } = refusal ?? {};
  const error = readMetaError({ code: 190, ...rest, error_subcode: subcode ?? rest.error_subcode });
  // without a subcode Meta never knew the token
  throw error.subcode === undefined && asNumber(data.expires_at) === undefined ? unknownToken(toWadeskError(error)) : toWadeskError(error);
}

function requireUnended(data: Wire, now: number): void {
  if (asText(data.app_id) === undefined && asList(data.scopes).length + asList(data.granular_scopes).length === 0) throw emptyAnswer();
  const expiresAt = asTime(data.expires_at, 0);
  if (expiresAt > 0 && expiresAt <= now) throw toWadeskError({ code: 190, subcode: 463 });
}

/** What to tell of a token that Meta does not know: it was not copied whole, or never was one. */
export function unknownToken(error: WadeskError): WadeskError {
  return new WadeskError("credentials_rejected", {
    detail: "Meta does not know the access token; copy it again, in one piece",
    ...(error.vendor && { vendor: error.vendor }),
  });
}

function requireScopes(data: Wire): void {
  const held = new Set([...asList(data.scopes), ...asList(data.granular_scopes).map((item) => asRecord(item)?.scope)]);
  const lacking = SCOPES.filter((scope) => !held.has(scope));
  if (lacking.length === 0) return;
  const detail = `the token lacks ${lacking.join(" and ")}: generate a System User token with both WhatsApp scopes`;
  throw new WadeskError("scope_missing", { detail });
}

// a scope without targets counts for every account the token's owner may use
function requireAccount(data: Wire, wabaId: string): void {
  for (const item of asList(data.granular_scopes)) {
    const scope = asRecord(item);
    const targets = asList(scope?.target_ids);
    if (!SCOPES.some((name) => name === scope?.scope) || targets.length === 0) continue;
    if (targets.some((target) => asText(target) === wabaId)) continue;
    const detail = `the token's ${scope?.scope} is not for WhatsApp account ${wabaId}: check the WABA ID, or assign the account to the System User and generate a new token`;
    throw new WadeskError("scope_missing", { detail });
  }
}
