import type { InboundEvent } from "@wadesk/core/ports";
import type { BridgedNumber } from "./calls.ts";

/** An event on its way to the app: as a channel within the app would tell it. */
export type ReportedEvent = Omit<InboundEvent, "scope" | "phone" | "health" | "facts">;

/**
 * What a bridge tells its app, by POST to `/webhooks/wadesk-bridge`. Answered 2xx it has arrived; by 5xx, 401, 408, 429 or not at all it comes again for as long
 * as the bridge keeps it; any other status refuses it for good.
 */
export type BridgeReport =
  /** In their order, 100 at most. The same one may come again: its key is the same then. */
  | { readonly events: readonly ReportedEvent[] }
  /** How numbers are, every 30 seconds and when one turns. Comes once: the next one says it again. */
  | { readonly numbers: readonly BridgedNumber[] };

/** The path of reports below the app's address. */
export const REPORT_PATH = "/webhooks/wadesk-bridge";

/** How many events or numbers one report has at most. */
export const MOST_REPORTED = 100;
