import { identifyCaller, invalidToken, requireAccess, scopeMissing } from "./graph/access.ts";
import type { Call, GraphAnswer, Operation } from "./graph/call.ts";
import { errorEnvelope, errorHeaders, graphError, refusalOf, unknownPath, unsupportedRequest } from "./graph/graph-error.ts";
import type { GraphRequest } from "./graph/graph-request.ts";
import { GRAPH_VERSIONS } from "./graph/graph-versions.ts";
import { META_OPERATIONS, type NodeKind, type OperationDemand, type OperationName } from "./graph/operation.ts";
import { countManaged, manages, usageHeader } from "./limits/usage.ts";
import type { FateTools } from "./messages/fate.ts";
import { sendMessage } from "./messages/send-message.ts";
import { archiveTemplates, unarchiveTemplates } from "./nodes/archive-templates.ts";
import { changeProfile, getProfile } from "./numbers/business-profile.ts";
import { changeNumber } from "./numbers/number-settings.ts";
import { getAccount, getBusiness } from "./nodes/accounts.ts";
import { listClientAccounts, listOwnedAccounts } from "./signup/business-accounts.ts";
import { debugToken } from "./nodes/debug-token.ts";
import { deleteMedia, getMedia, uploadMedia } from "./nodes/media.ts";
import { downloadMedia, MEDIA_PATH } from "./nodes/media-download.ts";
import { linkCatalog, listCatalogs } from "./signup/product-catalogs.ts";
import { getNumber, listNumbers } from "./numbers/phone-numbers.ts";
import { deregisterNumber, registerNumber } from "./numbers/registration.ts";
import { listSubscribedApps, subscribeApp, unsubscribeApp } from "./nodes/subscribed-apps.ts";
import { requestCode, verifyCode } from "./signup/verification.ts";
import { syncAppData } from "./signup/app-data.ts";
import { EXCHANGE, exchangeCode, isExchange } from "./signup/exchange-code.ts";
import { listTemplates } from "./nodes/templates.ts";
import type { MetaState } from "./state.ts";
import { listAppSubscriptions, subscribeAppFields } from "./webhooks/app-subscriptions.ts";

/** What a request came to, before faults of the connection. */
export interface Routed {
  readonly request: GraphRequest;
  readonly operation: OperationName | typeof EXCHANGE | "unknown";
  readonly answer: Required<Pick<GraphAnswer, "status" | "headers">> & GraphAnswer;
}

/** Answers a request as the Graph API does: version, path, token, object, scope, grant, then the operation itself. */
export async function route(tools: FateTools, request: GraphRequest): Promise<Routed> {
  const { state } = tools;
  const demand = findOperation(state, request);
  const operation = nameOf(state, request);
  const headers: Record<string, string> = {
    "content-type": "application/json; charset=UTF-8",
    "cache-control": "private, no-cache, no-store, must-revalidate",
    "x-fb-trace-id": state.ids.trace(),
    ...(request.version && { "facebook-api-version": request.version }),
  };
  try {
    if (demand?.name !== "GET /{Media-URL}") requireVersion(request);
    if (isExchange(request)) {
      strike(tools, { name: EXCHANGE, scopes: [] }, request);
      return { request, operation, answer: { status: 200, headers, body: exchangeCode(state, request) } };
    }
    if (!demand) refuseUnknown(state, request);
    const caller = identifyCaller(state, request);
    strike(tools, demand, request);
    const behind = wabaBehind(state, request, demand);
    requireAccess(caller, { scopes: demand.scopes, request, ...behind });
    if (behind.wabaId !== undefined && manages(demand)) {
      Object.assign(headers, countManaged(state, { appId: caller.app.id, wabaId: behind.wabaId }));
    }
    const call: Call = { state, request, caller, challenge: tools.courier.challenge, afterAnswer: tools.courier.later };
    const answer = await operationsOf(tools)[demand.name](call);
    return { request, operation, answer: { status: 200, ...answer, headers: { ...headers, ...answer.headers } } };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const body = errorEnvelope(refusal, headers["x-fb-trace-id"] ?? "");
    return { request, operation, answer: { status: refusal.status, headers: { ...headers, ...errorHeaders(refusal) }, body } };
  }
}

/** The operation that a request names; undefined where there is none. */
function findOperation(state: MetaState, request: GraphRequest): OperationDemand | undefined {
  const { method, path } = request;
  const named = (name: OperationName): OperationDemand | undefined => META_OPERATIONS.find((each) => each.name === name);
  if (request.url.pathname === MEDIA_PATH) return method === "GET" ? named("GET /{Media-URL}") : undefined;
  if (path.length === 1 && path[0] === "debug_token") return method === "GET" ? named("GET /debug_token") : undefined;
  const [, ...rest] = path;
  const edge = rest.join("/");
  const here = META_OPERATIONS.filter((each) => each.method === method && (each.host === "api") === isApiHost(request));
  if (rest.length > 0) return here.find((each) => each.node !== undefined && each.edge === edge);
  if (path.length !== 1) return undefined;
  const kind = kindOf(state, path[0] ?? "");
  return kind && here.find((each) => each.node === kind && each.edge === undefined);
}

function isApiHost({ url }: GraphRequest): boolean {
  return url.hostname === "api.facebook.com";
}

/** What a request is called in the record of exchanges and by faults. */
export function nameOf(state: MetaState, request: GraphRequest): Routed["operation"] {
  return isExchange(request) ? EXCHANGE : (findOperation(state, request)?.name ?? "unknown");
}

