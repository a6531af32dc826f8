import type { Logger } from "@wadesk/core";
import type { ChannelContext, SessionVoice } from "@wadesk/core/ports";
import type { TimedRecords } from "../auth/timed-records.ts";
import type { UnofficialSettings } from "../options.ts";

/** What a session has of its connection, whether it is opened again or linking has just opened it. */
export interface Connecting {
  /** As in `Connected`. */
  readonly route: string;
  readonly connectionId: string;
  readonly records: TimedRecords;
  /** How fast the number may send. */
  readonly settings: ChannelContext<UnofficialSettings>["settings"];
  readonly voice: SessionVoice;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
