import { createFakeTwilio, type FakeTwilio } from "@wadesk/testing";
import { afterEach, describe, expect, it } from "vitest";
import { failureOf } from "../testing/failure-of.ts";
import { answered, openTwilio } from "./client.ts";
import { type ClientRequest, type FetchClientOptions, fetchClient } from "./fetch-client.ts";

const open: FakeTwilio[] = [];
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close();
});

const TOKEN = "0123456789abcdef0123456789abcdef";
const read: ClientRequest = {
  method: "get",
  uri: "https://messaging.twilio.com/v2/Channels/Senders",
  username: "AC1",
  password: TOKEN,
  params: { Channel: "whatsapp", PageSize: 100, Page: undefined },
};
const send: ClientRequest = {
  method: "post",
  uri: "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json",
  username: "AC1",
  password: TOKEN,
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  data: { To: "whatsapp:+1", MediaUrl: ["a", "b"], Body: undefined },
};
const options = (fetch: typeof globalThis.fetch, more: Partial<FetchClientOptions> = {}): FetchClientOptions => ({
  fetch,
  timeoutMs: 1000,
  retryDelayMs: 0,
  signal: new AbortController().signal,
  ...more,
});

/** A fetch that gives these answers in turn, and then the last one again. */
function answers(...turns: readonly (Response | Error)[]): { fetch: typeof fetch; requests: Request[] } {
  const requests: Request[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const turn = turns[Math.min(requests.length, turns.length - 1)];
    requests.push(new Request(input, init));
    if (turn instanceof Response) return turn.clone();
    throw turn ?? new Error("no answer was given");
  };
  return { fetch, requests };
}
const broken = (code?: string): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("socket"), code === undefined ? {} : { code }) });
const refusal = (status: number, code: number, headers: Record<string, string> = {}): Response =>
  Response.json({ code, message: "no", more_info: "", status }, { status, headers });

