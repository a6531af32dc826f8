import { isWadeskError, type Linking, type Platform } from "@wadesk/core";
import { type Desk, goOn } from "../desk.ts";
import { failureOf } from "../refusal.ts";
import type { WireFailure } from "../wire/problem.ts";
import { forgetOutcome, keepOutcome } from "./outcomes.ts";

/** How long an answer waits for a first step, in milliseconds: what is typed wrongly is known by then. */
const FIRST_STEP_MS = 2000;

/** A number that is being linked, for whom. */
export interface Begun {
  readonly workspaceId: string;
  readonly linking: Linking<unknown>;
  readonly platform: Platform | undefined;
}

/**
 * Answers once an attempt shows its first step, is through, or has taken a while; it goes on after that, and how it ends is kept. Rejects with what ended it before
 * any step: then nothing was begun.
 */
export async function beginLink(desk: Desk, { workspaceId, linking, platform }: Begun): Promise<void> {
  const { screen, inbound } = desk.client;
  const { connectionId } = linking;
  await keepOutcome(screen, connectionId, { workspaceId, state: "running" });
  const ended = linking.then(
    () => keepOutcome(screen, connectionId, { workspaceId, state: "connected" }),
    (error: unknown) => keepOutcome(screen, connectionId, { workspaceId, state: "failed", failure: toldOf(desk, error) }),
  );
  goOn(
    platform,
    ended.catch((error: unknown) => desk.log.error({ connectionId, reason: String(error) }, "how a link ended could not be kept")),
  );
  let wake = (): void => {};
  const late = new Promise<"late">((resolve) => {
    wake = inbound.clock.after(FIRST_STEP_MS, () => resolve("late"), "hold");
  });
  const steps = linking[Symbol.asyncIterator]();
  try {
    const first = await Promise.race([steps.next(), late]);
    // one that is through without a step is through for whoever asks next
    if (first !== "late" && first.done === true) await ended;
  } catch (error) {
    await ended;
    await forgetOutcome(screen, connectionId);
    throw error;
  } finally {
    wake();
    void steps.return?.();
  }
}

function toldOf(desk: Desk, error: unknown): WireFailure {
  if (isWadeskError(error)) return failureOf(error.toJSON());
  desk.log.error({ reason: String(error) }, "a number could not be linked, for a reason that is no failure of WaDesk's");
  return { code: "internal", remedy: "retry", message: "this could not be done, and the log says why; try again in a moment" };
}
