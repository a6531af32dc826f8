import { graphError } from "../graph/graph-error.ts";
import type { GraphRequest } from "../graph/graph-request.ts";
import type { AppState, MetaState } from "../state.ts";
import { CODE_LIFE_MS } from "./configurations.ts";

/** The operation by its name: no token calls it, so it stands in no table of demands. */
export const EXCHANGE = "GET /oauth/access_token";

const SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"];
const CATALOGS = "catalog_management";

/** Whether a request is an exchange of a code. */
export function isExchange({ method, path }: GraphRequest): boolean {
  return method === "GET" && path.length === 2 && path[0] === "oauth" && path[1] === "access_token";
}

/**
 * `GET /oauth/access_token`: a code of the dialog becomes a token, once and within 30 seconds; `redirect_uri` must be what the dialog was opened with, byte
 * for byte. Refusals of the code are 100 with the subcodes 36007 (ended), 36008 (another address) and 36009 (used), as public clients know them.
 */
export function exchangeCode(state: MetaState, { url }: GraphRequest): object {
  const query = url.searchParams;
  const app = appOf(state, query);
  const written = query.get("code") ?? "";
  if (written === "") throw graphError(100, { message: "Missing authorization code" });
  const code = state.codes.get(written);
  if (code === undefined || code.appId !== app.id) throw graphError(100, { message: "Invalid verification code format." });
  if (code.used) throw graphError(100, { subcode: 36009, message: "This authorization code has been used." });
  if ((query.get("redirect_uri") ?? undefined) !== code.redirectUri) {
    throw graphError(100, {
      subcode: 36008,
      message:
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
    });
  }
  const now = state.clock.now();
  if (now - code.madeAt >= CODE_LIFE_MS) throw graphError(100, { subcode: 36007, message: "This authorization code has expired." });
  code.used = true;
  const value = state.ids.accessToken();
  const { tokenLifeMs: life, unnamedAccounts } = code.configuration;
  const businesses = code.wabaIds.flatMap((id) => state.wabas.get(id)?.businessId ?? []);
  state.tokens.set(value, {
    value,
    appId: app.id,
    type: "SYSTEM_USER",
    userId: state.ids.numeric(15),
    scopes: new Set([...SCOPES, ...(code.catalogIds.length > 0 ? [CATALOGS] : []), ...(unnamedAccounts ? ["business_management"] : [])]),
    wabaIds: code.wabaIds,
    targets: {
      ...(unnamedAccounts && {
        whatsapp_business_management: undefined,
        whatsapp_business_messaging: undefined,
        business_management: businesses,
      }),
      [CATALOGS]: code.catalogIds,
    },
    issuedAt: now,
    expiresAt: life === undefined ? undefined : now + life,
  });
  return { access_token: value, token_type: "bearer", ...(life !== undefined && { expires_in: Math.floor(life / 1000) }) };
}

function appOf(state: MetaState, query: URLSearchParams): AppState {
  const id = query.get("client_id") ?? "";
  if (id === "") throw graphError(101, { message: "Missing client_id parameter." });
  const app = state.apps.get(id);
  if (app === undefined)
    throw graphError(101, { message: "Error validating application. Cannot get application info due to a system error." });
  if (query.get("client_secret") !== app.secret) throw graphError(1, { message: "Error validating client secret." });
  return app;
}
