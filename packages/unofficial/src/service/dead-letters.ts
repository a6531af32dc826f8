import type { DeadLetter } from "@wadesk/core";
import type { InboxStore } from "@wadesk/core/ports";

/** Each event that the app refused for good, the newest first, in two lines: what it is and why, and its key. */
export async function listedDeadLetters(inbox: InboxStore): Promise<readonly string[]> {
  const lines = (await allOf(inbox)).flatMap(({ event, attempts, reason, diedAt }) => [
    `${new Date(diedAt).toISOString()}  ${event.type}, tried ${attempts} times: ${reason}`,
    `  ${event.key}`,
  ]);
  return lines.length > 0 ? lines : ["The app has refused nothing for good."];
}

/** Has those of these keys brought to the app again, or all where none is named; says what comes of it. */
export async function replayedDeadLetters(inbox: InboxStore, keys: readonly string[]): Promise<string> {
  const asked = keys.length > 0 ? [...new Set(keys)] : (await allOf(inbox)).map(({ event }) => event.key);
  const count = asked.length === 0 ? 0 : await inbox.replay(asked);
  const brought =
    count === 0
      ? "Nothing is brought again."
      : `${count} ${count === 1 ? "is" : "are"} brought to the app again by the bridge that runs, or by the next that starts.`;
  const unknown = asked.length - count;
  return unknown === 0
    ? brought
    : `${brought} Of the keys ${unknown} are of nothing that the app has refused: wadesk-bridge dead-letters lists what it has.`;
}

async function allOf(inbox: InboxStore): Promise<readonly DeadLetter[]> {
  const all: DeadLetter[] = [];
  let cursor: string | undefined;
  do {
    const page = await inbox.dead(undefined, { limit: 100, ...(cursor !== undefined && { cursor }) });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}
