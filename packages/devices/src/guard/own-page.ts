import type { Refusal } from "../refusal.ts";
import { refusal } from "../refusal.ts";

/**
 * Whether a change may come from where it comes. A browser says so itself (`Sec-Fetch-Site`), whatever a proxy made of the host; of one that does not, `Origin`
 * must name the host that was called, the public address or one of the origins that the application allows. A page of another origin, and a form, are stopped by the
 * type, too: JSON is sent elsewhere only where that was allowed beforehand. Neither header is there on what no browser sends.
 */
export function fromOwnPage(
  { headers, url }: Request,
  { origins, publicUrl }: { readonly origins: readonly string[]; readonly publicUrl: URL | undefined },
): Refusal | undefined {
  if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) return refusal("not_json");
  const origin = headers.get("origin");
  if (origin !== null && origins.includes(origin)) return undefined;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" ? undefined : refusal("forged_request");
  if (origin === null) return undefined;
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  const ours = host !== undefined && [headers.get("host"), new URL(url).host, publicUrl?.host].includes(host);
  return ours ? undefined : refusal("forged_request");
}
