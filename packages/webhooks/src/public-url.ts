import { addressBelow } from "@wadesk/core/ports";

/** How the handler learns the URL that the vendor called, which Twilio's signature covers. */
export interface PublicUrlOptions {
  /** The host's public address; counts over everything that the request says. Its path is what a proxy may strip. */
  readonly publicUrl: URL | undefined;
  /** The same as it was written. */
  readonly publicAddress?: string | undefined;
  /** Whether `X-Forwarded-Proto` and `X-Forwarded-Host` come from a proxy that sets them itself. */
  readonly trustForwarded: boolean;
}

/** The paths by which a request may be ours: below the public URL's own path where that is still in front, and as it stands. */
export function pathsOf(url: URL, { publicUrl }: PublicUrlOptions): readonly string[] {
  const prefix = publicUrl ? prefixOf(publicUrl) : "";
  return prefix !== "" && url.pathname.startsWith(`${prefix}/`) ? [url.pathname.slice(prefix.length), url.pathname] : [url.pathname];
}

function prefixOf({ pathname }: URL): string {
  return pathname.replace(/\/*$/, "");
}

/** The address as the vendor called it, as a URL and in the other spellings that may have been signed. */
export interface CalledAddress {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/** The address as the vendor called it, of a request that was matched by `path`. */
export function addressOf(url: URL, path: string, headers: Headers, options: PublicUrlOptions): CalledAddress {
  const { publicUrl, publicAddress = publicUrl?.href, trustForwarded } = options;
  if (publicUrl && publicAddress !== undefined) {
    const called = new URL(`${publicUrl.origin}${prefixOf(publicUrl)}${path}${url.search}`);
    const told = addressBelow(publicAddress, path);
    const [written = ""] = told.split("?", 1);
    return { url: called, addresses: [written + url.search, told].flatMap(withAndWithoutCredentials) };
  }
  const called = (trustForwarded ? forwarded(url, headers) : undefined) ?? { url, host: headers.get("host") };
  const { protocol, host, pathname, search } = called.url;
  // a `URL` is lower case, and a vendor signs the upper case that it was told
  const written = called.host?.toLowerCase() === host && called.host !== host ? [`${protocol}//${called.host}${pathname}${search}`] : [];
  return { url: called.url, addresses: written };
}

/** An address as it is and, where it carries credentials, without them: some senders sign them, and others leave them out. */
export function withAndWithoutCredentials(address: string): readonly string[] {
  const bare = address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
  return bare === address ? [address] : [address, bare];
}

function forwarded(url: URL, headers: Headers): { readonly url: URL; readonly host: string } | undefined {
  const scheme = firstOf(headers.get("x-forwarded-proto")) ?? url.protocol.slice(0, -1);
  const host = firstOf(headers.get("x-forwarded-host")) ?? url.host;
  const origin = `${scheme}://${host}`;
  // the headers are text that anybody may send when the proxy does not replace them
  const usable = /^https?$/.test(scheme) && /^[^/?#@\\\s]+$/.test(host) && URL.canParse(origin);
  return usable ? { url: new URL(`${origin}${url.pathname}${url.search}`), host } : undefined;
}

// each proxy of a chain appends its own; the first is the one that the vendor reached
function firstOf(header: string | null): string | undefined {
  return header?.split(",", 1)[0]?.trim() || undefined;
}
