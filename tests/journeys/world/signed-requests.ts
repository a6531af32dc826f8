import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { parse } from "node:querystring";
import fc from "fast-check";

// Twilio's own validator, by its deep path: the whole client takes 160 ms to load
const theirs = createRequire(import.meta.url)("twilio/lib/webhooks/webhooks.js") as {
  validateRequest(authToken: string, signature: string, url: string, form: object): boolean;
  validateRequestWithBody(authToken: string, signature: string, url: string, body: string): boolean;
  getExpectedTwilioSignature(authToken: string, url: string, form: object): string;
};

/** What a host may be sent, and with which token it verifies. */
export interface SignedRequest {
  /** How it was made. */
  readonly change: string;
  readonly authToken: string;
  readonly url: string;
  readonly body: Buffer;
  readonly signature: string | undefined;
}

/** What Twilio's package says: it reads a form as Node does, and JSON as `express.json()` does. `throws` where it does not answer. */
export function twilioVerdict({ authToken, url, body, signature }: SignedRequest): boolean | "throws" {
  const text = body.toString("utf8");
  const isJson = /^[[{]/.test(text);
  try {
    // the choice of `validateIncomingRequest`, on which its Express middleware stands
    if (url.indexOf("bodySHA256") > 0) return theirs.validateRequestWithBody(authToken, signature ?? "", url, text);
    return theirs.validateRequest(authToken, signature ?? "", url, isJson ? (JSON.parse(text) as object) : parse(text));
  } catch {
    return "throws";
  }
}

type Pairs = readonly (readonly [string, string])[];

/** A request as Twilio signs it, before anything is changed. */
interface Genuine {
  readonly token: string;
  readonly url: string;
  readonly pairs: Pairs;
  readonly json: string;
}

const token = fc.stringMatching(/^[0-9a-f]{32}$/);
const url = fc
  .tuple(
    fc.constantFrom("https://", "http://", "HTTPS://"),
    fc.constantFrom("", "user:pass@"),
    fc.constantFrom("chat.example.com", "Chat.Example.com", "127.0.0.1", "[::1]", "münchen.example"),
    fc.constantFrom("", ":443", ":80", ":8443"),
    fc.constantFrom("/", "/webhooks/whatsapp/inbound", "/p%20q/'r'", "/ü", ""),
    fc.constantFrom("", "?", "?a=1", "?name=O'Neil&x=%27", "?a=b+c&a=%20&b=ü", "?flag&=empty", "?broken=%zz"),
  )
  .map((parts) => parts.join(""));
const value = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom("", " ", "+", "%", "&=", "\r\n", "\ue000", "👍", "ﬀ"),
);
const name = fc.oneof(
  fc.constantFrom("Body", "From", "To", "MediaUrl0", "AccountSid", "a", "A", "AB", "é", "👍", "\ue000", "", "__proto__", "10", "9"),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/),
);
const pairs = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 40 });
const genuine: fc.Arbitrary<Genuine> = fc.record({ token, url, pairs, json: fc.json({ maxDepth: 1 }).map((text) => `{"value":${text}}`) });

const form = (fields: Pairs): Buffer => Buffer.from(new URLSearchParams(fields.map(([each, text]) => [each, text])).toString());
const sign = (by: string, called: string, body: Buffer): string => theirs.getExpectedTwilioSignature(by, called, parse(body.toString()));
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const hashed = (called: string, hash: string): string => `${called}${called.includes("?") ? "&" : "?"}bodySHA256=${hash}`;

/** A form signed by Twilio, and what was done to it on its way. */
function signedForm(made: Genuine, change: Partial<SignedRequest> = {}): Omit<SignedRequest, "change"> {
  const body = form(made.pairs);
  return { authToken: made.token, url: made.url, body, signature: sign(made.token, made.url, body), ...change };
}

/** JSON signed by Twilio: the URL alone, with the hash of the bytes in it. */
function signedJson(made: Genuine, hash: string = hashOf(made.json)): Omit<SignedRequest, "change"> {
  const called = hashed(made.url, hash);
  return { authToken: made.token, url: called, body: Buffer.from(made.json), signature: sign(made.token, called, Buffer.alloc(0)) };
}

