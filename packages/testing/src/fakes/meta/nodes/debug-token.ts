import { callerOf, tokenProblem } from "../graph/access.ts";
import type { Operation } from "../graph/call.ts";
import { graphError, parameterRequired } from "../graph/graph-error.ts";
import type { MetaState, TokenState } from "../state.ts";

/** `GET /debug_token`: an app looks into its own tokens, and a token into itself and into others of its app. */
export const debugToken: Operation = (call) => {
  const input = call.request.url.searchParams.get("input_token");
  if (input === null || input === "") throw parameterRequired("input_token");
  const found = callerOf(call.state, input);
  if (!found) {
    return { body: { data: { error: { code: 190, message: "Invalid OAuth access token." }, is_valid: false, scopes: [] } } };
  }
  if (found.app.id !== call.caller.app.id) {
    throw graphError(100, { message: "(#100) The App_id in the input_token did not match the Viewing App" });
  }
  if (!found.token) {
    return { body: { data: { app_id: found.app.id, type: "APP", application: found.app.name, is_valid: true, scopes: [] } } };
  }
  return { body: { data: describe(call.state, found.token, found.app.name) } };
};

function describe(state: MetaState, token: TokenState, application: string): object {
  const problem = tokenProblem(token, state.clock.now());
  const scopes = [...token.scopes];
  return {
    app_id: token.appId,
    type: token.type,
    application,
    data_access_expires_at: 0,
    ...(problem && { error: { code: 190, message: problem.message, subcode: problem.subcode } }),
    expires_at: token.expiresAt === undefined ? 0 : Math.floor(token.expiresAt / 1000),
    is_valid: !problem,
    issued_at: Math.floor(token.issuedAt / 1000),
    scopes,
    granular_scopes: scopes
      .filter((scope) => scope.startsWith("whatsapp_business_") || token.targets?.[scope] !== undefined)
      .map((scope) => {
        const targets = token.targets !== undefined && scope in token.targets ? token.targets[scope] : token.wabaIds;
        return { scope, ...(targets && { target_ids: targets }) };
      }),
    user_id: token.userId,
  };
}
