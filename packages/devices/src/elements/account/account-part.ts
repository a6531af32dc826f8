import type { CSSResult } from "lit";
import { checks } from "../styles/checks.ts";
import { panel } from "../styles/panel.ts";
import { picks } from "../styles/picks.ts";

/** The style sheets of its pictures. */
export const sheets: readonly CSSResult[] = [panel, picks, checks];

export { AccountDesk } from "./account-desk.ts";
export { accountWords } from "./account-words.ts";
export { accountDialog } from "./views/dialog.ts";
export { twilioPage } from "./views/twilio-page.ts";
