import type { InboundEvent } from "../model/event.ts";
import type { HealthReport } from "../status/connection-status.ts";

/** How a session tells what it hears. */
export interface SessionVoice {
  /** Which session speaks is core's to know. `alive` costs nothing by itself: those of many connections are written together. */
  readonly report: (health: HealthReport) => void;
  /** Resolves when the events are stored. Rejects with `lease_lost` once another process has the session. */
  readonly receive: (events: readonly InboundEvent[]) => Promise<void>;
}
