import { DIRECT } from "../gate/direct.ts";
import { brokenPromises, endure } from "../gate/endure.ts";
import { FORGED_META, FORGED_TWILIO } from "../gate/siege.ts";
import type { LongPart } from "./part.ts";

const COUNT = 200_000;

/** Strangers by the hundred thousand before an application with a heap of 64 MiB. */
export const gate: LongPart = {
  what: "200,000 strangers and everything that costs, before a heap of 64 MiB",
  async run() {
    const ordeal = await endure(COUNT, Object.keys(DIRECT), [
      ["node", {}],
      ["express", FORGED_META],
      ["fastify", FORGED_META],
      ["node", FORGED_TWILIO],
      ["express", FORGED_TWILIO],
    ]);
    const { floor, flood, costly, rss, held } = ordeal;
    const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
    const say = (what: string, ...said: readonly string[]): void => console.log(`  ${what.padEnd(64)}${said.join(", ")}`);
    for (const [what, { count, longestMs, slow, workedMs }] of [["nothing done", floor] as const, ["strangers", flood] as const]) {
      say(
        `${count} requests, ${what}`,
        `longest ${Math.round(longestMs)} ms`,
        `${slow} over 100 ms`,
        `loop held ${Math.round(workedMs)} ms`,
      );
    }
    for (const { name, status, ms, workedMs } of costly) say(name, String(status), `${ms} ms`, `loop held ${Math.round(workedMs)} ms`);
    say("growth", `${mebibytes(rss)} of memory`, `${mebibytes(held)} on the heap and beside it`);
    return brokenPromises(ordeal);
  },
};
