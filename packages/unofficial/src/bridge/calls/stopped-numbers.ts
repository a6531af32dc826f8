import type { Connection, Logger } from "@wadesk/core";
import type { BridgeClient } from "./numbers.ts";

/** The numbers whose sessions are closed since the app does not know them: nobody reads a phone by nobody's leave. They stay linked. */
export interface StoppedNumbers {
  /** Has a number's session closed. One that was linked a moment ago may not be stored by the app yet, and goes on. */
  stop(number: Connection): Promise<void>;
  /** Has those among them opened again that the app was told of and did not stop anew, since `from`, in milliseconds since the epoch. */
  goOn(numbers: readonly Connection[], from: number): Promise<void>;
  /** Has one opened again, so that it can be logged out. */
  wake(number: Connection): Promise<void>;
}

const NAMESPACE = "bridge/stopped";
/** So soon after it was linked a number is not stopped, in milliseconds. */
const GRACE_MS = 5 * 60_000;

/** Makes them. */
export function createStoppedNumbers({ storage, now }: Pick<BridgeClient, "storage" | "now">, log: Logger): StoppedNumbers {
  const { records, sessions } = storage;
  const stoppedAt = async (ids: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const kept = await records.get(NAMESPACE, ids);
    return new Map([...kept].map(([id, value]) => [id, Number(new TextDecoder().decode(value))]));
  };
  const open = async ({ id, route }: Connection): Promise<void> => {
    await sessions.want(id, true);
    await records.set(NAMESPACE, new Map([[id, undefined]]));
    log.info({ route }, "a number that was stopped goes on: the app knows it");
  };
  return {
    async stop({ id, route, connectedAt = 0 }) {
      if (now() - connectedAt < GRACE_MS) return;
      const before = await stoppedAt([id]);
      // one that has ended for good is not to be opened again either
      if (!before.has(id) && !(await sessions.find(id))?.wanted) return;
      await records.set(NAMESPACE, new Map([[id, { value: new TextEncoder().encode(String(now())) }]]));
      if (before.has(id)) return;
      // whoever keeps it sees within seconds that it is wanted no more
      await sessions.want(id, false);
      log.warn(
        { route },
        "a number is stopped: the app does not know it, so nobody may read it. Link it again in the app, or remove this device on the phone; it goes on by itself once the app knows it",
      );
    },
    async goOn(numbers, from) {
      if (numbers.length === 0) return;
      const stopped = await stoppedAt(numbers.map(({ id }) => id));
      for (const number of numbers) if ((stopped.get(number.id) ?? Number.POSITIVE_INFINITY) < from) await open(number);
    },
    async wake(number) {
      if ((await stoppedAt([number.id])).size > 0) await open(number);
    },
  };
}