function operationsOf(tools: FateTools): Readonly<Record<OperationName, Operation>> {
  return {
    "GET /debug_token": debugToken,
    "GET /{App-ID}/subscriptions": listAppSubscriptions,
    "POST /{App-ID}/subscriptions": subscribeAppFields,
    "GET /{Business-ID}": getBusiness,
    "GET /{Business-ID}/owned_whatsapp_business_accounts": listOwnedAccounts,
    "GET /{Business-ID}/client_whatsapp_business_accounts": listClientAccounts,
    "GET /{WABA-ID}": getAccount,
    "GET /{WABA-ID}/phone_numbers": listNumbers,
    "GET /{WABA-ID}/message_templates": listTemplates,
    "POST /{WABA-ID}/message_templates/archive": archiveTemplates,
    "POST /{WABA-ID}/message_templates/unarchive": unarchiveTemplates,
    "GET /{WABA-ID}/subscribed_apps": listSubscribedApps,
    "POST /{WABA-ID}/subscribed_apps": subscribeApp,
    "DELETE /{WABA-ID}/subscribed_apps": unsubscribeApp,
    "GET /{WABA-ID}/product_catalogs": listCatalogs,
    "POST /{WABA-ID}/product_catalogs": linkCatalog,
    "GET /{Phone-Number-ID}": getNumber,
    "POST /{Phone-Number-ID}": changeNumber,
    "GET /{Phone-Number-ID}/whatsapp_business_profile": getProfile,
    "POST /{Phone-Number-ID}/whatsapp_business_profile": changeProfile,
    "POST /{Phone-Number-ID}/messages": (call) => sendMessage(call, tools),
    "POST /{Phone-Number-ID}/media": uploadMedia,
    "POST /{Phone-Number-ID}/register": registerNumber,
    "POST /{Phone-Number-ID}/deregister": deregisterNumber,
    "POST /{Phone-Number-ID}/request_code": requestCode,
    "POST /{Phone-Number-ID}/verify_code": verifyCode,
    "POST /{Phone-Number-ID}/smb_app_data": syncAppData,
    "GET /{Media-ID}": (call) => getMedia(call, tools.faults),
    "DELETE /{Media-ID}": deleteMedia,
    "GET /{Media-URL}": (call) => downloadMedia(call, tools.faults),
  };
}

function requireVersion(request: GraphRequest): void {
  if (!request.version || !GRAPH_VERSIONS.includes(request.version)) throw unknownPath(request.url.pathname);
}

function refuseUnknown(state: MetaState, request: GraphRequest): never {
  const [id = "", ...rest] = request.path;
  const edge = rest.length === 0 ? undefined : rest.join("/");
  if (id === "") throw unsupportedRequest(request.method, id);
  identifyCaller(state, request);
  const known = META_OPERATIONS.some((each) => each.edge === edge && (each.host === "api") === isApiHost(request));
  if (edge !== undefined && !known) throw unknownPath(`/${edge}`);
  if (!/^\d+$/.test(id) && id !== "debug_token") {
    throw graphError(803, { status: 404, message: `(#803) Some of the aliases you requested do not exist: ${id}` });
  }
  throw unsupportedRequest(request.method, id);
}

function strike(
  { faults, state }: FateTools,
  demand: Pick<OperationDemand, "scopes"> & { readonly name: string },
  request: GraphRequest,
): void {
  const fault = faults.take(["expired_token", "missing_scope", "rate_limited", "refused"], demand.name);
  if (!fault) return;
  if (fault.kind === "expired_token") throw invalidToken("Error validating access token: Session has expired.", fault.subcode ?? 463);
  if (fault.kind === "missing_scope") throw scopeMissing(demand.scopes);
  if (fault.kind === "refused") {
    const { code, status, subcode, details } = fault;
    throw graphError(code, {
      ...(status !== undefined && { status }),
      ...(subcode !== undefined && { subcode }),
      ...(details !== undefined && { details }),
    });
  }
  const { code = 80007, waitMs = 60_000 } = fault;
  const id = request.path[0] ?? "";
  const wabaId = state.numbers.get(id)?.wabaId ?? state.media.get(id)?.wabaId ?? id;
  throw graphError(code, {
    status: 400,
    headers: { ...usageHeader(wabaId, 100, Math.ceil(waitMs / 60_000)), "retry-after": String(Math.ceil(waitMs / 1000)) },
    ...(code === 80007 && { subcode: 2446079 }),
  });
}

/** The account behind the path, which a token's grant must name. Throws 100/33 where the path names no object of the right kind. */
function wabaBehind(state: MetaState, request: GraphRequest, demand: OperationDemand): { readonly wabaId?: string } {
  const id = request.path[0] ?? "";
  if (demand.name === "GET /{Media-URL}") {
    const media = state.media.get(request.url.searchParams.get("mid") ?? "");
    return media ? { wabaId: media.wabaId } : {};
  }
  if (demand.node === undefined) return {};
  if (kindOf(state, id) !== demand.node) throw unsupportedRequest(request.method, id);
  const waba = state.wabas.get(id)?.id ?? state.numbers.get(id)?.wabaId ?? state.media.get(id)?.wabaId;
  if (waba !== undefined) return { wabaId: waba };
  return businessGrant(state, id);
}

// a token sees a business through the first of its accounts
function businessGrant(state: MetaState, id: string): { readonly wabaId?: string } {
  const owned = [...state.wabas.values()].find((waba) => waba.businessId === id);
  return owned ? { wabaId: owned.id } : {};
}

function kindOf(state: MetaState, id: string): NodeKind | undefined {
  if (state.wabas.has(id)) return "waba";
  if (state.numbers.has(id)) return "number";
  if (state.media.has(id)) return "media";
  if (state.businesses.has(id)) return "business";
  return state.apps.has(id) ? "app" : undefined;
}
