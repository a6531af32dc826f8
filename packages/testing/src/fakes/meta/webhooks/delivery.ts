import type { Clock } from "@wadesk/core";
import { signMeta } from "../../../signing.ts";

/** One attempt to deliver a webhook. */
export interface Delivery {
  /** As it was called: the app's callback, or the one that overrides it for an account or number. */
  readonly url: string;
  /** The body, byte for byte as it was signed and sent. */
  readonly body: string;
  /** The value of `X-Hub-Signature-256`, by the secret in force when it was made. */
  readonly signature: string;
  /** 1 is the first attempt. */
  readonly attempt: number;
  /** Milliseconds by the fake's clock. */
  readonly at: number;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
}

const PATIENCE_MS = 20_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const GIVEN_UP_AFTER_MS = 7 * 24 * HOUR;
const STEPS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR];
const LARGEST_STEP = 12 * HOUR;

/** How long Meta waits after a failed attempt, in milliseconds; undefined once it gives up, seven days after the first. */
export function redeliveryDelay(attempt: number, sinceFirstMs: number): number | undefined {
  const delay = STEPS[attempt - 1] ?? LARGEST_STEP;
  return sinceFirstMs + delay > GIVEN_UP_AFTER_MS ? undefined : delay;
}

/** Posts a webhook once. Any answer is a value; so is none. */
export async function post(
  parcel: { readonly url: string; readonly body: string; readonly secret: string; readonly attempt: number },
  tools: { readonly clock: Clock; readonly fetch: typeof fetch; readonly signal: AbortSignal },
): Promise<Delivery> {
  const bytes = new TextEncoder().encode(parcel.body);
  const signature = signMeta(bytes, parcel.secret);
  const at = tools.clock.now();
  const impatience = new AbortController();
  const calm = tools.clock.after(PATIENCE_MS, () => impatience.abort(), "hold");
  const status = await tools
    .fetch(parcel.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        accept: "*/*",
        "x-hub-signature-256": signature,
      },
      body: bytes,
      redirect: "manual",
      signal: AbortSignal.any([impatience.signal, tools.signal]),
    })
    .then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    })
    .catch(() => undefined);
  calm();
  return { url: parcel.url, body: parcel.body, signature, attempt: parcel.attempt, at, status };
}
