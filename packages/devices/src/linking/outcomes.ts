import type { ScreenPort } from "@wadesk/core/ports";
import type { WireFailure } from "../wire/problem.ts";

/** How an attempt stands or ended; kept so that any process can say it, though nothing else remains of a first one that failed. */
export interface Outcome {
  readonly workspaceId: string;
  readonly state: "running" | "connected" | "failed";
  readonly failure?: WireFailure;
}

const NAMESPACE = "links";
// a pairing takes minutes at most; one whose process ended is forgotten after that
const RUNNING_LIFE_MS = 15 * 60 * 1000;
const ENDED_LIFE_MS = 10 * 60 * 1000;

type Port = Pick<ScreenPort, "records" | "now">;

/** Keeps how an attempt stands. */
export async function keepOutcome({ records, now }: Port, connectionId: string, outcome: Outcome): Promise<void> {
  const value = new TextEncoder().encode(JSON.stringify(outcome));
  const expiresAt = now() + (outcome.state === "running" ? RUNNING_LIFE_MS : ENDED_LIFE_MS);
  await records.set(NAMESPACE, new Map([[connectionId, { value, expiresAt }]]));
}

/** Forgets it. */
export async function forgetOutcome({ records }: Port, connectionId: string): Promise<void> {
  await records.set(NAMESPACE, new Map([[connectionId, undefined]]));
}

/** How the attempt of a connection of this workspace stands, where one is known. */
export async function outcomeOf({ records }: Port, workspaceId: string, connectionId: string): Promise<Outcome | undefined> {
  const value = (await records.get(NAMESPACE, [connectionId])).get(connectionId);
  if (value === undefined) return undefined;
  const outcome = JSON.parse(new TextDecoder().decode(value)) as Outcome;
  return outcome.workspaceId === workspaceId ? outcome : undefined;
}
