import { createHmac, timingSafeEqual } from "node:crypto";
import type { AppState, MetaState, TokenState } from "../state.ts";
import { graphError, unsupportedRequest } from "./graph-error.ts";
import type { GraphRequest } from "./graph-request.ts";

/** Who calls: an app itself (`id|secret`), or a token that the app was given. */
export interface Caller {
  readonly app: AppState;
  readonly token: TokenState | undefined;
}

/** Finds the caller by `Authorization: Bearer`, or `access_token` in the query or the body. Throws 104 and 190. */
export function identifyCaller(state: MetaState, request: GraphRequest): Caller {
  const value = tokenText(request);
  if (value === undefined) {
    throw graphError(104, { status: 401, message: "An access token is required to request this resource." });
  }
  const caller = callerOf(state, value);
  if (!caller) throw invalidToken("Invalid OAuth access token - Cannot parse access token");
  const problem = caller.token && tokenProblem(caller.token, state.clock.now());
  if (problem) throw invalidToken(problem.message, problem.subcode);
  requireProof(request, value, caller.app);
  return caller;
}

/** The token or the app behind a token's text, valid or not. */
export function callerOf(state: MetaState, value: string): Caller | undefined {
  const [appId = "", secret = ""] = value.split("|");
  if (value.includes("|")) {
    const app = state.apps.get(appId);
    return app && secret === app.secret ? { app, token: undefined } : undefined;
  }
  const token = state.tokens.get(value);
  const app = token && state.apps.get(token.appId);
  return app && { app, token };
}

/** Why a known token does not count. */
export function tokenProblem(token: TokenState, now: number): { readonly message: string; readonly subcode: number } | undefined {
  if (token.revoked) return { subcode: token.revoked.subcode, message: REVOKED[token.revoked.subcode] ?? "Error validating access token" };
  if (token.expiresAt === undefined || token.expiresAt > now) return undefined;
  return {
    subcode: 463,
    message: `Error validating access token: Session has expired on ${dated(token.expiresAt)}. The current time is ${dated(now)}.`,
  };
}

/** Refuses a caller without one of the scopes, or one whose grant does not name the account. */
export function requireAccess(
  caller: Caller,
  need: { readonly scopes: readonly string[]; readonly wabaId?: string; readonly request: GraphRequest },
): void {
  const held = need.scopes.filter((scope) => caller.token?.scopes.has(scope));
  if (need.scopes.length > 0 && held.length === 0) throw scopeMissing(need.scopes);
  const granted = caller.token?.wabaIds;
  if (need.wabaId !== undefined && granted && !granted.includes(need.wabaId)) {
    throw unsupportedRequest(need.request.method, need.request.path[0] ?? "");
  }
}

/** The answer to a token that lacks a scope. */
export function scopeMissing(scopes: readonly string[]): Error {
  return scopes.length === 1 && scopes[0] === "whatsapp_business_messaging"
    ? graphError(10, { message: "(#10) Application does not have permission for this action" })
    : graphError(200, { status: 403, message: `(#200) Requires ${scopes.join(" or ")} permission to manage the object` });
}

/** The answer to a token that does not count. */
export function invalidToken(message: string, subcode?: number): Error {
  return graphError(190, { status: 401, message, ...(subcode !== undefined && { subcode }) });
}

const REVOKED: Readonly<Record<number, string>> = {
  458: "Error validating access token: The user has not authorized application.",
  460: "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
  463: "Error validating access token: Session has expired.",
  467: "Error validating access token: The session is invalid because the user logged out.",
};

function tokenText(request: GraphRequest): string | undefined {
  const [scheme = "", ...rest] = (request.headers.get("authorization") ?? "").split(" ");
  if (/^(bearer|oauth)$/i.test(scheme) && rest.length > 0) return rest.join(" ").trim();
  const given = request.url.searchParams.get("access_token") ?? request.body.access_token;
  return typeof given === "string" && given !== "" ? given : undefined;
}

function requireProof(request: GraphRequest, token: string, app: AppState): void {
  const given = request.url.searchParams.get("appsecret_proof") ?? request.body.appsecret_proof;
  if (given === undefined || given === null) return;
  const expected = createHmac("sha256", app.secret).update(token).digest();
  const sent = Buffer.from(String(given), "hex");
  if (sent.length === expected.length && timingSafeEqual(sent, expected)) return;
  throw graphError(100, { type: "GraphMethodException", message: "Invalid appsecret_proof provided in the API argument" });
}

function dated(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}
