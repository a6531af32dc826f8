import { randomInt } from "node:crypto";
import { environments } from "./environments.ts";
import { gate } from "./gate.ts";
import { graphV26 } from "./graph-v26.ts";
import { newestBaileys } from "./newest-baileys.ts";
import type { LongPart } from "./part.ts";
import { screen } from "./screen.ts";
import { testRounds } from "./test-rounds.ts";
import { walks } from "./walks.ts";

/** Each part by its name; a new one is a row here. The short form of each is a test. */
const PARTS: Readonly<Record<string, LongPart>> = {
  gate,
  crash: testRounds({ what: "hosts that are killed by the dozen", file: "tests/durability/crash.test.ts", rounds: 6, times: 1 }),
  reconnects: testRounds({
    what: "200 reconnects of one linked phone and 20 of thirty: heap, sockets, timers and listeners",
    file: "tests/durability/reconnects.test.ts",
    rounds: 1,
    times: 10,
  }),
  owners: testRounds({
    what: "processes that keep a linked phone, killed in a conversation 20 times",
    file: "tests/durability/unofficial.test.ts",
    rounds: 1,
    times: 10,
  }),
  kills: testRounds({
    what: "a phone's host that is killed in the middle of conversations, 40 of them on each database",
    file: "tests/durability/unofficial-kills.test.ts",
    rounds: 20,
    times: 1,
  }),
  interrupted: testRounds({
    what: "signup in a browser, with each answer of Meta's lost in turn, by both doors",
    file: "tests/browser/interrupted.test.ts",
    rounds: 1,
    times: 2,
  }),
  screen,
  baileys: newestBaileys,
  "graph-v26": graphV26,
  environments,
  walks,
  fuzz: testRounds({
    what: "200,000 signatures of Twilio's, ours beside its own validator",
    file: "tests/journeys/twilio-signature.test.ts",
    rounds: 1,
    times: 20,
  }),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`there is no part "${unknown.join('", "')}"; there are:`);
  for (const [name, { what }] of Object.entries(PARTS)) console.error(`  ${name.padEnd(12)}${what}`);
  process.exit(2);
}
const seed = Number(process.env.WADESK_SEED ?? randomInt(2 ** 31));
let failed = 0;
for (const [name, { what, run }] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`${new Date().toISOString()}  ${name}: ${what}; seed ${seed}`);
  const began = performance.now();
  const broken = await run(seed).catch((error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  for (const sentence of broken) console.log(`  ${sentence}`);
  console.log(
    `${new Date().toISOString()}  ${name}: ${broken.length === 0 ? "held" : "BROKEN"}; seed ${seed}; ${Math.round(performance.now() - began)} ms`,
  );
  if (broken.length > 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
