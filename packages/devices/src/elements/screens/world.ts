import type { LitElement } from "lit";
import type { Clock } from "../client/clock.ts";
import type { ConnectionCalls } from "../client/connection-calls.ts";
import type { Requests } from "../client/requests.ts";
import type { LiveRegion } from "../controllers/live-region.ts";
import type { Labels } from "../labels/en/en.ts";

/** What every part of the screen works with. */
export interface World {
  readonly host: LitElement;
  readonly requests: Requests;
  readonly calls: ConnectionCalls;
  readonly region: Pick<LiveRegion, "say" | "alert">;
  clock(): Clock;
  words(): Labels;
  /** How many connections a page has. */
  pageSize(): number;
}
