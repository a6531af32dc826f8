import type { ApiRequest } from "./api/api-request.ts";
import type { ApiAnswer, Operation } from "./api/call.ts";
import { accountOf, identifyAccount, requireActive } from "./api/credentials.ts";
import { findOperation, type TwilioOperationName } from "./api/operation.ts";
import { errorEnvelope, notFound, refusalOf, twilioError } from "./api/twilio-error.ts";
import { createMessage } from "./messages/create-message.ts";
import type { FateTools } from "./messages/fate.ts";
import { fetchAccount } from "./resources/account.ts";
import { fetchApproval, fetchContent, listContents, listContentsAndApprovals } from "./resources/contents.ts";
import { deleteMedia, fetchMedia, leadToFile, listMedia, readFile } from "./resources/message-media.ts";
import { fetchMessage, listMessages } from "./resources/read-messages.ts";
import { fetchSender, listSenders, updateSender } from "./resources/senders.ts";
import { showTyping } from "./resources/typing.ts";

/** What a request came to, before faults of the connection. */
export interface Routed {
  readonly request: ApiRequest;
  readonly operation: TwilioOperationName | "unknown";
  readonly answer: ApiAnswer & { readonly status: number; readonly headers: Readonly<Record<string, string>> };
}

const FILE: TwilioOperationName = "GET /{AccountSid}/{Key}";
const ITSELF: TwilioOperationName = "GET /2010-04-01/Accounts/{Sid}.json";

/** Answers a request as Twilio does: credentials, account, path, then the operation itself. */
export async function route(tools: FateTools, request: ApiRequest): Promise<Routed> {
  const found = findOperation(request.method, request.url);
  const operation = found.operation?.name ?? "unknown";
  const headers = { "content-type": "application/json;charset=utf-8", "twilio-request-id": `RQ${tools.state.hexadecimal(32)}` };
  try {
    const answer =
      operation === FILE ? readFile({ state: tools.state, request, places: found.places }, tools.faults) : letIn(tools, request, found);
    const { status = 200, ...rest } = await answer;
    return { request, operation, answer: { ...rest, status, headers: { ...headers, ...rest.headers } } };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const { status } = refusal;
    return { request, operation, answer: { status, headers: { ...headers, ...refusal.headers }, body: errorEnvelope(refusal) } };
  }
}

function letIn(tools: FateTools, request: ApiRequest, found: ReturnType<typeof findOperation>): ApiAnswer | Promise<ApiAnswer> {
  const { state } = tools;
  const caller = identifyAccount(state, request);
  const { operation, places } = found;
  requireActive(caller, operation?.name === ITSELF && places.Sid === caller.sid);
  if (!operation) throw found.pathKnown ? twilioError(20004) : notFound(request.url.pathname);
  strike(tools, operation.name);
  const sid = operation.name === ITSELF ? places.Sid : places.AccountSid;
  const account = sid === undefined ? caller : accountOf(state, caller, sid, request.url.pathname);
  if (operation.name !== ITSELF) requireActive(account, false);
  return operationsOf(tools)[operation.name]({ state, request, places, account, afterAnswer: tools.courier.later });
}

function operationsOf(tools: FateTools): Readonly<Record<TwilioOperationName, Operation>> {
  return {
    "GET /2010-04-01/Accounts/{Sid}.json": fetchAccount,
    "POST /2010-04-01/Accounts/{AccountSid}/Messages.json": (call) => createMessage(call, tools),
    "GET /2010-04-01/Accounts/{AccountSid}/Messages.json": listMessages,
    "GET /2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json": fetchMessage,
    "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json": listMedia,
    "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json": fetchMedia,
    "DELETE /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json": deleteMedia,
    "GET /2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}": (call) => leadToFile(call, tools.faults),
    "GET /{AccountSid}/{Key}": (call) => readFile(call, tools.faults),
    "GET /v2/Channels/Senders": listSenders,
    "GET /v2/Channels/Senders/{Sid}": fetchSender,
    "POST /v2/Channels/Senders/{Sid}": updateSender,
    "POST /v2/Indicators/Typing.json": showTyping,
    "GET /v1/Content": listContents,
    "GET /v1/Content/{Sid}": fetchContent,
    "GET /v1/Content/{Sid}/ApprovalRequests": fetchApproval,
    "GET /v1/ContentAndApprovals": listContentsAndApprovals,
  };
}

function strike({ faults }: FateTools, operation: TwilioOperationName): void {
  const fault = faults.take(["credentials_rejected", "rate_limited", "refused"], operation);
  if (!fault) return;
  if (fault.kind === "credentials_rejected") throw twilioError(20003);
  if (fault.kind === "refused") {
    const { code, status, message } = fault;
    throw twilioError(code, { ...(status !== undefined && { status }), ...(message !== undefined && { message }) });
  }
  const wait = fault.waitMs === undefined ? {} : { headers: { "retry-after": String(Math.ceil(fault.waitMs / 1000)) } };
  throw twilioError(20429, wait);
}
