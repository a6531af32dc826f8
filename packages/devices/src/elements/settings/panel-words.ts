import type { Labels } from "../labels/en/en.ts";
import { fields } from "../labels/en/fields.ts";
import { panel } from "../labels/en/panel.ts";
import { type LabelChanges, laterWords } from "../labels/with-changes.ts";
import type { SettingsWords } from "./settings-words.ts";

/** What one channel's settings are told in. */
export type PanelWords = SettingsWords & Pick<Labels, "panel" | "fields">;

/** Those words, with what replaces some of them. */
export const panelWords: (before: SettingsWords, changes: LabelChanges) => PanelWords = laterWords({ panel, fields });
