import type { LitElement } from "lit";
import type { Clock } from "../client/clock.ts";
import type { ConnectionCalls } from "../client/connection-calls.ts";
import type { Requests } from "../client/requests.ts";
import type { LiveRegion } from "../controllers/live-region.ts";
import type { FirstWords } from "../labels/en/first.ts";
import type { LabelChanges } from "../labels/with-changes.ts";

/** What every part of the screen works with. */
export interface World {
  readonly host: LitElement;
  readonly requests: Requests;
  readonly calls: ConnectionCalls;
  readonly region: Pick<LiveRegion, "say" | "alert">;
  clock(): Clock;
  words(): FirstWords;
  /** What replaces some of all words. */
  labels(): LabelChanges;
  /** How many connections a page has. */
  pageSize(): number;
}