describe("a call of Twilio's", () => {
  it("carries the credentials in a header, and parameters and form as Twilio reads them", async () => {
    const { fetch, requests } = answers(Response.json({ ok: true }));
    expect(await fetchClient(options(fetch)).request(read)).toMatchObject({ statusCode: 200, body: { ok: true } });
    await fetchClient(options(fetch)).request(send);
    expect(requests[0]?.url).toBe("https://messaging.twilio.com/v2/Channels/Senders?Channel=whatsapp&PageSize=100");
    expect(requests[0]?.headers.get("authorization")).toBe(`Basic ${btoa(`AC1:${TOKEN}`)}`);
    // a redirect would carry the credentials elsewhere
    expect(requests.map(({ redirect }) => redirect)).toEqual(["manual", "manual"]);
    expect(await requests[1]?.text()).toBe("To=whatsapp%3A%2B1&MediaUrl=a&MediaUrl=b");
  });

  it("keeps every digit of a number that is too large for JavaScript", async () => {
    const { fetch } = answers(new Response('{"sid":"SM1","num":9007199254740993,"size":7}'));
    expect((await fetchClient(options(fetch)).request(read)).body).toEqual({ sid: "SM1", num: "9007199254740993", size: 7 });
  });

  it("works over real HTTP with one address for all hosts, by Twilio's own client", async () => {
    const fake = createFakeTwilio();
    open.push(fake);
    const { url } = await fake.listen();
    const account = fake.addAccount();
    for (let index = 0; index < 3; index++) fake.addSender({ accountSid: account.sid });
    const context = { fetch: globalThis.fetch, signal: new AbortController().signal };
    const credentials = { accountSid: account.sid, authToken: account.authToken };
    const client = await openTwilio({ apiUrl: url, timeoutMs: 5000, retryDelayMs: 0 }, context, credentials);
    fake.fault({ kind: "connection_dropped" });
    expect((await answered(client.api.v2010.accounts(account.sid).fetch())).sid).toBe(account.sid);
    expect(await answered(client.messaging.v2.channelsSenders.list({ channel: "whatsapp", pageSize: 2 }))).toHaveLength(3);
    await fake.close();
    expect((await failureOf(answered(client.api.v2010.accounts(account.sid).fetch()))).code).toBe("provider_unavailable");
  });

  it("never takes the credentials to another host, whatever an answer or a setting names", async () => {
    const { fetch, requests } = answers(Response.json({}));
    for (const uri of [
      "https://evil.example/v2/x",
      "https://api.twilio.com.evil.example/x",
      "https://api.twilio.com:8443/x",
      "http://api.twilio.com/x",
      "https://evil.twilio.com/x",
    ]) {
      expect((await failureOf(fetchClient(options(fetch)).request({ ...read, uri }))).message).toContain("not Twilio's");
    }
    expect(requests).toEqual([]);
    await fetchClient(options(fetch)).request({ ...read, uri: "https://api.sydney.au1.twilio.com/x" });
    await fetchClient(options(fetch, { apiUrl: "http://127.0.0.1:9" })).request({ ...read, uri: "http://127.0.0.1:9/v2/x?Page=1" });
    expect(requests.map(({ url }) => url.split("?")[0])).toEqual(["https://api.sydney.au1.twilio.com/x", "http://127.0.0.1:9/v2/x"]);
  });

  it("repeats a read whose answer was lost, and neither a refusal nor anything that changes things", async () => {
    const ok = Response.json({ ok: true });
    for (const turn of [broken("ECONNRESET"), new Response("<html>", { status: 502 }), refusal(500, 20500), new Response("<html>")]) {
      const { fetch, requests } = answers(turn, ok);
      expect((await fetchClient(options(fetch)).request(read)).body).toEqual({ ok: true });
      expect(requests).toHaveLength(2);
      const once = answers(turn, ok);
      await failureOf(fetchClient(options(once.fetch)).request(send));
      expect(once.requests).toHaveLength(1);
    }
    const lost = answers(broken());
    expect((await failureOf(fetchClient(options(lost.fetch)).request(read))).code).toBe("provider_unavailable");
    expect(lost.requests).toHaveLength(3);
    const limited = answers(refusal(429, 20429, { "retry-after": "120" }));
    expect(await failureOf(fetchClient(options(limited.fetch)).request(read))).toMatchObject({
      code: "rate_limited",
      retryAfterMs: 120_000,
    });
    expect(limited.requests).toHaveLength(1);
  });

  it.each<[string, Response | Error, string]>([
    ["a reset connection", broken("ECONNRESET"), "outcome_unknown"],
    ["a broken connection without a code", broken(), "outcome_unknown"],
    ["502 of a proxy", new Response("<html>", { status: 502 }), "outcome_unknown"],
    ["408 of a proxy", new Response("", { status: 408 }), "outcome_unknown"],
    ["200 that is no JSON", new Response("<html>"), "outcome_unknown"],
    ["500 in Twilio's envelope", refusal(500, 20500), "provider_unavailable"],
    ["503 in Twilio's envelope with a code nobody knows", refusal(503, 7_654_321), "provider_unavailable"],
    ["a refused connection", broken("ECONNREFUSED"), "provider_unavailable"],
    ["an address that does not exist", broken("ENOTFOUND"), "provider_unavailable"],
    ["a certificate that does not fit", broken("ERR_TLS_CERT_ALTNAME_INVALID"), "provider_unavailable"],
    [
      "201 with an error of Twilio's",
      Response.json({ code: 63016, message: "no", more_info: "", status: 400 }, { status: 201 }),
      "window_closed",
    ],
    ["404 that is not Twilio's", new Response("nothing here", { status: 404 }), "provider_refused"],
    ["a redirect", new Response("", { status: 302, headers: { location: "https://evil.example" } }), "provider_refused"],
    ["429 that is not Twilio's", new Response("", { status: 429 }), "rate_limited"],
    ["401 that is not Twilio's", new Response("", { status: 401 }), "credentials_rejected"],
    ["an error by RFC 9457", Response.json({ code: 63007, title: "t", detail: "d" }, { status: 400 }), "number_mismatch"],
  ])("says what becomes of a message: %s", async (_name, turn, code) => {
    expect((await failureOf(fetchClient(options(answers(turn).fetch)).request(send))).code).toBe(code);
  });

  it("is lost when the answer takes too long or the caller stops, and surely nothing when the caller stopped before", async () => {
    const never: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    expect((await failureOf(fetchClient(options(never, { timeoutMs: 1 })).request(send))).code).toBe("outcome_unknown");
    const stop = new AbortController();
    const stopped = failureOf(fetchClient(options(never, { signal: stop.signal })).request(send));
    stop.abort();
    expect((await stopped).code).toBe("outcome_unknown");
    expect((await failureOf(fetchClient(options(never, { signal: stop.signal })).request(send))).code).toBe("provider_unavailable");
  });

  it("is lost, too, when Twilio's own client cannot make anything of the answer", async () => {
    const unreadable = Promise.reject(new TypeError("Page Records cannot be deserialized"));
    expect((await failureOf(answered(unreadable, "outcome_unknown"))).code).toBe("outcome_unknown");
    const { fetch } = answers(Response.json({ nothing: "here" }));
    const transport = { timeoutMs: 1000, retryDelayMs: 0 };
    const context = { fetch, signal: new AbortController().signal };
    const client = await openTwilio(transport, context, { accountSid: `AC${"0".repeat(32)}`, authToken: TOKEN });
    expect((await failureOf(answered(client.messaging.v2.channelsSenders.page({ channel: "whatsapp" })))).code).toBe(
      "provider_unavailable",
    );
  });
});
