import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DatabasePlan, Flaw } from "./host/plan.ts";
import { openDatabase, type TestDatabase } from "./world/databases.ts";
import { brokenPromises, completedOf, type Evidence } from "./world/evidence.ts";
import { openProcesses } from "./world/host-process.ts";
import { type MortalHost, startMortalHost } from "./world/mortal-host.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";
import { SEED, seeded } from "./world/seeded.ts";
import { send } from "./world/sender.ts";

const CONTACTS = 40;
/** A life ends before so many webhooks; 22 lives of that length are fewer than all webhooks, so that each of them does end. */
const LONGEST_LIFE = 88;

interface Ordeal {
  /** After how many webhooks each host dies, life by life. */
  readonly hosts: readonly (readonly number[])[];
  readonly contacts: number;
  readonly each: number;
  readonly flaw?: Flaw;
}

/** Sends webhooks to hosts that are killed meanwhile, and tells what was seen when the last one has come to rest. */
async function endure(
  database: TestDatabase,
  { hosts, contacts, each, flaw }: Ordeal,
): Promise<Evidence & { readonly deaths: readonly number[] }> {
  const processes = openProcesses();
  const random = seeded(SEED);
  const journal = join(database.folder, "journal");
  await appendFile(journal, "");
  const plan = { database: database.plan, journal, ...(flaw !== undefined && { flaw }) };
  const running = hosts.map((lives) => startMortalHost(processes, plan, lives));
  const any = (): MortalHost => running[Math.floor(random() * running.length)] as MortalHost;
  const { answered } = await send({ contacts, writes: (turn) => turn < each, random, target: () => any().target() });
  const completed = await completedOf(database.ledger, answered, flaw === undefined ? 90_000 : 2_000);
  const started = (await readFile(journal, "utf8")).trimEnd().split("\n");
  return { answered, started, completed, deaths: running.map((host) => host.deaths()) };
}

const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];

const random = seeded(SEED);
const lifetimes = (deaths: number, longest: number): readonly number[] =>
  Array.from({ length: deaths }, () => Math.floor(random() * longest));

describe(`a host that is killed at any moment while 2,000 webhooks come in (WADESK_SEED=${SEED})${WHY_SKIPPED}`, () => {
  it.each(DATABASES)("completes each one that it answered 200, once and in its contact's order, on %s", async (kind) => {
    const database = await openDatabase(kind);
    const ordeal = await endure(database, { hosts: [lifetimes(22, LONGEST_LIFE)], contacts: CONTACTS, each: 50 });
    expect(brokenPromises(ordeal)).toEqual([]);
    expect(ordeal.answered).toHaveLength(2000);
    expect(ordeal.deaths).toEqual([22]);
  });

  it.skipIf(NO_POSTGRES)("is one of three on one PostgreSQL, and what it held the others take over", async () => {
    const database = await openDatabase("PostgreSQL");
    const ordeal = await endure(database, { hosts: [lifetimes(5, LONGEST_LIFE), [], []], contacts: CONTACTS, each: 50 });
    expect(brokenPromises(ordeal)).toEqual([]);
    expect(ordeal.answered).toHaveLength(2000);
    expect(ordeal.deaths).toEqual([5, 0, 0]);
  });
});

describe("a host that does not keep a promise", () => {
  it.each<[Flaw, RegExp]>([
    ["answers before the commit", /answered 200 and never completed/],
    ["forgets what is done", /was completed \d times/],
    ["knows no contacts", /after a later message/],
  ])("is found out: it %s", async (flaw, sentence) => {
    // whether one death shows it is chance: what is forgotten shows in a webhook that was done and not yet answered
    const ordeal = await endure(await openDatabase("SQLite"), { hosts: [[35, 35, 35, 35, 35, 35]], contacts: 20, each: 12, flaw });
    expect(brokenPromises(ordeal).join("\n")).toMatch(sentence);
  });
});
