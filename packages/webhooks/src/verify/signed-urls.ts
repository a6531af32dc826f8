/**
 * The spellings of a URL that Twilio may have signed, the likeliest first: as called, with the scheme's port added or the port left out, and
 * then, for senders that sign an escaped form, as the URL standard and as Node's legacy query string write it. The same set as `twilio`
 * 6.2's validator tries, and the URL without the fragment of a connection override, which never travels.
 */
export function* signedUrls(url: string): Generator<string> {
  yield url;
  const tried = new Set([url]);
  for (const candidate of otherSpellings(url)) {
    if (tried.has(candidate)) continue;
    tried.add(candidate);
    yield candidate;
  }
}

function* otherSpellings(url: string): Generator<string> {
  yield* withAndWithoutPort(url);
  const bare = url.split("#", 1)[0] ?? url;
  yield* withAndWithoutPort(bare);
  if (!URL.canParse(bare)) return;
  for (const spelling of withAndWithoutPort(new URL(bare).href)) {
    yield spelling;
    yield withLegacyQuery(spelling);
  }
}

// by hand and not by `URL`, which would escape characters that were signed as they stand
function withAndWithoutPort(url: string): readonly string[] {
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)/i.exec(url) ?? [];
  if (scheme === undefined || authority === undefined) return [url];
  const rest = url.slice(scheme.length + authority.length);
  const host = authority.replace(/:[0-9]*$/, "");
  const port = host === authority ? (scheme.toLowerCase() === "https://" ? ":443" : ":80") : authority.slice(host.length);
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port}${rest}`];
}

function withLegacyQuery(url: string): string {
  const start = url.indexOf("?");
  if (start === -1) return url;
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) values.set(name, [...(values.get(name) ?? []), value]);
  const pairs = [...values].flatMap(([name, each]) => each.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`));
  return `${url.slice(0, start)}?${pairs.join("&")}`;
}
