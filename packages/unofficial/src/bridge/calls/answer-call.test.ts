import { describe, expect, it } from "vitest";
import { signRequest, type Signing, type Unsigned } from "../../bridge-protocol/signing/sign-request.ts";
import { openBridge, ROUTE, SECRET } from "../../testing/open-bridge.ts";

const OTHER = "another secret of thirty-two chars";
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

interface Call {
  readonly signed?: Partial<Unsigned>;
  readonly by?: Partial<Signing>;
  /** What is sent in place of what was signed. */
  readonly path?: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many milliseconds before it arrives it was signed. */
  readonly age?: number;
}

/** The start of a body that never ends, and when somebody waits for its rest. */
function endless(): { readonly body: ReadableStream<Uint8Array>; readonly isWaitedFor: Promise<void> } {
  const waited = Promise.withResolvers<void>();
  const pieces = [bytes("{")];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces.pop();
        if (piece !== undefined) return controller.enqueue(piece);
        waited.resolve();
        return new Promise(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  return { body, isWaitedFor: waited.promise };
}

async function open() {
  const { bridge, time, shop } = await openBridge();
  let ids = 0;
  const send = async ({ signed, by, path, method, body, headers, age = 0 }: Call): Promise<readonly [number, string | undefined]> => {
    ids += 1;
    const url = new URL("http://127.0.0.1:8888/v1/list");
    const call: Unsigned = { direction: "call", method: "POST", url, bridge: "default", body: bytes("{}"), ...signed };
    const own = await signRequest(call, { secrets: [SECRET], id: `call_${ids}`, at: time.now() - age, ...by });
    const sent = new Request(path === undefined ? call.url : new URL(path, url), {
      method: method ?? call.method,
      headers: { ...own, ...headers },
      body: body === undefined ? new Uint8Array(call.body) : body,
    });
    const response = await bridge.handle(sent);
    const said = (await response.json()) as { readonly error?: { readonly code: string } };
    return [response.status, said.error?.code];
  };
  return { send, shop, time, bridge };
}

const at = (path: string): Partial<Unsigned> => ({ url: new URL(path, "http://127.0.0.1:8888") });
const given = (path: string, body: unknown): Partial<Unsigned> => ({ ...at(path), body: bytes(JSON.stringify(body)) });

describe("a call to a bridge", () => {
  const accepted: readonly (readonly [what: string, call: Call])[] = [
    ["as it was signed", {}],
    ["with one of two secrets", { by: { secrets: [OTHER, SECRET] } }],
    ["almost five minutes old", { age: 299_000 }],
    ["at another host", { path: "https://bridge.example.com/v1/list" }],
  ];
  it.each(accepted)("is answered %s", async (_what, call) => {
    const { send } = await open();
    expect(await send(call)).toEqual([200, undefined]);
  });

  const refused: readonly (readonly [what: string, status: number, code: string, call: Call])[] = [
    ["with a wrong secret", 401, "signature_invalid", { by: { secrets: [OTHER] } }],
    ["for another bridge", 401, "signature_invalid", { signed: { bridge: "eu" } }],
    [
      "in the name of this bridge, signed for another",
      401,
      "signature_invalid",
      { signed: { bridge: "eu" }, headers: { "wadesk-bridge": "default" } },
    ],
    ["signed as a report", 401, "signature_invalid", { signed: { direction: "report" } }],
    ["at another path", 401, "signature_invalid", { path: "/v1/disconnect" }],
    ["with a query", 401, "signature_invalid", { path: "/v1/list?a=1" }],
    ["by another method", 401, "signature_invalid", { method: "PUT" }],
    ["with another body", 400, "body_changed", { body: '{"a":1}' }],
    ["older than five minutes", 401, "too_old", { age: 301_000 }],
    ["of another version", 400, "version_unknown", { headers: { "wadesk-bridge-version": "2" } }],
    ["of more than a mebibyte", 413, "body_too_large", { signed: { body: new Uint8Array(1024 * 1024 + 1) } }],
    ["that nobody knows", 404, "call_unknown", { signed: at("/v1/toString") }],
    ["by another method, signed so", 404, "call_unknown", { signed: { method: "PUT" } }],
    ["that is no JSON", 400, "body_invalid", { signed: { body: bytes("hello") } }],
    ["with a field that nobody knows", 400, "body_invalid", { signed: given("/v1/check", { route: ROUTE, more: 1 }) }],
    ["about no route of its own", 400, "body_invalid", { signed: given("/v1/check", { route: "twilio:AC1:1555" }) }],
    ["about a number that it does not have", 409, "not_connected", { signed: given("/v1/check", { route: ROUTE }) }],
    ["to link what is no phone", 400, "body_invalid", { signed: given("/v1/link", { workspaceId: "acme" }) }],
  ];
  it.each(refused)("is refused %s: %i", async (_what, status, code, call) => {
    const { send } = await open();
    expect([await send(call), await send({})]).toEqual([
      [status, code],
      [200, undefined],
    ]);
  });

  it("whose body does not come is refused after half a minute, and holds nothing", async () => {
    const { bridge, time } = await open();
    const url = new URL("http://127.0.0.1:8888/v1/list");
    const call: Unsigned = { direction: "call", method: "POST", url, bridge: "default", body: bytes("{}") };
    const headers = await signRequest(call, { secrets: [SECRET], id: "call_slow", at: time.now() });
    const { body, isWaitedFor } = endless();
    const answer = bridge.handle(new Request(url, { method: "POST", headers, body, duplex: "half" } as RequestInit));
    await isWaitedFor;
    await time.advance(30_000);
    const response = await answer;
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: "body_invalid" } }]);
  });

  it("under an id that was another call's is refused, and nothing of it done", async () => {
    const { send } = await open();
    expect(await send({ by: { id: "call_x" } })).toEqual([200, undefined]);
    expect(await send({ by: { id: "call_x" }, signed: given("/v1/disconnect", { route: ROUTE }) })).toEqual([409, "id_reused"]);
  });

  it("to link is begun once under one id", async () => {
    const { send, shop } = await open();
    const link = given("/v1/link", { workspaceId: "acme", phone: "no phone" });
    // lines, the last of which says that it is no phone
    expect(await send({ by: { id: "call_l" }, signed: link })).toEqual([200, undefined]);
    expect(await send({ by: { id: "call_l" }, signed: link })).toEqual([409, "id_reused"]);
    expect(shop.clients).toEqual([]);
  });
});
