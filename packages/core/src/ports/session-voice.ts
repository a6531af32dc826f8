import type { Notice } from "../errors/notice.ts";
import type { ConnectionFacts } from "../model/connection.ts";
import type { InboundEvent } from "../model/event.ts";
import type { HealthReport } from "../status/connection-status.ts";
import type { Clock } from "../time/clock.ts";

/** What a session may learn of its number while it is open; as in `CheckReport`. */
export interface Learnt {
  /** Over what was known; one that is `undefined` is known no more. */
  readonly facts?: { readonly [Name in keyof ConnectionFacts]: ConnectionFacts[Name] | undefined };
  /** All of them: those that it leaves out are over. */
  readonly warnings?: readonly Notice[];
}

/** How a session tells what it hears, and by which clock it waits. */
export interface SessionVoice {
  /** Which session speaks is core's to know. `alive` costs nothing by itself: those of many connections are written together. */
  readonly report: (health: HealthReport) => void;
  /** What it learnt of the number, as a check tells it: a fact that is `undefined` is known no more, and warnings that are left out are over. */
  readonly learn: (learnt: Learnt) => void;
  /** Resolves when the events are stored. Rejects with `lease_lost` once another process has the session. */
  readonly receive: (events: readonly InboundEvent[]) => Promise<void>;
  /** Runs `work` once, so many milliseconds from now by the client's clock; the answer cancels it. */
  readonly after: Clock["after"];
}
