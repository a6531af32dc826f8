import { askVendor, type ChannelContext, type Lost, leavesOpen, readObject, retryAfterOf, transportError } from "@wadesk/core/ports";
import type { ParrotSettings, Transport } from "./options.ts";
import { refusalOf } from "./parrot-errors.ts";

/** One call of Parrot's API. */
export interface ParrotCall {
  readonly method: "GET" | "POST";
  readonly path: readonly string[];
  readonly apiKey: string;
  readonly body?: object;
  /** What it means that no answer came. */
  readonly lost: Lost;
}

/** What a channel's context has for it. */
export type CallContext = Pick<ChannelContext<ParrotSettings>, "fetch"> & { readonly signal: AbortSignal };

/**
 * Answers the object that Parrot gave. Rejects with Parrot's refusal as our error, with `provider_unavailable` when nothing was done, and with the
 * call's `lost` when it may have been done though no usable answer came.
 */
export async function callParrot(
  { apiUrl, timeoutMs }: Transport,
  { fetch, signal }: CallContext,
  { method, path, apiKey, body, lost }: ParrotCall,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await askVendor(
    { vendor: "parrot", fetch, timeoutMs, signal, lost },
    `${apiUrl}/${path.map(encodeURIComponent).join("/")}`,
    {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    },
  );
  const { status, headers, text } = answer;
  const said = readObject(text);
  if (status >= 200 && status < 300 && said !== undefined) return said;
  // no word of Parrot's own: a proxy between us answered, or a success was cut off
  if (said?.error === undefined && (status < 300 || leavesOpen(status)))
    throw transportError("parrot", lost, `HTTP ${status}, no answer of Parrot's`);
  throw refusalOf({ error: said?.error, message: said?.message, status, retryAfterMs: retryAfterOf(headers) }, [apiKey]);
}
