import type { SignupAttempt, SignupResult } from "../api/signup.ts";
import type { Engine } from "../engine/engine.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { Fence } from "../ports/stores/record-store.ts";
import { signupNamespace } from "../vault/signup-places.ts";

const KEY = "attempt";

/** A number and what it is connected with, as long as it is not. */
export interface StoredNumber extends SignupResult {
  readonly input?: unknown;
  /** Whether something is left to do for it though it is connected; its input stays until then. */
  readonly due?: true;
  /** What the channel has kept of what is left to do. */
  readonly kept?: unknown;
}

/** One attempt as it is sealed. */
export interface StoredAttempt extends SignupAttempt {
  readonly workspaceId: string;
  readonly userId: string;
  /** A digest of the text that brings the code back. */
  readonly stateDigest: string;
  /** The channel's own. */
  readonly kept?: unknown;
  readonly numbers: readonly StoredNumber[];
}

/** Whose attempt is meant. */
export interface AttemptPlace {
  readonly workspaceId: string;
  readonly kind: string;
  readonly id: string;
}

function bindingOf({ kind, workspaceId, id }: AttemptPlace): string {
  return `signup/${kind}/${workspaceId}/${id}`;
}

/** The attempt, unless it has ended. */
export async function readAttempt({ storage, vault, time }: Engine, place: AttemptPlace): Promise<StoredAttempt | undefined> {
  const value = (await storage.records.get(signupNamespace(place.workspaceId, place.id), [KEY])).get(KEY);
  if (value === undefined) return undefined;
  const attempt = JSON.parse(await vault.open(new TextDecoder().decode(value), bindingOf(place))) as StoredAttempt;
  return attempt.expiresAt > time.now() ? attempt : undefined;
}

/** Seals an attempt. Rejects with `lease_lost` when the lock was lost meanwhile. */
export async function writeAttempt({ storage, vault }: Engine, attempt: StoredAttempt, fence: Fence): Promise<void> {
  const value = new TextEncoder().encode(await vault.seal(JSON.stringify(attempt), bindingOf(attempt)));
  const changes = new Map([[KEY, { value, expiresAt: attempt.expiresAt }]]);
  const written = await storage.records.set(signupNamespace(attempt.workspaceId, attempt.id), changes, fence);
  if (written === "fenced") throw new WadeskError("lease_lost");
}

/** Forgets an attempt. Rejects with `lease_lost` when the lock was lost meanwhile. */
export async function forgetAttempt({ storage }: Engine, { workspaceId, id }: AttemptPlace, fence: Fence): Promise<void> {
  const written = await storage.records.set(signupNamespace(workspaceId, id), new Map([[KEY, undefined]]), fence);
  if (written === "fenced") throw new WadeskError("lease_lost");
}

/** What of it may be shown, with what is known by now of the numbers that it has connected. */
export async function shownNow({ storage }: Engine, attempt: StoredAttempt): Promise<SignupAttempt> {
  const shown = shownAttempt(attempt);
  const numbers = shown.numbers.map(async (number) => {
    if (number.state !== "connected" || number.connectionId === undefined) return number;
    const row = await storage.connections.get(attempt.workspaceId, number.connectionId);
    const historyProgress = row?.facts?.historyProgress;
    return historyProgress === undefined ? number : { ...number, historyProgress };
  });
  return { ...shown, numbers: await Promise.all(numbers) };
}

/** What of it may be shown. */
export function shownAttempt({ id, kind, at, question, checks, numbers, createdAt, expiresAt }: StoredAttempt): SignupAttempt {
  const shown = numbers.map(({ input: _input, due: _due, kept: _kept, ...number }) => number);
  return { id, kind, at, ...(question && { question }), checks, numbers: shown, createdAt, expiresAt };
}