const withoutPort = (called: string): string => called.replace(/^([a-z]+:\/\/[^/?#]*?):\d+(?=[/?#]|$)/i, "$1");
const withPort = (called: string): string =>
  called.replace(/^([a-z]+:\/\/)([^/?#]*)/i, (whole, scheme: string, authority: string) =>
    /:\d+$/.test(authority) ? whole : `${scheme}${authority}:${scheme.toLowerCase() === "https://" ? 443 : 80}`,
  );

/** Each way of making a request. Half of them leave it genuine. */
const CHANGES: Readonly<Record<string, (made: Genuine, other: Genuine) => Omit<SignedRequest, "change">>> = {
  "as it was signed": (made) => signedForm(made),
  "the port left out": (made) => signedForm(made, { url: withoutPort(made.url) }),
  "the port put in": (made) => signedForm(made, { url: withPort(made.url) }),
  "the URL as the standard writes it": (made) => signedForm(made, { url: new URL(made.url).href }),
  "signed as the standard writes the URL": (made) =>
    signedForm(made, { signature: sign(made.token, new URL(made.url).href, form(made.pairs)) }),
  "the fields in another order": (made) => signedForm(made, { body: form(made.pairs.toReversed()) }),
  "a field twice": (made) => signedForm(made, { body: form([...made.pairs, ...made.pairs.slice(0, 1)]) }),
  "JSON by its hash": (made) => signedJson(made),
  "no body": (made) => signedForm({ ...made, pairs: [] }),
  "a form by its hash": (made) => {
    const body = form(made.pairs);
    const called = hashed(made.url, hashOf(body.toString()));
    return { authToken: made.token, url: called, body, signature: sign(made.token, called, Buffer.alloc(0)) };
  },
  "another token": (made, other) => signedForm(made, { authToken: other.token }),
  "another URL": (made, other) => signedForm(made, { url: other.url }),
  "another form": (made, other) => signedForm(made, { body: form(other.pairs) }),
  "a field more": (made) => signedForm(made, { body: form([...made.pairs, ["Extra", "1"]]) }),
  "a field less": (made) => signedForm(made, { body: form(made.pairs.slice(1)) }),
  "a byte changed": (made) => signedForm(made, { body: Buffer.from(`${form(made.pairs).toString()}x`) }),
  "no signature": (made) => signedForm(made, { signature: undefined }),
  "an empty signature": (made) => signedForm(made, { signature: "" }),
  "a signature cut short": (made) => signedForm(made, { signature: signedForm(made).signature?.slice(0, -1) }),
  "a signature with a space": (made) => signedForm(made, { signature: `${signedForm(made).signature} ` }),
  "a signature in other letters": (made) => signedForm(made, { signature: signedForm(made).signature?.toLowerCase() }),
  "JSON by another's hash": (made) => signedJson(made, hashOf("{}")),
  "JSON by its hash in capitals": (made) => signedJson(made, hashOf(made.json).toUpperCase()),
  // the deliberate differences
  "a blank token": (made) => signedForm({ ...made, token: " " }),
  "a connection override": (made) => signedForm(made, { url: `${made.url}#rc=5&rp=all` }),
  "more than a thousand fields": (made) => {
    const body = Buffer.from(Array.from({ length: 1001 }, () => "a=b").join("&"));
    return { authToken: made.token, url: made.url, body, signature: sign(made.token, made.url, body) };
  },
  "bytes that are no UTF-8": (made) => {
    const body = Buffer.from(`${form(made.pairs).toString()}&Bytes=%FF`);
    return { authToken: made.token, url: made.url, body, signature: sign(made.token, made.url, body) };
  },
  "JSON without a hash": (made) => {
    const fields = { Body: "a", To: made.token };
    const signature = theirs.getExpectedTwilioSignature(made.token, made.url, fields);
    return { authToken: made.token, url: made.url, body: Buffer.from(JSON.stringify(fields)), signature };
  },
  "a path that speaks of hashes": (made) => signedForm({ ...made, url: `https://chat.example.com/bodySHA256/${made.token}` }),
  "what is no URL": (made) => signedForm(made, { url: `chat.example.com/${made.token}` }),
};

/** As many requests as asked for, of every kind, the same each time. */
export function signedRequests(count: number): SignedRequest[] {
  const kinds = Object.keys(CHANGES);
  const made = fc.sample(genuine, { seed: Number(process.env.WADESK_SEED ?? 20_261_122), numRuns: count + 1 });
  return Array.from({ length: count }, (_, index) => {
    const change = kinds[index % kinds.length] ?? "";
    const [own, other] = [made[index], made[index + 1]];
    if (!own || !other) throw new Error("fast-check made too few");
    return { change, ...(CHANGES[change] ?? signedForm)(own, other as Genuine & Partial<SignedRequest>) };
  });
}
