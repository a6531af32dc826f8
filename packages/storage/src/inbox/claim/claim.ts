import { randomInt } from "node:crypto";
import type { Claim, ClaimRequest, InboxStore } from "@wadesk/core/ports";
import type { SqlDatabase } from "../../sql/database.ts";
import { keyText } from "../../sql/key-text.ts";
import type { SqlDialect } from "../../sql/words.ts";
import { eventIn, listOf, wholeMs } from "../event-row.ts";
import { settle, unreadable } from "../settle.ts";
import { CLAIM_ENDED, CLAIM_OLDEST, CLAIM_SHARES } from "./claim-by-postgres.ts";
import { claimEnded, claimOldest, claimShares } from "./claim-by-sqlite.ts";
import { type Filter, type HeadRow, MAKE_READY, type Wanted } from "./heads.ts";
import { glance, lookAround } from "./look-around.ts";
import { goOn, type Round, type Share, shareOut, sharesText } from "./share-out.ts";

// numbers of workspaces and connections have 52 bits, and a random one may have 48
const anywhere = (): number => randomInt(2 ** 48 - 1) * 16;

/**
 * Claims the heads of queues, in turns. Where the last claim ended is kept here and not in the database, so that claims wait for nobody; each process goes round by
 * itself, and begins anywhere, so that those that live for one claim only pass nobody over. While claims bring all that is ready there are no turns to
 * take, and what is oldest comes first.
 */
export function claimer(database: SqlDatabase, dialect: SqlDialect): InboxStore["claim"] {
  const { run, write } = database;
  let round: Round = { lane: anywhere(), lines: new Map() };
  /** Whether the last claim left something, as far as is known: nothing, or more of one connection or of several. */
  let left: "nothing" | "of one" | "of several" = "of one";

  const ofEnded = (wanted: Wanted, filter: Filter): Promise<readonly HeadRow[]> =>
    dialect === "postgres" ? run(CLAIM_ENDED[filter], wanted) : write((on) => claimEnded(on, wanted, filter), "brief");
  const ofOldest = (wanted: Wanted, filter: Filter): Promise<readonly HeadRow[]> =>
    dialect === "postgres" ? run(CLAIM_OLDEST[filter], wanted) : write((on) => claimOldest(on, wanted, filter), "brief");
  const ofShares = (wanted: Wanted, filter: Filter, shares: readonly Share[]): Promise<readonly HeadRow[]> =>
    dialect === "postgres"
      ? run(CLAIM_SHARES[filter], { ...wanted, shares: sharesText(shares) })
      : write((on) => claimShares(on, wanted, filter, shares), "brief");

  const inTurn = async (wanted: Wanted, filter: Filter): Promise<readonly HeadRow[]> => {
    const { now, limit } = wanted;
    let outlook = await lookAround(run, now, limit, round, anywhere());
    if (outlook.ended) {
      const rows = await ofEnded(wanted, filter);
      if (rows.length > 0) return rows;
    }
    if (outlook.overdue) {
      await run(MAKE_READY, { now });
      outlook = await lookAround(run, now, limit, round, anywhere());
    }
    if (outlook.lines.length === 0) return [];
    const rows = await ofShares(wanted, filter, shareOut(outlook.lines, limit));
    const turns = rows.filter((row) => row.lane !== null).map((row) => ({ lane: Number(row.lane), line: Number(row.line) }));
    round = goOn(round, outlook.lines, turns, rows.length >= limit);
    left = rows.length < limit ? "nothing" : outlook.lines.length > 1 ? "of several" : "of one";
    return rows;
  };
  const claimRows = async (wanted: Wanted, filter: Filter): Promise<readonly HeadRow[]> => {
    if (left === "of several") return inTurn(wanted, filter);
    if (dialect === "sqlite") {
      // most looks find nothing, and those shall not wait for other writers
      const seen = await glance(run, wanted.now);
      if (seen === "nothing") return [];
      if (seen === "more" || (seen === "several" && left === "of one")) return inTurn(wanted, filter);
    }
    const rows = await ofOldest({ ...wanted, crowd: left === "nothing" ? 0 : 1 }, filter);
    if (rows.length === 0) return inTurn(wanted, filter);
    left = rows.length < wanted.limit ? "nothing" : "of one";
    return rows;
  };

  return async (request) => {
    const { types, limit } = request;
    if (limit <= 0 || types?.length === 0) return [];
    for (;;) {
      const wanted = wantedOf(request);
      const rows = await claimRows(wanted, types === undefined ? "every" : "some");
      const claims = await readable(rows, wanted);
      // what cannot be read is out of the way now, and others may wait behind it
      if (claims.length > 0 || rows.length === 0) return claims;
    }
  };

  async function readable(rows: readonly HeadRow[], { token, now }: Wanted): Promise<readonly Claim[]> {
    const claims: Claim[] = [];
    for (const row of rows) {
      const event = eventIn(row);
      if (event === undefined) await settle(database, dialect, [unreadable(row, token, now)]);
      else claims.push({ event, attempt: row.attempts, deaths: row.deaths, token, ...(Number(row.open) > 1 && { more: true }) });
    }
    return claims;
  }
}

function wantedOf({ types, limit, leaseMs, now }: ClaimRequest): Wanted {
  return {
    now: Math.floor(now),
    limit,
    types: types && listOf(types.map((type) => [keyText(type)])),
    until: wholeMs(now + leaseMs),
    // drawn, not counted: a queue may be forgotten and begin anew, and an old claim must not fit it then
    token: randomInt(1, 2 ** 48 - 1),
    shares: "[]",
    crowd: 0,
  };
}
