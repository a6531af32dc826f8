const RANKS: Readonly<Record<string, number>> = { accepted: 0, queued: 0, sending: 0, sent: 1, delivered: 2, read: 3, played: 4 };
const FAILURES: readonly string[] = ["failed", "undelivered"];

/** Whether a vendor tells the one status after the other: none twice, none backwards, nothing after a failure, and no failure of what has arrived. */
export function mayFollow(current: string, next: string): boolean {
  const rank = RANKS[current];
  if (rank === undefined) return false;
  return FAILURES.includes(next) ? rank < 2 : (RANKS[next] ?? -1) > rank;
}

/** Takes a message a step on by hand. Throws with a sentence where its vendor would never tell this. */
export function stepByHand<Status extends string>(
  report: ((status: Status, code?: number) => void) | undefined,
  step: { readonly id: string; readonly current: string | undefined; readonly status: Status; readonly code: number | undefined },
): void {
  const { id, current, status, code } = step;
  if (report === undefined || current === undefined)
    throw new Error(`no message ${id} was accepted, or its vendor says nothing more of it`);
  if (!mayFollow(current, status)) throw new Error(`the message is ${current} already: ${status} never follows`);
  report(status, code);
}
