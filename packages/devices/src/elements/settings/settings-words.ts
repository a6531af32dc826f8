import type { Labels } from "../labels/en/en.ts";
import { failures } from "../labels/en/failures.ts";
import type { FirstWords } from "../labels/en/first.ts";
import { settings } from "../labels/en/settings.ts";
import { type LabelChanges, laterWords } from "../labels/with-changes.ts";

/** What the settings are told in. */
export type SettingsWords = FirstWords & Pick<Labels, "settings" | "failures">;

/** Those words, with what replaces some of them. */
export const settingsWords: (first: FirstWords, changes: LabelChanges) => SettingsWords = laterWords({ settings, failures });
