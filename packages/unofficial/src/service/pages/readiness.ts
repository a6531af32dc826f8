import type { Clock } from "@wadesk/core";
import type { SessionStore } from "@wadesk/core/ports";
import type { Readiness } from "./answer-request.ts";

/** A database that takes longer answers nobody. */
const WITHIN_MS = 5000;

/** Whether the database answers, and every session that is to be kept is kept: by this process, or by the one for which it stands by. */
export async function readinessOf(sessions: Pick<SessionStore, "standing">, clock: Clock): Promise<Readiness> {
  try {
    const { shares, free } = await within(clock, sessions.standing("unofficial"));
    const held = shares.reduce((sum, share) => sum + share.held, 0);
    const found = { sessions: { kept: held + free, free } };
    if (free === 0 && shares.some(({ serves }) => serves)) return { ready: true, ...found };
    return { ready: false, reason: "sessions are being taken over", ...found };
  } catch {
    return { ready: false, reason: "the database does not answer; the log says more" };
  }
}

function within<Result>(clock: Clock, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(WITHIN_MS, () => reject(new Error("no answer")), "hold");
    work.then(resolve, reject).finally(cancel);
  });
}
