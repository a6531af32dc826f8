import type { Logger } from "@wadesk/core";
import type { SealedRecords, SessionVoice } from "@wadesk/core/ports";

/** What a session has of its connection, whether it is opened again or linking has just opened it. */
export interface Connecting {
  /** As in `Connected`. */
  readonly route: string;
  readonly connectionId: string;
  readonly records: SealedRecords;
  readonly voice: SessionVoice;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
