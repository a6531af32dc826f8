import type { CSSResult } from "lit";
import { checks } from "../styles/checks.ts";
import { picks } from "../styles/picks.ts";
import { secrets } from "../styles/secrets.ts";

/** The style sheets of its pictures, beside those of the settings. */
export const sheets: readonly CSSResult[] = [picks, checks, secrets];

export { panelWords } from "./panel-words.ts";
export { askingDialog, switchAsked } from "./views/asking.ts";
export { panelAsked } from "./views/panel-asking.ts";
export { tabView } from "./views/tab.ts";
