import { nothing } from "lit";
import type { TimeWords } from "../../state/time-words.ts";
import type { SettingsDesk } from "../settings-desk.ts";
import type { PanelWords } from "../panel-words.ts";
import type { SettingsWords } from "../settings-words.ts";

/** What every picture of the settings is drawn with. */
export interface SettingsContext {
  readonly words: SettingsWords;
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

/** The same for one channel's settings, which have words of their own. */
export interface PanelContext extends SettingsContext {
  readonly words: PanelWords;
}

/** The level of a panel's heading, where it is not the usual one. */
export function panelLevel({ level }: Pick<SettingsContext, "level">): number | typeof nothing {
  return level === 2 ? nothing : level + 1;
}

/** What an engine is called. */
export function engineName({ settings }: SettingsWords, channel: string): string {
  return settings.engines[channel] ?? channel;
}
