import type { Logger } from "@wadesk/core";
import { type Baileys, loadBaileys, pathOfBaileys } from "./baileys.ts";

/** Baileys, and how fast it signs. */
export interface ReadyBaileys {
  readonly baileys: Baileys;
  /** `plain` where a signature takes 10 ms of the event loop, `fast` where it takes less than one. */
  readonly curves: "fast" | "plain";
}

let quickened: Promise<boolean> | undefined;

/** Loads Baileys on first use and, where that is wanted, has it sign fast. Rejects with `configuration_invalid` where the application has not installed it. */
export async function readyBaileys({ fastCurves }: { readonly fastCurves: boolean }, log: Logger): Promise<ReadyBaileys> {
  const baileys = await loadBaileys();
  if (!fastCurves) return { baileys, curves: "plain" };
  quickened ??= quicken(baileys, log);
  return { baileys, curves: (await quickened) ? "fast" : "plain" };
}

// once in a process, and so is its warning
async function quicken(baileys: Baileys, log: Logger): Promise<boolean> {
  const { quickenCurves } = await import("./fast-curves.ts");
  if (!quickenCurves(baileys, pathOfBaileys, log)) return false;
  // now it is known that this is the libsignal that Baileys uses
  const { quickenMacs } = await import("./fast-macs.ts");
  quickenMacs(pathOfBaileys, log);
  return true;
}
