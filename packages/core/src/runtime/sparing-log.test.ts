import { expect, it } from "vitest";
import type { Logger } from "../ports/runtime.ts";
import { sparingLog } from "./sparing-log.ts";

function opened() {
  const said: [level: string, message: string, data: object][] = [];
  const to = (level: string) => (data: object, message: string) => void said.push([level, message, data]);
  const log: Logger = { debug: to("debug"), info: to("info"), warn: to("warn"), error: to("error") };
  const time = { now: 0 };
  return { said, time, log: sparingLog(log, { now: () => time.now }, 1000) };
}

it("says one thing once in a while, the rest at debug, and then how often it was", () => {
  const { said, time, log } = opened();
  for (time.now = 0; time.now < 3; time.now += 1) log.error({ code: "a", url: `of ${time.now}` }, "refused");
  time.now = 1000;
  log.error({ code: "a" }, "refused");
  expect(said).toEqual([
    ["error", "refused", { code: "a", url: "of 0" }],
    ["debug", "refused", { code: "a", url: "of 1" }],
    ["debug", "refused", { code: "a", url: "of 2" }],
    ["error", "refused", { code: "a", repeated: 2 }],
  ]);
});

it("keeps things apart by what they are about, and levels too", () => {
  const { said, log } = opened();
  for (const connectionId of ["con_1", "con_2"]) log.error({ connectionId }, "does not open");
  log.warn({ connectionId: "con_1" }, "does not open");
  expect(said.map(([level]) => level)).toEqual(["error", "error", "warn"]);
});

it("does not fall silent when the clock was set back, nor remember without end", () => {
  const { said, time, log } = opened();
  time.now = 1_000_000;
  log.warn({}, "refused");
  time.now = 0;
  log.warn({}, "refused");
  for (let each = 0; each < 2000; each += 1) log.warn({ connectionId: each }, "refused");
  log.warn({}, "refused");
  expect(said.every(([level]) => level === "warn")).toBe(true);
});
