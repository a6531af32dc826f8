/**
 * The spellings of a request's addresses that Twilio may have signed beside the addresses as they stand, the likeliest first: with the scheme's port added or
 * the port left out, and then, for senders that sign an escaped form, as the URL standard and as Node's legacy query string write them. With the addresses
 * the same set as `twilio` 6.2's validator tries for each, and the URL without the fragment of a connection override, which never travels. No spelling comes
 * twice, and each is made when it is asked for.
 */
export function* otherSpellings(addresses: readonly string[]): Generator<string> {
  const tried = new Set(addresses);
  for (const address of addresses) {
    for (const spelling of spellingsOf(address)) {
      if (tried.has(spelling)) continue;
      tried.add(spelling);
      yield spelling;
    }
  }
}

function* spellingsOf(url: string): Generator<string> {
  yield* withAndWithoutPort(url);
  const bare = url.split("#", 1)[0] ?? url;
  yield* withAndWithoutPort(bare);
  if (!URL.canParse(bare)) return;
  const standard = withAndWithoutPort(new URL(bare).href);
  yield* standard;
  const query = standard[0] === undefined ? undefined : legacyQuery(standard[0]);
  if (query === undefined) return;
  for (const spelling of standard) yield spelling.slice(0, spelling.indexOf("?") + 1) + query;
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

/** `querystring` of Node reads no more, so a longer query was never signed in its spelling. */
const MOST_PAIRS = 1000;

/** The query as Node's `querystring` writes what it has read: values of one name together, each escaped anew. Nothing where there is none to write. */
function legacyQuery(url: string): string | undefined {
  const start = url.indexOf("?");
  if (start === -1 || hasMorePairs(url, start)) return undefined;
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return [...values].flatMap(([name, each]) => each.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)).join("&");
}

function hasMorePairs(url: string, start: number): boolean {
  let pairs = 1;
  for (let at = url.indexOf("&", start); at !== -1 && pairs <= MOST_PAIRS; at = url.indexOf("&", at + 1)) pairs += 1;
  return pairs > MOST_PAIRS;
}
