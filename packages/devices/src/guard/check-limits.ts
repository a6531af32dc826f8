import type { ScreenPort } from "@wadesk/core/ports";
import { type Refusal, refusal } from "../refusal.ts";

// how often credentials are tried for one workspace, and for one account whoever tries
const MOST_CHECKS = 10;
// within how long, in milliseconds
const CHECKS_WITHIN_MS = 10 * 60 * 1000;

const SLOTS: readonly string[] = Array.from({ length: MOST_CHECKS }, (_, index) => String(index));

/** Whose turn is taken: `workspace` or `account`, and which. */
export interface Checked {
  readonly scope: "workspace" | "account";
  readonly name: string;
}

/**
 * Takes one of ten turns of each; each comes back ten minutes later, so that no ten minutes see more. They stand in the storage, so that all processes count
 * together. What is refused has taken nothing of those behind it.
 */
export async function takeTurns(
  { records, now }: Pick<ScreenPort, "records" | "now">,
  checked: readonly Checked[],
): Promise<Refusal | undefined> {
  for (const { scope, name } of checked) {
    const waitMs = await takeTurn({ records, now }, `checks/${scope}/${await digest(name)}`);
    if (waitMs !== undefined) return refusal("too_many_checks", waitMs);
  }
  return undefined;
}

// answers how long to wait where there is none left
async function takeTurn({ records, now }: Pick<ScreenPort, "records" | "now">, namespace: string): Promise<number | undefined> {
  for (let round = 0; ; round += 1) {
    const taken = await records.get(namespace, SLOTS);
    const free = SLOTS.find((slot) => !taken.has(slot));
    // somebody else may have been faster each time, and then they are all taken
    if (free === undefined || round > MOST_CHECKS) return nextFree([...taken.values()], now());
    const end = now() + CHECKS_WITHIN_MS;
    if (await records.insert(namespace, free, new TextEncoder().encode(String(end)), end)) return undefined;
  }
}

function nextFree(taken: readonly Uint8Array[], now: number): number {
  const ends = taken.map((value) => Number(new TextDecoder().decode(value)));
  return Math.max(1000, Math.min(...ends, now + CHECKS_WITHIN_MS) - now);
}

// a name is of any length, and what was typed as an account may be a secret in the wrong field
async function digest(name: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
