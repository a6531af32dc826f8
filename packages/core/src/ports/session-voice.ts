import type { InboundEvent } from "../model/event.ts";
import type { HealthReport } from "../status/connection-status.ts";
import type { Clock } from "../time/clock.ts";

/** How a session tells what it hears, and by which clock it waits. */
export interface SessionVoice {
  /** Which session speaks is core's to know. `alive` costs nothing by itself: those of many connections are written together. */
  readonly report: (health: HealthReport) => void;
  /** Resolves when the events are stored. Rejects with `lease_lost` once another process has the session. */
  readonly receive: (events: readonly InboundEvent[]) => Promise<void>;
  /** Runs `work` once, so many milliseconds from now by the client's clock; the answer cancels it. */
  readonly after: Clock["after"];
}
