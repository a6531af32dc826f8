import { describe, expect, it } from "vitest";
import { missingSpecification } from "./file/document.ts";
import { OWN_FORMS, OWN_OPERATIONS } from "./file/own-operations.ts";
import { ACCEPTED } from "./samples.ts";
import { type Exchange, theSpecification } from "./specification.ts";

const missing = missingSpecification();
if (missing) console.warn(`skipped: ${missing}`);

const SENT = {
  messaging_product: "whatsapp",
  contacts: [{ input: "5511999990000", wa_id: "5511999990000" }],
  messages: [{ id: "wamid.A" }],
};

/** A text sent to a number and accepted. */
function exchange(
  changes: { operation?: string; request?: Partial<Exchange["request"]>; response?: Partial<Exchange["response"]> } = {},
): Exchange {
  return {
    operation: changes.operation ?? "POST /{Phone-Number-ID}/messages",
    request: {
      method: "POST",
      url: "http://127.0.0.1:4000/v23.0/106540352242922/messages",
      headers: { authorization: "Bearer EAAtoken", "content-type": "application/json" },
      body: ACCEPTED.text,
      ...changes.request,
    },
    response: { status: 200, body: SENT, ...changes.response },
  };
}

function read(path: string, body: unknown, operation: string): Exchange {
  return exchange({ operation, request: { method: "GET", url: `http://127.0.0.1:4000${path}`, body: undefined }, response: { body } });
}

describe.skipIf(missing)("the specification", () => {
  const issues = (changed: Exchange): string[] =>
    theSpecification()
      .validateExchange(changed)
      .map(({ side, reason }) => `${side}: ${reason}`);

  it("accepts a text that was sent and answered as the file says", () => {
    expect(issues(exchange())).toEqual([]);
  });

  it.each([
    ["a body without the product", { body: { ...ACCEPTED.text, messaging_product: undefined } }, /required property 'messaging_product'/],
    ["a type that there is not", { body: { ...ACCEPTED.text, type: "poem" } }, /type must be one of text, /],
    ["a field that there is not", { body: { ...ACCEPTED.text, priority: "high" } }, /unevaluated properties: priority/],
    ["no body", { body: undefined }, /body \/ must be an object/],
    ["a body that is no JSON", { body: "{" }, /body \/ must be an object/],
    ["no token", { headers: {} }, /there is no access token/],
    ["a version that is none", { url: "http://127.0.0.1/23/106540352242922/messages" }, /path Version .*pattern/],
    ["no version", { url: "http://127.0.0.1/106540352242922/messages" }, /is not POST/],
    ["an id that is none", { url: "http://127.0.0.1/v23.0/me/messages" }, /path Phone-Number-ID .*pattern/],
    ["another path than the operation's", { url: "http://127.0.0.1/v23.0/106540352242922/media" }, /is not POST/],
    ["another method than the operation's", { method: "PUT" }, /is not POST/],
  ] as const)("refuses a request with %s", (_, request, reason) => {
    expect(issues(exchange({ request }))).toEqual([expect.stringMatching(reason)]);
  });

  it("names what is wrong with one button, not every other kind of action", () => {
    const action = { buttons: [{ type: "reply", reply: { id: "yes", title: "a".repeat(21) } }] };
    const body = {
      ...ACCEPTED.text,
      type: "interactive",
      interactive: { type: "button", body: { text: "Well?" }, action },
      text: undefined,
    };
    const { text: _, ...request } = body;
    expect(issues(exchange({ request: { body: request } }))).toEqual([
      "request: body /interactive/action/buttons/0/reply/title must NOT have more than 20 characters",
    ]);
  });

  it("takes a token in the query and in the body, as Graph does", () => {
    expect(issues(exchange({ request: { headers: {}, body: { ...ACCEPTED.text, access_token: "EAAtoken" } } }))).toEqual([]);
    const url = "http://127.0.0.1/v23.0/106540352242922/messages?access_token=EAAtoken";
    expect(issues(exchange({ request: { headers: {}, url } }))).toEqual([]);
  });

  it("holds the query to the file", () => {
    const list = (query: string): Exchange =>
      read(`/v23.0/102290129340398/phone_numbers${query}`, { data: [] }, "GET /{WABA-ID}/phone_numbers");
    expect(issues(list("?limit=10"))).toEqual([]);
    expect(issues(list("?limit=0"))).toEqual(["request: query limit / must be >= 1"]);
    expect(issues(list("?limit=ten"))).toEqual(["request: query limit / must be integer"]);
    expect(issues(list("?sort=by_name"))).toEqual([expect.stringMatching(/query sort .*allowed values/)]);
  });

  it("holds answers to the file", () => {
    const answer = { status: 200, body: { ...SENT, messages: [{ id: 7 }] } };
    expect(issues(exchange({ response: answer }))).toEqual(["answer: /messages/0/id must be string"]);
  });

  it("holds every refusal to Meta's envelope", () => {
    const error = { message: "(#100) Invalid parameter", type: "OAuthException", code: 100, fbtrace_id: "Abc" };
    expect(issues(exchange({ response: { status: 400, body: { error } } }))).toEqual([]);
    const { fbtrace_id: _, ...short } = error;
    expect(issues(exchange({ response: { status: 400, body: { error: short } } }))).toEqual([
      "answer: /error must have required property 'fbtrace_id'",
    ]);
    expect(issues(exchange({ response: { status: 400, body: "<html>" } }))).toEqual(["answer: / must be object"]);
  });

  it("asks nothing of an answer that was lost, or of a page that came instead", () => {
    expect(issues(exchange({ response: { status: 0, body: undefined } }))).toEqual([]);
    expect(issues(exchange({ response: { status: 502, body: "<html>" } }))).toEqual([]);
  });

  it("knows debug_token, which the file lacks", () => {
    const data = { app_id: "1", type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: ["whatsapp_business_messaging"] };
    const inspect = (query: string, answer: object): Exchange => read(`/v23.0/debug_token${query}`, { data: answer }, "GET /debug_token");
    expect(issues(inspect("?input_token=EAA", data))).toEqual([]);
    expect(issues(inspect("", data))).toEqual(["request: query / must have required property 'input_token'"]);
    expect(issues(inspect("?input_token=EAA", { is_valid: true }))).not.toEqual([]);
    expect(issues(inspect("?input_token=EAA", { is_valid: false, error: { code: 190, message: "expired" } }))).toEqual([]);
  });

  it("names Meta's page for each operation of our own, and repeats none of the file's", () => {
    for (const { source } of Object.values(OWN_FORMS)) expect(source).toMatch(/^https:\/\/developers\.facebook\.com\//);
    for (const [name, { source }] of Object.entries(OWN_OPERATIONS)) {
      expect(source).toMatch(/^https:\/\/developers\.facebook\.com\//);
      expect(Object.keys(theSpecification().document.paths as object)).not.toContain(`/{Version}${name.split(" ")[1]}`);
    }
  });

  it("refuses an operation that neither the file nor our supplement has", () => {
    expect(issues(exchange({ operation: "unknown" }))).toEqual(["request: the specification has no operation unknown"]);
  });
});
