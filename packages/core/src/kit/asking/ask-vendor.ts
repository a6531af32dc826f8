import { WadeskError } from "../../errors/wadesk-error.ts";
import { type Lost, lostError } from "./transport-failure.ts";

/** A vendor's answer as it came. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** As they came. */
  readonly headers: Headers;
  /** The body as text, whatever it is. */
  readonly text: string;
}

/** How a vendor is asked. */
export interface Asking {
  /** The vendor's name, for errors. */
  readonly vendor: string;
  /** By which it is asked. */
  readonly fetch: typeof fetch;
  /** Milliseconds until the whole answer must be there. */
  readonly timeoutMs: number;
  /** Ends the request. */
  readonly signal: AbortSignal;
  /** What it means that no answer came. */
  readonly lost: Lost;
}

/**
 * Makes one request, once, and answers whatever came, a refusal too. Follows no redirect, which would carry the token elsewhere. Rejects with
 * `provider_unavailable` when nothing was done, else with `lost`, when no answer came in time.
 */
export async function askVendor(
  { vendor, fetch, timeoutMs, signal, lost }: Asking,
  address: string,
  request: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
): Promise<Answer> {
  if (signal.aborted) throw new WadeskError("provider_unavailable", { detail: "stopped before the request was made" });
  // not AbortSignal.timeout, whose timer lets the process end while this is awaited
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException("no answer in time", "TimeoutError")), timeoutMs);
  try {
    const response = await fetch(address, { ...request, redirect: "manual", signal: AbortSignal.any([signal, late.signal]) });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw lostError(vendor, error, lost);
  } finally {
    clearTimeout(timer);
  }
}
