import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { Errand } from "./host/script.ts";
import { openProcesses } from "./world/host-process.ts";

const ERRANDS: readonly (readonly [Errand, RegExp])[] = [
  ["a drain that forgets in batches", /^0 batches left$/],
  ["a drain whose budget is spent", /^0 completed$/],
  ["a drain whose handler never ends", /^0 completed$/],
  ["a drain that cannot record at first", /^1 completed$/],
  ["a storage that never answers", /storage did not answer/],
  ["a webhook that waits for its handlers", /not completed yet/],
  ["a lock of another process", /^it was our turn$/],
  ["a stop that gives up", /^stopped$/],
];

describe("a script that awaits one thing and ends", () => {
  it.each(ERRANDS)("is not over before it: %s", async (errand, said) => {
    const script = openProcesses().start("script.ts", { errand });
    const ended = once(script.child, "close");
    expect(await script.line()).toMatch(said);
    // and what nobody awaits keeps it no longer
    expect(await ended).toEqual([0, null]);
  });
});
