import { type Fence, type LeaseStore, wholeTime } from "@wadesk/core/ports";
import type { SqlDatabase } from "../sql/database.ts";
import { keyText } from "../sql/key-text.ts";
import { type Statement, statement } from "../sql/statement.ts";

interface Holding {
  readonly name: string;
  readonly token: number;
  readonly now: number;
}

// the first token is the time, so that it is higher than those of a row that was there before
const ACQUIRE = statement<{ name: string; owner: string; until: number; now: number }, { token: number | string }>(
  ({ sql, table, value }) => sql`
    insert into ${table("leases")} as held (name, token, owner, until)
    values (${value("name")}, ${value("now")}, ${value("owner")}, ${value("until")})
    on conflict (name) do update set token = held.token + 1, owner = excluded.owner, until = excluded.until
    where held.until <= ${value("now")}
    returning token`,
  "brief",
);

const RENEW = statement<Holding & { until: number }>(
  ({ sql, table, value }) => sql`
    update ${table("leases")} set until = ${value("until")}
    where name = ${value("name")} and token = ${value("token")} and until > ${value("now")}
    returning token`,
  "brief",
);

const FORGET = statement<Holding>(
  ({ sql, table, value }) => sql`
    delete from ${table("leases")}
    where name = ${value("name")} and token = ${value("token")} and token < ${value("now")}
    returning token`,
  "brief",
);

const RELEASE = statement<Omit<Holding, "now">>(
  ({ sql, table, value }) => sql`update ${table("leases")} set until = 0 where name = ${value("name")} and token = ${value("token")}`,
  "brief",
);

/** Answers a row when the lease is held; whoever wants to take it over then waits for the end of the transaction. */
export const HOLDS: Statement<Holding, unknown> = statement(
  ({ sql, table, value, words }) => sql`
    select token from ${table("leases")}
    where name = ${value("name")} and token = ${value("token")} and until > ${value("now")} ${words.forShare}`,
);

/** Leases in their table. */
export function sqlLeases({ run }: SqlDatabase, now: () => Promise<number>): LeaseStore {
  return {
    async acquire(name, owner, ttlMs) {
      const at = await now();
      const [row] = await run(ACQUIRE, { name: keyText(name), owner: keyText(owner), until: wholeTime(at + ttlMs), now: at });
      return row && { lease: name, token: Number(row.token) };
    },
    async renew(fence, ttlMs) {
      const holding = holdingOf(fence, await now());
      const [row] = await run(RENEW, { ...holding, until: wholeTime(holding.now + ttlMs) });
      return row === undefined ? "lost" : "renewed";
    },
    async release(fence) {
      const holding = holdingOf(fence, await now());
      // within the millisecond of its beginning the row stays, or the next holder would have the same token
      if ((await run(FORGET, holding)).length === 0) await run(RELEASE, holding);
    },
  };
}

/** A fence as the leases' table knows it. */
export function holdingOf({ lease, token }: Fence, now: number): Holding {
  return { name: keyText(lease), token, now };
}
