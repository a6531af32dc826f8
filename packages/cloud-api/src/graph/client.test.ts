import { createFakeMeta, type FakeMeta } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import { failureOf } from "../testing/failure-of.ts";
import { waitOf } from "./answers.ts";
import { callGraph, type GraphOptions, type GraphRequest } from "./client.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

const TOKEN = "EAAsecrettoken1";
const options = (fetch: GraphOptions["fetch"], more: Partial<GraphOptions> = {}): GraphOptions => ({
  url: "https://graph.example",
  version: "v23.0",
  fetch,
  timeoutMs: 1000,
  retryDelayMs: 0,
  ...more,
});
const read: GraphRequest = { method: "GET", path: ["42"], token: TOKEN, repeatable: true };
const send: GraphRequest = {
  method: "POST",
  path: ["42", "messages"],
  token: TOKEN,
  body: { a: 1 },
  repeatable: false,
  lost: "outcome_unknown",
};

/** A fetch that gives these answers in turn, and then the last one again. */
function answers(...turns: readonly (Response | Error)[]): { fetch: GraphOptions["fetch"]; requests: Request[] } {
  const requests: Request[] = [];
  const fetch: GraphOptions["fetch"] = async (input, init) => {
    const turn = turns[Math.min(requests.length, turns.length - 1)];
    requests.push(new Request(input, init));
    if (turn instanceof Response) return turn.clone();
    throw turn ?? new Error("no answer was given");
  };
  return { fetch, requests };
}
const broken = (code?: string, syscall?: string): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("socket"), code === undefined ? {} : { code, syscall }) });
const refusal = (status: number, code: number, headers: Record<string, string> = {}, rest: object = {}): Response =>
  Response.json({ error: { message: "no", code, ...rest } }, { status, headers });
describe("a call of the Graph API", () => {
  it("carries the token in a header, the version in the path, and escapes what it is given", async () => {
    const { fetch, requests } = answers(Response.json({ ok: true }));
    expect(await callGraph(options(fetch), { ...read, path: ["4/2", "x"], query: { fields: "a,b" } })).toEqual({ ok: true });
    expect(requests[0]?.url).toBe("https://graph.example/v23.0/4%2F2/x?fields=a%2Cb");
    expect(requests[0]?.headers.get("authorization")).toBe(`Bearer ${TOKEN}`);
  });

  it("keeps every digit of an id that Meta answers as a number", async () => {
    const { fetch } = answers(new Response('{"id": 9007199254740993, "data": [{"id": 12345678901234567890}], "size": 7}'));
    expect(await callGraph(options(fetch), read)).toEqual({ id: "9007199254740993", data: [{ id: "12345678901234567890" }], size: 7 });
  });

  it("works over real HTTP", async () => {
    const meta = createFakeMeta();
    open.push(meta);
    const server = await meta.listen();
    const app = meta.addApp();
    const { id } = meta.addWaba({ name: "Acme" });
    const token = meta.addToken({ appId: app.id });
    const reached = options(globalThis.fetch, { url: server.url });
    expect(await callGraph(reached, { ...read, path: [id], token })).toMatchObject({ id, name: "Acme" });
    meta.fault({ kind: "answer_lost", operation: "GET /{WABA-ID}" });
    expect(await callGraph(reached, { ...read, path: [id], token })).toMatchObject({ id });
    await meta.close();
    expect(await failureOf(callGraph(reached, { ...send, path: [id], token }))).toMatchObject({ code: "provider_unavailable" });
  });

  it("repeats what is safe to repeat: lost answers, errors of Meta's own, short waits", async () => {
    const ok = Response.json({ ok: true });
    const turns = [
      broken("ECONNRESET"),
      new Response("<html>", { status: 502 }),
      refusal(500, 2),
      refusal(200, 2),
      refusal(429, 4, { "retry-after": "0" }),
    ];
    for (const turn of turns) {
      const { fetch, requests } = answers(turn, ok);
      expect(await callGraph(options(fetch), read)).toEqual({ ok: true });
      expect(requests).toHaveLength(2);
    }
    const { fetch, requests } = answers(broken());
    expect((await failureOf(callGraph(options(fetch), read))).code).toBe("provider_unavailable");
    expect(requests).toHaveLength(3);
  });

  it("repeats neither a refusal nor a long wait, and tells the wait", async () => {
    const denied = answers(refusal(403, 200));
    expect((await failureOf(callGraph(options(denied.fetch), read))).code).toBe("scope_missing");
    expect(denied.requests).toHaveLength(1);
    // Meta's status of a limit is 400, and has been 429; by a proxy's mistake it may be 200
    for (const status of [400, 429, 200]) {
      const limited = answers(refusal(status, 80007, { "retry-after": "120" }));
      expect(await failureOf(callGraph(options(limited.fetch), read))).toMatchObject({ code: "rate_limited", retryAfterMs: 120_000 });
      expect(limited.requests).toHaveLength(1);
    }
  });

  it("never repeats a message", async () => {
    for (const turn of [broken(), broken("ECONNREFUSED"), new Response("", { status: 503 }), refusal(500, 2), refusal(429, 130429)]) {
      const { fetch, requests } = answers(turn);
      await failureOf(callGraph(options(fetch), send));
      expect(requests).toHaveLength(1);
    }
  });
});

