import { postgresStorage } from "@wadesk/storage/postgres";
import { describe, expect, it } from "vitest";
import { openDatabase } from "./world/databases.ts";
import { brokenPromises, completedOf } from "./world/evidence.ts";
import { startLocalHost } from "./world/local-host.ts";
import { NO_POSTGRES, POSTGRES_URL, WHY_SKIPPED } from "./world/postgres.ts";
import { SEED, seeded } from "./world/seeded.ts";
import { send } from "./world/sender.ts";
import { openTcpProxy } from "./world/tcp-proxy.ts";

const AWAY_MS = 10_000;
/** How long a webhook waits for the storage. */
const STORE_WITHIN_MS = 2000;
/** Twice that; the machine's pauses are not counted. */
const ANSWERED_WITHIN_MS = 2 * STORE_WITHIN_MS;

/** What the log says is wrong. */
const SAID = { refusing: /refused|cannot be reached/i, silent: /did not answer|within/i } as const;

describe.skipIf(NO_POSTGRES)(`a PostgreSQL that goes away for ten seconds under load${WHY_SKIPPED}`, () => {
  it.each(["refusing", "silent"] as const)(
    "costs no event: %s, webhooks are answered 503 meanwhile, and work resumes by itself",
    async (how) => {
      const { plan, ledger } = await openDatabase("PostgreSQL");
      if (plan.kind !== "PostgreSQL") throw new Error("another database was opened");
      const direct = new URL(POSTGRES_URL);
      const proxy = await openTcpProxy({ host: direct.hostname, port: Number(direct.port || 5432) });
      const url = new URL(POSTGRES_URL);
      url.host = `127.0.0.1:${proxy.port}`;
      const host = await startLocalHost((log) => postgresStorage({ url: url.href, schema: plan.schema, log }), {
        storeWithinMs: STORE_WITHIN_MS,
      });

      let wentAt = Number.POSITIVE_INFINITY;
      let cameAt = Number.POSITIVE_INFINITY;
      const sending = send({
        contacts: 10,
        writes: (turn) => turn < 30 || Date.now() < cameAt,
        random: seeded(SEED),
        redeliverAfterMs: 100,
        target: async () => {
          const now = Date.now();
          if (host.started.length >= 100 && wentAt === Number.POSITIVE_INFINITY) {
            wentAt = now;
            await proxy.away(how);
            wentAt = Date.now();
          } else if (now >= wentAt + AWAY_MS && cameAt === Number.POSITIVE_INFINITY) {
            cameAt = now;
            await proxy.back();
          }
          return { url: host.url };
        },
      });
      const { answered, attempts } = await sending;
      const completed = await completedOf(ledger, answered, 90_000);
      expect(brokenPromises({ answered, started: host.started, completed })).toEqual([]);
      const meanwhile = attempts.filter(({ began, ended }) => began > wentAt && ended < cameAt);
      expect(new Set(meanwhile.map(({ status }) => status))).toEqual(new Set([503]));
      expect(Math.max(...attempts.map(({ took }) => took))).toBeLessThan(ANSWERED_WITHIN_MS);
      const told = host.lines.filter(({ level }) => level === "error").map(({ data }) => JSON.stringify(data));
      expect(told.join("\n")).toMatch(SAID[how]);
    },
  );
});
