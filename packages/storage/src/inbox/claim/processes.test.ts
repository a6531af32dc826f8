import { DatabaseSync } from "node:sqlite";
import type { OwnedEvent, Storage } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { receivedText } from "@wadesk/testing";
import { afterAll, describe, expect, it } from "vitest";
import { postgresStorage } from "../../postgres/postgres-storage.ts";
import { sqliteStorage } from "../../sqlite/sqlite-storage.ts";
import { postgresIsAway, testSchemas } from "../../testing/open-databases.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});

/** A database, and a way for one more process to come to it. */
const DATABASES: Readonly<Record<string, () => () => Storage>> = {
  SQLite() {
    const database = new DatabaseSync(":memory:");
    return () => sqliteStorage({ database });
  },
  PostgreSQL() {
    const schema = schemas.fresh();
    return () => postgresStorage({ pool: schemas.pool, schema });
  },
};
const KINDS = Object.keys(DATABASES).filter((kind) => kind === "SQLite" || away === undefined);

const flood = (workspaceId: string, count: number): readonly OwnedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    ...receivedText({ key: `${workspaceId} ${index}`, orderKey: `${workspaceId} ${index}`, connectionId: workspaceId }),
    workspaceId,
  }));
const claim = (inbox: InboxStore, limit: number) => inbox.claim({ owner: "a", limit, leaseMs: 60_000, now: 1000 });

describe.each(KINDS)("several processes on %s", (kind) => {
  it("each go round by themselves, and none of them makes a small workspace wait", async () => {
    const join = (DATABASES[kind] as () => () => Storage)();
    const processes = Array.from({ length: 4 }, () => join().inbox);
    await processes[0]?.add(flood("loud", 1000));
    for (const inbox of processes) await claim(inbox, 8);
    await processes[1]?.add(flood("quiet", 8));
    const claims: Claim[] = [];
    for (const inbox of processes) claims.push(...(await claim(inbox, 4)));
    const quiet = claims.filter(({ event }) => event.workspaceId === "quiet");
    expect([claims.length, quiet.length, new Set(claims.map(({ event }) => event.key)).size]).toEqual([16, 8, 16]);
  });

  it("that live for one claim only pass nobody over, since each begins anywhere", async () => {
    const join = (DATABASES[kind] as () => () => Storage)();
    const names = Array.from({ length: 10 }, (_, index) => `workspace ${index}`);
    await join().inbox.add(names.flatMap((name) => flood(name, 60)));
    const served = new Set<string>();
    for (let life = 0; life < 100 && served.size < names.length; life += 1) {
      const storage = join();
      for (const { event } of await claim(storage.inbox, 3)) served.add(event.workspaceId);
      await storage.close();
    }
    expect([...served].sort()).toEqual(names);
  });
});
