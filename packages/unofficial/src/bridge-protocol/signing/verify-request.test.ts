import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalText } from "./canonical-text.ts";
import { digestOf } from "./digest.ts";
import { signRequest, type Signing, type Unsigned } from "./sign-request.ts";
import { TOLERANCE_MS, type Verdict, verifyBody, verifyHead } from "./verify-request.ts";

const NOW = 1_764_200_000_000;
const SECRET = "correct horse battery staple, 32+";
const OTHER = "another secret of the same length";
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const call = (over: Partial<Unsigned> = {}): Unsigned => ({
  direction: "call",
  method: "POST",
  url: new URL("http://127.0.0.1:8888/v1/send?part=1"),
  bridge: "default",
  body: bytes('{"hello":"world"}'),
  ...over,
});
const signing = (over: Partial<Signing> = {}): Signing => ({ secrets: [SECRET], id: "call_1", at: NOW, ...over });

interface Arrival {
  readonly signed?: Partial<Unsigned>;
  readonly by?: Partial<Signing>;
  /** What is changed after it was signed. */
  readonly arrives?: Partial<Unsigned>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly now?: number;
  readonly secrets?: Readonly<Record<string, readonly string[]>>;
}

async function arrive({
  signed,
  by,
  arrives,
  headers = {},
  now = NOW,
  secrets = { default: [SECRET], eu: [OTHER] },
}: Arrival): Promise<Verdict> {
  const sent = call(signed);
  const all = new Headers(await signRequest(sent, signing(by)));
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) all.delete(name);
    else all.set(name, value);
  }
  const came = { ...sent, ...arrives };
  const head = { method: came.method, url: came.url, headers: all };
  const verdict = await verifyHead(head, { direction: came.direction, secretsOf: (name) => secrets[name] ?? [], now });
  if ("refused" in verdict) return verdict;
  const refused = await verifyBody(verdict.verified, came.body);
  return refused === undefined ? verdict : { refused };
}

const codeOf = (verdict: Verdict): string => ("refused" in verdict ? verdict.refused.code : "accepted");

