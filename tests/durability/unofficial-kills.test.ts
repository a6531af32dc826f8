import { describe, expect, it } from "vitest";
import type { DatabasePlan } from "./host/plan.ts";
import { openDatabase } from "./world/databases.ts";
import { brokenPhonePromises, endurePhone } from "./world/phone-ordeal.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";
import { SEED, seeded } from "./world/seeded.ts";

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const ROUNDS = [1, 2];
const DEATHS = 5;
const MESSAGES = 100;

describe(`a host of two numbers that is killed at any moment of a conversation of 200 messages (WADESK_SEED=${SEED})${WHY_SKIPPED}`, () => {
  it.each(DATABASES.flatMap((kind) => ROUNDS.map((round) => [kind, round] as const)))(
    "loses none, completes each once, sends none twice and takes none for sent that was not, on %s, round %i",
    { timeout: 180_000 },
    async (kind, round) => {
      const evidence = await endurePhone(await openDatabase(kind), { random: seeded(SEED + round), deaths: DEATHS, messages: MESSAGES });
      expect(brokenPhonePromises(evidence)).toEqual([]);
      expect([evidence.deaths, evidence.written.length]).toEqual([DEATHS, MESSAGES]);
      // most of them were answered: a death leaves unknown what was on its way from both numbers
      expect(evidence.arrived.length).toBeGreaterThan(MESSAGES - 6 * DEATHS);
    },
  );
});
