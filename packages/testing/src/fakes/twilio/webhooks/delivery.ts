import type { Clock } from "@wadesk/core";
import type { RetryPolicy } from "./connection-overrides.ts";

/** One attempt to deliver a webhook. */
export interface TwilioDelivery {
  /** A message of a person, or a status of one that was sent. */
  readonly kind: "inbound" | "status";
  /** As it was called and signed. */
  readonly url: string;
  /** The body, byte for byte. */
  readonly body: string;
  /** The value of `X-Twilio-Signature`. */
  readonly signature: string;
  /** The value of `I-Twilio-Idempotency-Token`, the same for each attempt. */
  readonly idempotencyToken: string;
  /** 1 is the first attempt. */
  readonly attempt: number;
  /** Milliseconds by the fake's clock. */
  readonly at: number;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
}

/** What came of an attempt: an answer, or why there is none. */
export type Outcome =
  | { readonly status: number; readonly contentType: string; readonly body: string; readonly failure?: RetryPolicy }
  | { readonly status: undefined; readonly failure: "ct" | "rt" };

const USER_AGENT = "TwilioProxy/1.1";

/** Posts a signed form once, and follows where a redirect leads. Any answer is a value; so is none. */
export async function post(
  parcel: {
    readonly url: string;
    readonly method: string;
    readonly body: string;
    readonly signature: string;
    readonly idempotencyToken: string;
    readonly contentType: string;
    readonly patienceMs: number;
  },
  tools: { readonly clock: Clock; readonly fetch: typeof fetch; readonly signal: AbortSignal },
): Promise<Outcome> {
  const impatience = new AbortController();
  const calm = tools.clock.after(parcel.patienceMs, () => impatience.abort(), "hold");
  try {
    const signal = AbortSignal.any([impatience.signal, tools.signal]);
    const { url, credentials } = withoutCredentials(parcel.url);
    const posted = await tools.fetch(url, {
      method: parcel.method,
      headers: {
        ...credentials,
        "content-type": parcel.contentType,
        "user-agent": USER_AGENT,
        accept: "*/*",
        "x-home-region": "us1",
        "x-twilio-signature": parcel.signature,
        "i-twilio-idempotency-token": parcel.idempotencyToken,
      },
      body: parcel.body,
      redirect: "manual",
      signal,
    });
    const location = posted.status >= 300 && posted.status <= 399 ? posted.headers.get("location") : null;
    // followed as a GET, the parameters lost
    const response =
      location === null
        ? posted
        : await tools.fetch(new URL(location, parcel.url), { headers: { "user-agent": USER_AGENT, accept: "*/*" }, signal });
    const body = await response.text();
    const { status } = response;
    const failure = status >= 500 ? "5xx" : status >= 400 ? "4xx" : undefined;
    return { status, contentType: response.headers.get("content-type") ?? "", body, ...(failure && { failure }) };
  } catch {
    return { status: undefined, failure: impatience.signal.aborted ? "rt" : "ct" };
  } finally {
    calm();
  }
}

/** Credentials of a URL travel in a header, as those of every HTTP client do; the signature is over the URL that has them. */
function withoutCredentials(called: string): { readonly url: string; readonly credentials: { readonly authorization?: string } } {
  const url = new URL(called);
  if (url.username === "" && url.password === "") return { url: called, credentials: {} };
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = "";
  url.password = "";
  return { url: url.href, credentials: { authorization: `Basic ${Buffer.from(pair).toString("base64")}` } };
}