describe("a signed request", () => {
  it("is Standard Webhooks over a text of method, path, bridge and digest", async () => {
    const { direction, method, url, bridge, body } = call();
    const headers = await signRequest(call(), signing());
    const digest = await digestOf(body);
    const text = canonicalText({ direction, method, path: url.pathname + url.search, bridge, digest });
    expect(text).toBe(`wadesk-bridge/1 call\nPOST\n/v1/send?part=1\ndefault\n${digest}`);
    const expected = createHmac("sha256", SECRET).update(`call_1.1764200000.${text}`).digest("base64");
    expect(headers).toEqual({
      "webhook-id": "call_1",
      "webhook-timestamp": "1764200000",
      "webhook-signature": `v1,${expected}`,
      "wadesk-bridge": "default",
      "wadesk-bridge-version": "1",
      "content-digest": digest,
    });
  });

  it("tells who sent it, and as what", async () => {
    expect(await arrive({})).toMatchObject({ verified: { id: "call_1", bridge: "default" } });
  });

  const url = (text: string): URL => new URL(text, "http://127.0.0.1:8888");
  const accepted: readonly (readonly [what: string, arrival: Arrival])[] = [
    ["as it was signed", {}],
    ["another bridge's, with its own secret", { signed: { bridge: "eu" }, by: { secrets: [OTHER] } }],
    ["with an old secret while both count here", { secrets: { default: [OTHER, SECRET] } }],
    ["with both secrets while one counts here", { by: { secrets: [OTHER, SECRET] } }],
    ["five minutes old", { now: NOW + TOLERANCE_MS }],
    ["five minutes ahead", { now: NOW - TOLERANCE_MS }],
    ["without a body", { signed: { body: bytes("") } }],
    ["at another host, as behind a proxy", { arrives: { url: new URL("https://bridge.example.com/v1/send?part=1") } }],
  ];
  it.each(accepted)("is accepted %s", async (_what, arrival) => {
    expect(codeOf(await arrive(arrival))).toBe("accepted");
  });

  const refused: readonly (readonly [what: string, code: string, arrival: Arrival])[] = [
    ["without a signature", "signature_missing", { headers: { "webhook-signature": undefined } }],
    ["without a digest", "signature_missing", { headers: { "content-digest": undefined } }],
    ["without a time", "signature_missing", { headers: { "webhook-timestamp": undefined } }],
    ["with a time that is none", "signature_missing", { headers: { "webhook-timestamp": "1764200000.5" } }],
    ["with an id that no header keeps whole", "signature_missing", { headers: { "webhook-id": "call 1" } }],
    ["with an endless id", "signature_missing", { headers: { "webhook-id": "x".repeat(201) } }],
    ["of another version", "version_unknown", { headers: { "wadesk-bridge-version": "2" } }],
    ["without a version", "version_unknown", { headers: { "wadesk-bridge-version": undefined } }],
    ["with a wrong secret", "signature_invalid", { by: { secrets: [OTHER] } }],
    ["with another bridge's secret", "signature_invalid", { signed: { bridge: "eu" } }],
    ["of a bridge that nobody has", "signature_invalid", { signed: { bridge: "us" } }],
    ["of a name that is none", "signature_invalid", { headers: { "wadesk-bridge": "__proto__" } }],
    ["in the name of another bridge", "signature_invalid", { headers: { "wadesk-bridge": "eu" } }],
    ["by the empty secret", "signature_invalid", { by: { secrets: ["x"] }, secrets: { default: ["", " "] } }],
    ["as another call", "signature_invalid", { headers: { "webhook-id": "call_2" } }],
    ["as if it was signed just now", "signature_invalid", { headers: { "webhook-timestamp": "1764200001" } }],
    ["at another path", "signature_invalid", { arrives: { url: url("/v1/link?part=1") } }],
    ["with another query", "signature_invalid", { arrives: { url: url("/v1/send?part=2") } }],
    ["without its query", "signature_invalid", { arrives: { url: url("/v1/send") } }],
    ["with another method", "signature_invalid", { arrives: { method: "DELETE" } }],
    ["with another digest", "signature_invalid", { headers: { "content-digest": `sha-256=:${"A".repeat(43)}=:` } }],
    ["with its signature under another scheme", "signature_invalid", { headers: { "webhook-signature": "v1a,AAAA" } }],
    ["as a report", "signature_invalid", { arrives: { direction: "report" } }],
    ["with another body", "body_changed", { arrives: { body: bytes('{"hello":"there"}') } }],
    ["older than five minutes", "too_old", { now: NOW + TOLERANCE_MS + 1000 }],
    ["further ahead than five minutes", "too_old", { now: NOW - TOLERANCE_MS - 1000 }],
  ];
  it.each(refused)("is refused %s: %s", async (_what, code, arrival) => {
    expect(codeOf(await arrive(arrival))).toBe(code);
  });

  it("tells a stranger the same whether there is such a bridge or not", async () => {
    const answers = await Promise.all([{ by: { secrets: [OTHER] } }, { signed: { bridge: "us" }, by: { secrets: [OTHER] } }].map(arrive));
    expect(answers[0]).toEqual(answers[1]);
  });

  it("says which two values to compare, and how far the clocks are apart", async () => {
    const told = async (arrival: Arrival): Promise<string> => {
      const verdict = await arrive(arrival);
      return "refused" in verdict ? verdict.refused.message : "";
    };
    expect(await told({ by: { secrets: [OTHER] } })).toMatch(
      /NODE_WEBHOOK_TOKEN of the bridge must equal the shared secret that the app has/,
    );
    expect(await told({ now: NOW + 400_000 })).toMatch(/signed 400 seconds ago .* Set the clocks/);
    expect(await told({ now: NOW - 400_000 })).toMatch(/signed 400 seconds ahead/);
  });

  it("is believed for the very request that was signed and for no other, whatever that is", async () => {
    const word = fc.stringMatching(/^[a-z0-9/._~-]{0,20}$/);
    const request = fc.record({
      method: fc.constantFrom("GET", "POST", "PUT"),
      url: fc.tuple(word, word).map(([path, query]) => url(`/v1/${path}${query && `?${query}`}`)),
      bridge: fc.constantFrom("default", "eu"),
      body: fc.uint8Array({ maxLength: 40 }).map((body) => new Uint8Array(body)),
    });
    const facts = ({ method, url: { pathname, search }, bridge, body }: Omit<Unsigned, "direction">): string =>
      JSON.stringify([method, pathname, search, bridge, [...body]]);
    const secrets = { default: [SECRET], eu: [SECRET] };
    await fc.assert(
      fc.asyncProperty(request, request, async (signed, arrives) => {
        const { bridge, ...rest } = arrives;
        const verdict = await arrive({ signed, arrives: rest, headers: { "wadesk-bridge": bridge }, secrets });
        expect(codeOf(verdict) === "accepted").toBe(facts(signed) === facts(arrives));
        expect(codeOf(await arrive({ signed, secrets }))).toBe("accepted");
      }),
      { numRuns: 150 },
    );
  });
});
