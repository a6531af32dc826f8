import { announceExchange, type Exchange } from "../stage/exchanges.ts";
import { fileBody } from "../stage/file-faults.ts";
import { readApiRequest } from "./api/api-request.ts";
import { findOperation } from "./api/operation.ts";
import { errorEnvelope } from "./api/twilio-error.ts";
import type { FateTools } from "./messages/fate.ts";
import { type Routed, route } from "./routes.ts";

/** The APIs as a function; undefined means that the connection broke before an answer. Every door calls it. */
export async function answerRequest(tools: FateTools, request: Request): Promise<Response | undefined> {
  const { state, faults } = tools;
  const read = await readApiRequest(request);
  const operation = findOperation(read.method, read.url).operation?.name ?? "unknown";
  if (faults.take(["connection_dropped"], operation)) {
    record(tools, { request: read, operation, answer: { status: 0, headers: {} } }, false);
    return undefined;
  }
  const slow = faults.take(["slow_answer"], operation);
  const failing = faults.take(["server_error"], operation);
  const routed = failing ? failed(read, operation, failing) : await route(tools, read);
  const lost = faults.take(["answer_lost"], operation) !== undefined;
  record(tools, routed, !lost);
  if (slow) await new Promise<void>((resolve) => void state.clock.after(slow.byMs, resolve, "hold"));
  return lost ? undefined : respond(routed);
}

/** The same as fetch does it: redirects followed, without credentials where they lead to another host. */
export async function fetchFrom(tools: FateTools, request: Request): Promise<Response> {
  const response = await answerRequest(tools, request);
  if (!response) throw new TypeError("fetch failed", { cause: new Error("the connection was closed") });
  const location = response.headers.get("location");
  if (location === null || response.status < 300 || response.status > 399 || request.redirect !== "follow") return response;
  const target = new URL(location, request.url);
  const headers = new Headers(request.headers);
  if (target.origin !== new URL(request.url).origin) headers.delete("authorization");
  return fetchFrom(tools, new Request(target, { method: request.method, headers }));
}

function respond({ answer }: Routed): Response {
  const { status, headers, bytes, cutAfter, body } = answer;
  if (bytes) return new Response(fileBody(bytes, cutAfter), { status, headers });
  return new Response(body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body), { status, headers });
}

function failed(
  request: Routed["request"],
  operation: Routed["operation"],
  fault: { readonly status?: number; readonly envelope?: boolean },
): Routed {
  const status = fault.status ?? 500;
  if (fault.envelope === false) {
    const body = "<html><head><title>Service Unavailable</title></head><body>Service Unavailable</body></html>";
    return { request, operation, answer: { status, headers: { "content-type": "text/html" }, body } };
  }
  const body = errorEnvelope({ code: 20500, message: "Internal Server Error", status });
  return { request, operation, answer: { status, headers: { "content-type": "application/json;charset=utf-8" }, body } };
}

function record({ state }: FateTools, { request, operation, answer }: Routed, answered: boolean): void {
  const exchange: Exchange = {
    vendor: "twilio",
    operation,
    request: { method: request.method, url: request.url.href, headers: Object.fromEntries(request.headers), body: request.recorded },
    response: { status: answer.status, headers: answer.headers, body: answer.bytes ?? answer.body },
    answered,
  };
  state.exchanges.push(exchange);
  announceExchange(exchange);
}
