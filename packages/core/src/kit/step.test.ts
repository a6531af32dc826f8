import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { LinkStep } from "../ports/context.ts";
import { step } from "./step.ts";

function open(failAt?: string) {
  const shown: string[] = [];
  const stop = new AbortController();
  const show = async (each: LinkStep): Promise<void> => {
    if (each.type !== "check") return;
    if (each.state === failAt) throw new Error("nobody could be shown that");
    shown.push(`${each.name} ${each.state}${each.detail === undefined ? "" : `: ${each.detail}`}`);
  };
  return { shown, stop, context: { show, signal: stop.signal } };
}
const fails = async (): Promise<never> => {
  throw new WadeskError("banned");
};

describe("a step", () => {
  it("is shown running, then passed, and answers what the work found", async () => {
    const { context, shown } = open();
    expect(await step(context, "account", async () => 5)).toBe(5);
    expect(shown).toEqual(["account running", "account passed"]);
  });

  it("is shown failed with our words, and with none of a stranger's error", async () => {
    const { context, shown } = open();
    await expect(step(context, "account", fails)).rejects.toMatchObject({ code: "banned" });
    await expect(step(context, "token", () => Promise.reject(new Error("Bearer a-token")))).rejects.toThrow("Bearer");
    expect(shown.filter((line) => line.includes("failed"))).toEqual([
      "account failed: the provider has banned this number or account",
      "token failed: an unexpected error",
    ]);
  });

  it("of an attempt that was cancelled rejects with that, whatever the work said", async () => {
    const { context, stop } = open();
    stop.abort();
    await expect(step(context, "account", fails)).rejects.toMatchObject({ code: "linking_cancelled" });
  });

  it("rejects with why it failed even when that could not be shown", async () => {
    await expect(step(open("failed").context, "account", fails)).rejects.toMatchObject({ code: "banned" });
  });

  it("tells what is to be undone whether it could be shown", async () => {
    const told: unknown[] = [];
    const after = async (result: number, failed: boolean): Promise<void> => void told.push([result, failed]);
    await step(open().context, "webhooks", async () => 1, after);
    await expect(step(open("passed").context, "webhooks", async () => 2, after)).rejects.toThrow("nobody");
    expect(told).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});
