import { withoutTrailingSlash } from "./route-table.ts";

/** How the handler learns the URL that the vendor called, which Twilio's signature covers. */
export interface PublicUrlOptions {
  /** The host's public address; counts over everything that the request says. Its path is what a proxy may strip. */
  readonly publicUrl: URL | undefined;
  /** Whether `X-Forwarded-Proto` and `X-Forwarded-Host` come from a proxy that sets them itself. */
  readonly trustForwarded: boolean;
}

/** The paths by which a request may be ours: below the public URL's own path where that is still in front, and as it stands. */
export function pathsOf(url: URL, { publicUrl }: PublicUrlOptions): readonly string[] {
  const prefix = publicUrl ? withoutTrailingSlash(publicUrl.pathname) : "";
  return prefix !== "" && url.pathname.startsWith(`${prefix}/`) ? [url.pathname.slice(prefix.length), url.pathname] : [url.pathname];
}

/** The URL as the vendor called it, of a request that was matched by `path`. */
export function publicUrlOf(url: URL, path: string, headers: Headers, { publicUrl, trustForwarded }: PublicUrlOptions): URL {
  if (publicUrl) return new URL(`${publicUrl.origin}${withoutTrailingSlash(publicUrl.pathname)}${path}${url.search}`);
  if (!trustForwarded) return url;
  const scheme = firstOf(headers.get("x-forwarded-proto")) ?? url.protocol.slice(0, -1);
  const host = firstOf(headers.get("x-forwarded-host")) ?? url.host;
  const origin = `${scheme}://${host}`;
  // the headers are text that anybody may send when the proxy does not replace them
  const usable = /^https?$/.test(scheme) && /^[^/?#@\\\s]+$/.test(host) && URL.canParse(origin);
  return usable ? new URL(`${origin}${url.pathname}${url.search}`) : url;
}

// each proxy of a chain appends its own; the first is the one that the vendor reached
function firstOf(header: string | null): string | undefined {
  return header?.split(",", 1)[0]?.trim() || undefined;
}
