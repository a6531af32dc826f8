/** Which pages may act for who is signed in, beside those of the host that was called. */
export interface OwnPages {
  /** Other origins, as a browser writes them. */
  readonly origins?: readonly string[];
  /** Where the platform is reached from outside. */
  readonly publicUrl?: URL | undefined;
}

/**
 * Why a change may not come from where it comes; nothing where it may. A browser says so itself (`Sec-Fetch-Site`), whatever a proxy made of the host; of one that
 * does not, `Origin` must name the host that was called, the public address or an origin that is allowed. A page of another origin, and a form, are stopped by the
 * type, too: JSON is sent elsewhere only where that was allowed beforehand. Neither header is there on what no browser sends.
 */
export function foreignPage(
  { headers, url }: Request,
  { origins = [], publicUrl }: OwnPages = {},
): "not_json" | "forged_request" | undefined {
  if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) return "not_json";
  const origin = headers.get("origin");
  if (origin !== null && origins.includes(origin)) return undefined;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" ? undefined : "forged_request";
  if (origin === null) return undefined;
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  const ours = host !== undefined && [headers.get("host"), new URL(url).host, publicUrl?.host].includes(host);
  return ours ? undefined : "forged_request";
}
