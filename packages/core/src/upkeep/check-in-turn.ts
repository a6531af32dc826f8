import { check } from "../connections/check.ts";
import type { Engine } from "../engine/engine.ts";
import { isWadeskError } from "../errors/wadesk-error.ts";
import type { Connection } from "../model/connection.ts";
import type { ConnectionStore } from "../ports/stores/connection-store.ts";
import type { Page } from "../ports/stores/page.ts";
import { messageOf } from "../runtime/live.ts";
import { isEnded } from "../status/connection-status.ts";
import { within } from "../time/within.ts";
import { type Hold, UPKEEP_TICK_MS, type UpkeepTask } from "./upkeep.ts";

/** Where the round stands. Kept, so that whoever takes over goes on from there. */
interface Place {
  readonly cursor?: string;
  /** How many rows were due and not yet visited at `at`; a fraction, most of the time. */
  readonly due: number;
  readonly at: number;
}

const NAMESPACE = "upkeep/";
const KEY = "checks";
const PAGE = 50;
const AT_ONCE = 4;
const COUNT_AGAIN_MS = 60_000;
const CHECK_LIMIT_MS = 60_000;

/** Removes a connection that never came to be linked, and whose process ended; answers whether it did. */
export type EndIfAbandoned = (row: Connection) => Promise<boolean>;

/** Visits every connection once per interval, evenly spread, and asks its vendor how it is. A stop is not made up for. */
export function checkInTurn(engine: Engine, everyMs: number, endIfAbandoned: EndIfAbandoned): UpkeepTask {
  const { connections } = engine.storage;
  const clock = engine.time;
  let counted = { total: 0, until: 0 };
  const total = async (): Promise<number> => {
    if (clock.now() >= counted.until) counted = { total: await connections.total(), until: clock.now() + COUNT_AGAIN_MS };
    return counted.total;
  };

  return {
    name: "scheduled checks",
    async run(hold) {
      const now = clock.now();
      const place = await readPlace(engine);
      // one of the future is from before the clock was set back
      if (place === undefined || place.at > now) return void (await writePlace(engine, { due: 0, ...place, at: now }, hold));
      const perMs = (await total()) / everyMs;
      // what was missed while nobody checked is let go, so that no vendor is asked for everything at once
      let due = Math.min(place.due + perMs * (now - place.at), Math.max(1, perMs * 2 * UPKEEP_TICK_MS));
      let { cursor } = place;
      while (due >= 1 && hold.isHeld()) {
        const page = await walkOn(connections, Math.min(Math.floor(due), PAGE), cursor);
        await visitAll(page.items, hold, (row) => checkOne(engine, row, endIfAbandoned));
        if (!hold.isHeld()) return;
        due -= page.items.length;
        cursor = page.next;
        if (!(await writePlace(engine, { ...(cursor !== undefined && { cursor }), due, at: now }, hold)) || cursor === undefined) return;
      }
    },
  };
}

// a place that an older version of the storage wrote begins the round anew, and must not end all rounds
async function walkOn({ walk }: ConnectionStore, limit: number, cursor: string | undefined): Promise<Page<Connection>> {
  if (cursor === undefined) return walk({ limit });
  return walk({ limit, cursor }).catch((error: unknown) => {
    if (isWadeskError(error, "input_invalid")) return walk({ limit });
    throw error;
  });
}

async function visitAll(rows: readonly Connection[], hold: Hold, visitOne: (row: Connection) => Promise<void>): Promise<void> {
  const rest = [...rows];
  const visit = async (): Promise<void> => {
    for (let row = rest.shift(); row !== undefined && hold.isHeld(); row = rest.shift()) await visitOne(row);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visit));
}

async function checkOne(engine: Engine, row: Connection, endIfAbandoned: EndIfAbandoned): Promise<void> {
  const { id, workspaceId, channel, status } = row;
  try {
    if ((await endIfAbandoned(row)) || !engine.channels.has(channel) || status.state === "pending" || isEnded(status)) return;
    await within(engine.runtime.clock, CHECK_LIMIT_MS, check(engine, workspaceId, id));
  } catch (error) {
    if (isWadeskError(error, "connection_not_found")) return;
    engine.runtime.log.warn(
      { connectionId: id, channel, reason: messageOf(error) },
      "a connection could not be checked; it has its turn again in the next round",
    );
  }
}

async function readPlace({ storage }: Engine): Promise<Place | undefined> {
  const value = (await storage.records.get(NAMESPACE, [KEY])).get(KEY);
  return value === undefined ? undefined : (JSON.parse(new TextDecoder().decode(value)) as Place);
}

async function writePlace({ storage }: Engine, place: Place, { fence }: Hold): Promise<boolean> {
  const value = { value: new TextEncoder().encode(JSON.stringify(place)) };
  return (await storage.records.set(NAMESPACE, new Map([[KEY, value]]), fence)) === "written";
}
