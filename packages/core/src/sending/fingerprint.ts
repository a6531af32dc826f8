/** A digest of what is sent to whom, so that an idempotency key reused for another message is noticed. */
export async function fingerprintOf(value: unknown): Promise<string> {
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
