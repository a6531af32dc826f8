import { type SessionLease, type SessionPlace, type SessionStore, wholeTime } from "@wadesk/core/ports";
import type { Run, SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import * as statements from "./session-statements.ts";

/** Sessions and the processes that hold them, in their tables. */
export function sqlSessions({ run, write }: SqlDatabase, now: () => Promise<number>): SessionStore {
  const lives = async (on: Run, process: string): Promise<boolean> =>
    (await on(statements.LIVES, { name: keyText(process), now: await now() })).length > 0;

  return {
    async join(process, kinds, ttlMs) {
      await run(statements.JOIN, {
        name: keyText(process),
        kinds: JSON.stringify([process, ...kinds]),
        until: wholeTime((await now()) + ttlMs),
      });
    },
    async beat(process, kinds, ttlMs) {
      const at = await now();
      const input = { name: keyText(process), kinds: JSON.stringify([process, ...kinds]), until: wholeTime(at + ttlMs), now: at };
      return (await run(statements.BEAT, input)).length > 0 ? "alive" : "lost";
    },
    leave: (process) =>
      write(async (on) => {
        // first, so that nothing is taken under its name any more
        await on(statements.END, { name: keyText(process) });
        await on(statements.FREE_ALL, { name: keyText(process) });
      }, "brief"),
    async standing(kind) {
      const at = await now();
      const rows = await run(statements.SHARES, { kind: keyText(kind) });
      const processes = rows.filter(({ name }) => name !== "");
      const living = processes.filter(({ until }) => Number(until) > at);
      const shares = living.map(({ kinds, held }) => {
        const [process = "", ...served] = JSON.parse(kinds) as readonly string[];
        return { process, serves: served.includes(kind), held: Number(held) };
      });
      return {
        shares: shares.sort((left, right) => (left.process < right.process ? -1 : 1)),
        free: Number(rows.find(({ name }) => name === "")?.held ?? 0),
        lapsed: processes.length - living.length,
      };
    },
    reap: () =>
      write(async (on) => {
        let freed = 0;
        for (const { name } of await on(statements.LAPSED, { now: await now() })) {
          await on(statements.END, { name });
          freed += (await on(statements.FREE_ALL, { name })).length;
        }
        return freed;
      }, "brief"),
    claim: (process, kind, limit) =>
      write(async (on) => {
        if (!(await lives(on, process))) return [];
        const rows = await on(statements.CLAIM, { name: keyText(process), kind: keyText(kind), limit });
        return rows.map((row) => toLease(process, row));
      }, "brief"),
    take: (process, place, floor) =>
      write(async (on) => {
        if (!(await lives(on, process))) return undefined;
        const [row] = await on(statements.TAKE, {
          id: keyText(place.connectionId),
          place: JSON.stringify([place.workspaceId, place.connectionId, place.kind]),
          kind: keyText(place.kind),
          name: keyText(process),
          floor,
        });
        return row && toLease(process, row);
      }),
    want: async (connectionId, wanted) => void (await run(statements.WANT, { id: keyText(connectionId), wanted: wanted ? 1 : 0 })),
    async release(process, connectionIds) {
      if (connectionIds.length === 0) return;
      await run(statements.FREE, { name: keyText(process), ids: JSON.stringify(connectionIds.map((id) => [keyText(id)])) });
    },
    held: async (process) => (await run(statements.HELD, { name: keyText(process) })).map((row) => toLease(process, row)),
    async find(connectionId) {
      const [row] = await run(statements.FIND, { id: keyText(connectionId), now: await now() });
      return row && { wanted: row.wanted === 1, ...(row.name !== null && { process: row.name }) };
    },
    forget: async (connectionId) => void (await run(statements.FORGET, { id: keyText(connectionId) })),
  };
}

/** Whether a process holds a session under a token; nobody takes it then before the transaction has ended. */
export async function holdsSession(on: Run, connectionId: string, process: string, token: number, now: number): Promise<boolean> {
  return (await on(statements.HOLDS_SESSION, { id: keyText(connectionId), name: keyText(process), token, now })).length > 0;
}

function toLease(process: string, { place, token }: statements.SessionRow): SessionLease {
  const [workspaceId, connectionId, kind] = JSON.parse(place) as readonly [string, string, string];
  return { ...({ workspaceId, connectionId, kind } satisfies SessionPlace), process, token: Number(token) };
}
