import { nothing } from "lit";
import type { Labels } from "../../labels/en/en.ts";
import type { TimeWords } from "../../state/time-words.ts";
import type { SettingsDesk } from "../settings-desk.ts";

/** What every picture of the settings is drawn with. */
export interface SettingsContext {
  readonly words: Labels;
  readonly times: TimeWords;
  /** The level of the title's heading. */
  readonly level: number;
  readonly desk: SettingsDesk;
  /** Puts a text where one pastes from, and says so. */
  copy(text: string): void;
  /** Saves, and goes to the first field that is wrong. */
  save(channel: string): void;
  /** Bytes that nobody guesses. */
  bytes(count: number): Uint8Array;
}

/** The level of a panel's heading, where it is not the usual one. */
export function panelLevel({ level }: Pick<SettingsContext, "level">): number | typeof nothing {
  return level === 2 ? nothing : level + 1;
}

/** What an engine is called. */
export function engineName({ settings }: Labels, channel: string): string {
  return settings.engines[channel] ?? channel;
}
