/** A digest of what is sent to whom, so that an idempotency key reused for another message is noticed. */
async function fingerprintOf(value: unknown): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(sorted(value))));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

// the same message with its fields in another order is the same message
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, content]) => content !== undefined);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, content]) => [key, sorted(content)]));
}

/** Makes what takes fingerprints for one client; `take` takes one. */
export function createFingerprints(take: (value: unknown) => Promise<string> = fingerprintOf): (value: unknown) => Promise<string> {
  let before: Promise<unknown> = Promise.resolve();
  // digests are taken on threads that end in any order, and messages that were sent together go out in the order of their calls
  return (value) => {
    const taken = take(value);
    // one that fails rejects in its turn, and holds nobody up
    taken.catch(() => {});
    const mine = before.then(() => taken);
    // whoever is refused before it is needed does not wait for it
    before = mine.catch(() => {});
    return mine;
  };
}
