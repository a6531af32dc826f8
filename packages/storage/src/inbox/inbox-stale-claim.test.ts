import { setImmediate as turn } from "node:timers/promises";
import { receivedText } from "@wadesk/testing";
import pg from "pg";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { postgresStorage } from "../postgres/postgres-storage.ts";
import { POSTGRES_URL, postgresIsAway, testSchemas } from "../testing/open-databases.ts";

const away = await postgresIsAway();
const schemas = testSchemas();
afterAll(async () => {
  if (away === undefined) await schemas.remove();
});

describe.skipIf(away !== undefined)(`a claim that looked before others were done${away === undefined ? "" : ` (skipped: ${away})`}`, () => {
  it("gives nothing of the past: what it saw waiting was completed before it came to hold it", async () => {
    const schema = schemas.fresh();
    const quick = postgresStorage({ pool: schemas.pool, schema });
    const claimBy = ({ inbox }: typeof quick) => inbox.claim({ owner: "a", limit: 5, leaseMs: 1000, now: 0 });
    await quick.inbox.add(["first", "second"].map((key) => receivedText({ key, orderKey: "contact" })));

    // for one slow process, `open > 0` waits for a lock where something is claimed: it has begun to look by then, and holds no row yet
    const lock = Math.floor(Number.parseInt(schema.slice(-6), 16) || 7);
    await schemas.pool.query(`
      create function ${schema}.more(bigint, integer) returns boolean language plpgsql as $$ begin
        if current_query() like '%for update%' then
          perform pg_advisory_lock_shared(${lock}), pg_advisory_unlock_shared(${lock});
        end if;
        return $1 operator(pg_catalog.>) $2;
      end $$;
      create operator ${schema}.> (leftarg = bigint, rightarg = integer, function = ${schema}.more)`);
    const slowPool = new pg.Pool({ connectionString: POSTGRES_URL, options: `-c search_path=${schema},pg_catalog` });
    const slow = postgresStorage({ pool: slowPool, schema });
    await slow.open();
    const gate = await schemas.pool.connect();
    onTestFinished(async () => {
      gate.release(true);
      await slowPool.end();
    });

    await gate.query(`select pg_advisory_lock(${lock})`);
    const late = claimBy(slow);
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and objid = ${lock} and not granted`;
    for (let look = 0; look < 5000 && (await gate.query(waiting)).rows.length === 0; look += 1) await turn();
    const [claim] = await claimBy(quick);
    expect(claim?.event.key).toBe("first");
    expect(claim && (await quick.inbox.done(claim, 0))).toBe(true);
    await gate.query(`select pg_advisory_unlock(${lock})`);

    const found = [...(await late), ...(await claimBy(slow))];
    expect(found.map(({ event, attempt }) => [event.key, attempt])).toEqual([["second", 1]]);
  });
});
