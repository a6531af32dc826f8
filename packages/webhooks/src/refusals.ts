import type { Clock, ErrorCode, Logger, WadeskError } from "@wadesk/core";
import { sparingLog } from "@wadesk/core/ports";

/** What a handler has refused, or taken though it was old, since it was made. For a host's metrics: each stranger's attempt adds one here, and none to its alarms. */
export interface WebhookCounts {
  /** How many requests were answered with each error. Paths that are no webhook's are not counted. */
  readonly refused: Readonly<Partial<Record<ErrorCode, number>>>;
  /** How many genuine webhooks were older, by their own time, than what is remembered, and were taken all the same. */
  readonly expired: number;
}

/** How a handler keeps count, and what it says of it. */
export interface Refusals {
  /** Says what a stranger can bring about too: once an hour for each channel and code, else at `debug`. */
  readonly log: Logger;
  refused(error: WadeskError): void;
  expired(): void;
  counts(): WebhookCounts;
}

const HOUR_MS = 60 * 60 * 1000;

/** Makes the counts of one handler. */
export function createRefusals(log: Logger, clock: Clock): Refusals {
  const refused: Partial<Record<ErrorCode, number>> = {};
  let expired = 0;
  return {
    log: sparingLog(log, clock, HOUR_MS),
    refused: ({ code }) => {
      refused[code] = (refused[code] ?? 0) + 1;
    },
    expired: () => {
      expired += 1;
    },
    counts: () => ({ refused: { ...refused }, expired }),
  };
}
