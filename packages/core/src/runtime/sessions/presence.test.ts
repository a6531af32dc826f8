import { describe, expect, it } from "vitest";
import { memoryStorage } from "../../memory/memory-storage.ts";
import type { SessionStore } from "../../ports/stores/session-store.ts";
import { type ManualClock, manualClock } from "../../testing/manual-clock.ts";
import { createPresence, PRESENCE_MS, type Presence } from "./presence.ts";

interface World {
  readonly clock: ManualClock;
  readonly sessions: SessionStore;
  readonly presence: Presence;
  readonly lost: string[];
  /** Has this process find so much later than it is, as one whose event loop was held up does before its timers run. */
  holdUp(ms: number): void;
  /** The processes that count as alive. */
  processes(): Promise<readonly string[]>;
}

function openWorld(): World {
  const clock = manualClock();
  const { sessions } = memoryStorage({ now: clock.now });
  const lost: string[] = [];
  let ids = 0;
  let heldUp = 0;
  const presence = createPresence({
    sessions,
    clock: { ...clock, now: () => clock.now() + heldUp },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    randomId: () => {
      ids += 1;
      return String(ids);
    },
    lost: (process) => void lost.push(process),
  });
  const processes = async (): Promise<readonly string[]> => {
    await sessions.reap();
    return (await sessions.standing("socket")).shares.map(({ process }) => process);
  };
  presence.serve(["socket"]);
  const holdUp = (ms: number): void => {
    heldUp = ms;
  };
  return { clock, sessions, presence, lost, processes, holdUp };
}

describe("the heartbeat of a process", () => {
  it("is one, however many ask for it at once, and ends with the last of them", async () => {
    const { clock, presence, processes } = openWorld();
    const all = await Promise.all([1, 2, 3, 4].map(() => presence.need()));
    expect(new Set(all.map(({ process }) => process)).size).toBe(1);
    expect(await processes()).toEqual(["process_1"]);
    for (let left = 4; left > 1; left -= 1) await presence.letGo();
    await clock.advance(PRESENCE_MS * 2);
    expect(await processes()).toEqual(["process_1"]);
    await presence.letGo();
    await clock.advance(PRESENCE_MS * 2);
    expect(await processes()).toEqual([]);
  });

  it("is one new one after it was lost, and the former beats no more and is told of", async () => {
    const { clock, sessions, presence, lost, processes } = openWorld();
    await presence.need();
    const { beat } = sessions;
    const late = Promise.withResolvers<void>();
    // the storage does not answer until the heartbeat is over, and then it does
    Object.assign(sessions, {
      beat: async (...call: Parameters<typeof beat>) => {
        await late.promise;
        return beat(...call);
      },
    });
    await clock.advance(PRESENCE_MS);
    Object.assign(sessions, { beat });
    late.resolve();
    const all = await Promise.all([1, 2, 3].map(() => presence.need()));
    expect(new Set(all.map(({ process }) => process))).toEqual(new Set(["process_2"]));
    expect(lost).toEqual(["process_1"]);
    await clock.advance(PRESENCE_MS * 2);
    expect(await processes()).toEqual(["process_2"]);
  });

  it("does not come back beside the new one where the event loop was held up", async () => {
    const { clock, presence, lost, processes, holdUp } = openWorld();
    await presence.need();
    holdUp(PRESENCE_MS);
    const { process } = await presence.need();
    expect(lost).toEqual(["process_1"]);
    await clock.advance(PRESENCE_MS * 2);
    expect(await processes()).toEqual([process]);
  });

  it("is refused to all who asked at once where it cannot begin, and begins for whoever asks next", async () => {
    const { clock, sessions, presence, processes } = openWorld();
    const { join } = sessions;
    let joins = 0;
    Object.assign(sessions, {
      join: async () => {
        joins += 1;
        throw new Error("the storage is away");
      },
    });
    const all = await Promise.allSettled([1, 2, 3].map(() => presence.need()));
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(joins).toBe(1);
    Object.assign(sessions, { join });
    const { process } = await presence.need();
    await clock.advance(PRESENCE_MS * 2);
    expect(await processes()).toEqual([process]);
    await presence.letGo();
    expect(await processes()).toEqual([]);
  });
});