describe("what becomes of a message whose answer is lost", () => {
  it.each<[string, Response | Error, string]>([
    ["a reset connection", broken("ECONNRESET"), "outcome_unknown"],
    ["a broken connection without a code", broken(), "outcome_unknown"],
    ["502 of a proxy", new Response("<html>", { status: 502 }), "outcome_unknown"],
    ["200 that is no JSON", new Response("<html>"), "outcome_unknown"],
    ["500 in Meta's envelope", refusal(500, 131000), "provider_unavailable"],
    ["503 in Meta's envelope with a code nobody knows", refusal(503, 7_654_321), "provider_unavailable"],
    ["a refused connection", broken("ECONNREFUSED"), "provider_unavailable"],
    ["an address that does not exist", broken("ENOTFOUND"), "provider_unavailable"],
    ["a network that went away while the connection stood", broken("EHOSTUNREACH", "read"), "outcome_unknown"],
    ["a network that was away while connecting", broken("EHOSTUNREACH", "connect"), "provider_unavailable"],
    ["an address that cannot be looked up", broken("EAI_AGAIN"), "provider_unavailable"],
    ["a connection that takes too long to make", broken("UND_ERR_CONNECT_TIMEOUT"), "provider_unavailable"],
    ["a certificate that does not fit", broken("ERR_TLS_CERT_ALTNAME_INVALID"), "provider_unavailable"],
    ["200 in Meta's envelope of an error", refusal(200, 131047), "window_closed"],
    ["200 in Meta's envelope with a code nobody knows", refusal(200, 7_654_321), "provider_refused"],
    ["200 in Meta's envelope of a passing error", refusal(200, 7_654_321, {}, { is_transient: true }), "provider_unavailable"],
    ["404 that is not Meta's", new Response("nothing here", { status: 404 }), "provider_refused"],
    ["a redirect", new Response("", { status: 302, headers: { location: "https://evil.example" } }), "provider_refused"],
    ["429 that is not Meta's", new Response("", { status: 429 }), "rate_limited"],
    ["Meta's error under another content type", new Response('{"error":{"code":131047}}', { status: 400 }), "window_closed"],
  ])("is told: %s", async (_name, turn, code) => {
    expect((await failureOf(callGraph(options(answers(turn).fetch), send))).code).toBe(code);
  });

  it("is unknown when the answer takes too long or the caller stops, and surely nothing when the caller stopped before", async () => {
    const never: GraphOptions["fetch"] = (input) =>
      new Promise((_resolve, reject) => {
        (input as Request).signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
      });
    expect(await failureOf(callGraph(options(never, { timeoutMs: 5 }), send))).toMatchObject({
      code: "outcome_unknown",
      message: expect.stringContaining("TimeoutError"),
    });
    const stop = new AbortController();
    const stopped = callGraph(options(never, { signal: stop.signal }), send);
    setImmediate(() => stop.abort());
    expect((await failureOf(stopped)).code).toBe("outcome_unknown");
    expect((await failureOf(callGraph(options(never, { signal: stop.signal }), send))).code).toBe("provider_unavailable");
  });
});

describe("the wait that Meta names", () => {
  it("is in seconds in Retry-After, and in minutes in the usage of a business", () => {
    const usage = JSON.stringify({ "1": [{ estimated_time_to_regain_access: 0 }, { estimated_time_to_regain_access: 5 }], "2": [{}] });
    expect(waitOf(new Headers({ "retry-after": "7" }))).toBe(7000);
    expect(waitOf(new Headers({ "x-business-use-case-usage": usage }))).toBe(300_000);
    expect(waitOf(new Headers({ "x-business-use-case-usage": "not json" }))).toBeUndefined();
    expect(waitOf(new Headers({ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }))).toBeUndefined();
    expect(waitOf(new Headers())).toBeUndefined();
    // a timer that is given more goes off at once
    for (const seconds of ["1e300", "9007199254740993"]) expect(waitOf(new Headers({ "retry-after": seconds }))).toBe(2_147_483_647);
    expect(waitOf(new Headers({ "retry-after": "0.0005" }))).toBe(1);
  });
});
