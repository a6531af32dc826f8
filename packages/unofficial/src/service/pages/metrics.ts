import type { Storage } from "@wadesk/core";
import type { Bridge } from "../../bridge/create-bridge.ts";
import { linkedNumbers } from "../../bridge/calls/numbers.ts";

/** What is measured. */
export interface Measured {
  readonly bridge: Bridge;
  readonly storage: Storage;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Makes what answers the measures of this process and its bridge in Prometheus' text; what is counted is read when it is asked for. */
export async function createMetrics({
  bridge,
  storage,
  now,
}: Measured): Promise<() => Promise<{ readonly text: string; readonly type: string }>> {
  const { collectDefaultMetrics, Gauge, Registry } = await import("prom-client");
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  new Gauge({
    name: "wadesk_bridge_numbers",
    help: "Linked numbers by how they are",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      for (const state of ["connected", "pending", "disconnected", "failed"]) this.set({ state }, 0);
      for await (const { status } of linkedNumbers({ wadesk: bridge.wadesk, storage, now })) this.inc({ state: status.state });
    },
  });
  new Gauge({
    name: "wadesk_bridge_events",
    help: "Events by what becomes of them: what is waiting or running is on its way to the app, and what is dead was refused by it",
    labelNames: ["state"],
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await bridge.wadesk.eventCounts()))
        if (typeof count === "number") this.set({ state }, count);
    },
  });
  new Gauge({
    name: "wadesk_bridge_app_takes_reports",
    help: "1 where the app took the last report, 0 where it did not",
    registers,
    collect() {
      this.set(bridge.isAppAway() ? 0 : 1);
    },
  });
  return async () => ({ text: await register.metrics(), type: register.contentType });
}
