import type { Clock, Logger } from "@wadesk/core";
import type { BridgeCalls, CallName } from "../../bridge-protocol/messages/calls.ts";
import { failureOf } from "../../bridge-protocol/messages/failure.ts";
import { type Refusal, refusal } from "../../bridge-protocol/signing/refusal.ts";
import { verifyBody, verifyHead } from "../../bridge-protocol/signing/verify-request.ts";
import { type CallTable, type CallTools, createCalls } from "./do-call.ts";
import type { FirstOutcomes, Outcome } from "./first-outcomes.ts";
import { linkStream } from "./link-stream.ts";
import { readBody } from "./read-body.ts";

/** What calls are answered with. */
export interface AnswerTools extends CallTools {
  readonly outcomes: FirstOutcomes;
  readonly linking: Map<string, number>;
  readonly clock: Clock;
  readonly log: Logger;
}

// loaded with the first file
const files = (): Promise<typeof import("./files.ts")> => import("./files.ts");

/** A message with everything in it is far below. */
const MOST_BYTES = 1024 * 1024;
/** How long the body of a call may take to arrive, in milliseconds. An app whose connection broke unheard would hold its request for good. */
const BODY_WITHIN_MS = 30_000;

/** Makes what answers an app's calls. Each is verified by its head before its body is read, and done once, however often it comes. */
export function createAnswers(given: Omit<AnswerTools, "linking">): (request: Request) => Promise<Response> {
  const tools = { ...given, linking: new Map<string, number>() };
  const calls = createCalls(tools);
  return async (request) => {
    try {
      const answer = await answerCall(tools, calls, request);
      if (answer instanceof Response) return answer;
      if ("body" in answer) return json(answer);
      tools.log.warn({ code: answer.code, bridge: tools.bridge }, answer.message);
      return json({ status: answer.status, body: JSON.stringify({ error: { code: answer.code, message: answer.message } }) });
    } catch (error) {
      const { status, failure } = failureOf(error);
      tools.log.error({ code: failure.code, bridge: tools.bridge, reason: nameOf(error) }, "a call of the app could not be answered");
      return json({ status, body: JSON.stringify({ error: failure }) });
    }
  };
}

async function answerCall(tools: AnswerTools, calls: CallTable, request: Request): Promise<Response | Outcome | Refusal> {
  const { bridge, secrets, client, outcomes, linking, clock, log } = tools;
  const { method, headers } = request;
  const url = new URL(request.url);
  const name = method === "POST" && url.pathname.startsWith("/v1/") ? url.pathname.slice("/v1/".length) : "";
  if (name === "upload") return told(log, name, async () => (await files()).answerUpload(tools, request));
  const secretsOf = (name: string): readonly string[] => (name === bridge ? secrets : []);
  const verdict = await verifyHead({ method, url, headers }, { direction: "call", secretsOf, now: client.now() });
  if ("refused" in verdict) return verdict.refused;
  const { id, digest } = verdict.verified;
  const body = await readBody(request, { mostBytes: MOST_BYTES, withinMs: BODY_WITHIN_MS, clock });
  if (body === "too slow")
    return refusal("body_invalid", `The body of a call took longer than ${BODY_WITHIN_MS / 1000} seconds. Call again.`);
  if (body === "too large") return refusal("body_too_large", `A call has ${MOST_BYTES} bytes at most. Send what is larger by its address.`);
  const changed = await verifyBody(verdict.verified, body);
  if (changed !== undefined) return changed;
  const { CALL_SCHEMAS, DOWNLOAD_SCHEMA, LINK_SCHEMA } = await import("../../bridge-protocol/messages/call-schemas.ts");
  const call = { bridge, id, print: `${method} ${url.pathname}${url.search} ${digest}` };
  const given = parsed(body);
  if (name === "link") {
    const read = LINK_SCHEMA.safeParse(given);
    if (!read.success) return unreadable(name);
    const first = await outcomes.isFirst(call);
    if (first === false)
      return refusal("id_reused", "This attempt to link a number was begun before. Begin another one, under an id of its own.");
    return first === true ? stream(linkStream(client, read.data, linking)) : first;
  }
  if (name === "download") {
    const read = DOWNLOAD_SCHEMA.safeParse(given);
    if (!read.success) return unreadable(name);
    const first = await outcomes.isFirst(call);
    if (first === false) return refusal("id_reused", "This download was begun before. Begin another one, under an id of its own.");
    return first === true ? told(log, name, async () => (await files()).downloadStream(tools, id, read.data, request.signal)) : first;
  }
  if (!isCall(name, CALL_SCHEMAS))
    return refusal("call_unknown", "There is no such call. Install the same release of @wadesk/unofficial on both sides.");
  const read = CALL_SCHEMAS[name].safeParse(given);
  if (!read.success) return unreadable(name);
  return outcomes.once(call, () => outcomeOf(calls, name, read.data, log));
}

function isCall(name: string, schemas: Readonly<Record<CallName, unknown>>): name is CallName {
  return Object.hasOwn(schemas, name);
}

/** What it answers, or what it rejected with as an answer. */
async function told<Answer>(log: Logger, call: string, work: () => Promise<Answer>): Promise<Answer | Outcome> {
  try {
    return await work();
  } catch (error) {
    const { status, failure } = failureOf(error);
    log.info({ call, code: failure.code }, "a call of the app was refused");
    return { status, body: JSON.stringify({ error: failure }) };
  }
}

async function outcomeOf<Name extends CallName>(
  calls: CallTable,
  name: Name,
  given: BridgeCalls[CallName]["given"],
  log: Logger,
): Promise<Outcome> {
  const work: (given: never) => Promise<unknown> = calls[name];
  return told(log, name, async () => ({ status: 200, body: JSON.stringify(await work(given as never)) }));
}

function unreadable(name: string): Refusal {
  return refusal(
    "body_invalid",
    `What the call "${name}" was given is not what it takes. Install the same release of @wadesk/unofficial on both sides.`,
  );
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function json({ status, body }: Outcome): Response {
  return new Response(body, { status, headers: { "content-type": "application/json", "cache-control": "no-store" } });
}

function stream(lines: ReadableStream<Uint8Array>): Response {
  return new Response(lines, { headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" } });
}

// its words may hold what somebody wrote
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
