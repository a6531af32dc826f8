import type { Notice } from "../../errors/notice.ts";
import type { ChannelContext } from "../context.ts";

/** What one check of the settings found. Never holds a secret. */
export interface ProbeFinding extends Notice {
  /** Whether it is as it should be; where it is not, the text says what to do. */
  readonly ok: boolean;
}

/** What a channel has while it checks its settings. */
export interface ProbeContext<Settings> extends ChannelContext<Settings> {
  /** Aborted when core waits no longer. */
  readonly signal: AbortSignal;
}

/**
 * How each thing that an admin sets is tried, by the name of the check. Core runs all at once and each within its time: one that fails or hangs takes none of the
 * others along. A check answers nothing where there is nothing to check, and one finding for each group of a keyed field.
 */
export type SettingsProbe<Settings> = Readonly<Record<string, (context: ProbeContext<Settings>) => Promise<readonly ProbeFinding[]>>>;
