import type { HostPlan } from "../host/plan.ts";
import type { Processes, RunningProgram } from "./host-process.ts";
import type { Target } from "./sender.ts";

/** A host that dies again and again, and is started again at once. */
export interface MortalHost {
  /** Where it listens; waits while it starts. */
  readonly target: () => Promise<Target>;
  readonly deaths: () => number;
}

/** Starts a host. `lives` says after how many webhooks each of its lives ends; the one after the last does not end. */
export function startMortalHost(processes: Processes, plan: HostPlan, lives: readonly number[]): MortalHost {
  let deaths = 0;
  let webhooks = 0;
  let host: RunningProgram;
  let ready: Promise<string>;
  const live = (): void => {
    host = processes.start("host.ts", plan);
    ready = host.line();
    // whoever waits for it hears of it
    ready.catch(() => {});
  };
  // the webhook that its time has come with is on its way at this moment, and others are anywhere between the socket and the commit
  const underWay = (): void => {
    webhooks += 1;
    if (webhooks <= (lives[deaths] ?? Number.POSITIVE_INFINITY)) return;
    deaths += 1;
    webhooks = 0;
    ready = host.kill().then(() => {
      live();
      return ready;
    });
    ready.catch(() => {});
  };
  live();
  return {
    target: async () => ({ url: await ready, underWay }),
    deaths: () => deaths,
  };
}
