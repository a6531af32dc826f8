// a timer takes no longer wait, and one that is given more goes off at once
const LONGEST_WAIT = 2_147_483_647;

/** A wait in whole milliseconds, no longer than a timer can take. */
export function wholeWait(milliseconds: number): number {
  return Math.min(Math.ceil(milliseconds), LONGEST_WAIT);
}

/** How long to wait, in milliseconds, by `Retry-After` in seconds; nothing where the answer does not say. */
export function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get("retry-after");
  const seconds = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? wholeWait(seconds * 1000) : undefined;
}
