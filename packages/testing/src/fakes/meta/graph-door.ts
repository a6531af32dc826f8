import { announceExchange, type Exchange } from "../stage/exchanges.ts";
import { fileBody } from "../stage/file-faults.ts";
import { readGraphRequest } from "./graph/graph-request.ts";
import type { FateTools } from "./messages/fate.ts";
import { answerDialog, isDialog } from "./dialog/dialog.ts";
import { metaJson } from "./meta-json.ts";
import { nameOf, type Routed, route } from "./routes.ts";

/** The Graph API as a function; undefined means that the connection broke before an answer. Both doors call it. */
export async function answerRequest(tools: FateTools, request: Request): Promise<Response | undefined> {
  const { state, faults } = tools;
  if (isDialog(new URL(request.url))) return answerDialog(state, request);
  const read = await readGraphRequest(request);
  const operation = nameOf(state, read);
  if (faults.take(["connection_dropped"], operation)) {
    record(tools, { request: read, operation, answer: { status: 0, headers: {}, body: undefined } }, false);
    return undefined;
  }
  const slow = faults.take(["slow_answer"], operation);
  const failing = faults.take(["server_error"], operation);
  const routed = failing ? failed(read, operation, failing, state.ids.trace()) : await route(tools, read);
  const lost = faults.take(["answer_lost"], operation) !== undefined;
  record(tools, routed, !lost);
  if (slow) await new Promise<void>((resolve) => void state.clock.after(slow.byMs, resolve, "hold"));
  return lost ? undefined : respond(routed);
}

function respond({ answer }: Routed): Response {
  const body = answer.bytes
    ? fileBody(answer.bytes, answer.cutAfter)
    : typeof answer.body === "string"
      ? answer.body
      : metaJson(answer.body);
  return new Response(body, { status: answer.status, headers: answer.headers });
}

function failed(
  request: Routed["request"],
  operation: Routed["operation"],
  fault: { readonly status?: number; readonly envelope?: boolean },
  traceId: string,
): Routed {
  const status = fault.status ?? 500;
  if (fault.envelope === false) {
    const body = "<!DOCTYPE html><html><title>Error</title><body>Sorry, something went wrong.</body></html>";
    return { request, operation, answer: { status, headers: { "content-type": "text/html; charset=utf-8" }, body } };
  }
  const error = {
    message: "An unexpected error has occurred. Please retry your request later.",
    type: "OAuthException",
    is_transient: true,
    code: 2,
    fbtrace_id: traceId,
  };
  return { request, operation, answer: { status, headers: { "content-type": "application/json; charset=UTF-8" }, body: { error } } };
}

function record({ state }: FateTools, { request, operation, answer }: Routed, answered: boolean): void {
  const exchange: Exchange = {
    vendor: "meta",
    operation,
    request: { method: request.method, url: request.url.href, headers: Object.fromEntries(request.headers), body: request.recorded },
    response: { status: answer.status, headers: answer.headers, body: answer.bytes ?? answer.body },
    answered,
  };
  state.exchanges.push(exchange);
  announceExchange(exchange);
}
