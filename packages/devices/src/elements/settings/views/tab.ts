import { html, nothing, type TemplateResult } from "lit";
import type { PanelState } from "../state/panel.ts";
import type { SelfCheck } from "../state/settings.ts";
import { addressesView, findingsView } from "./addresses.ts";
import type { PanelContext } from "./context.ts";
import { panelView } from "./panel.ts";

/** What a channel's tab holds: its settings, its addresses, and what a self-check found. */
export function tabView(panel: PanelState, check: SelfCheck | undefined, context: PanelContext): TemplateResult {
  return html`${reachesOut(panel) ? findingsView(panel, check, context) : nothing}${panelView(panel, context)}
    ${addressesView(panel, check, context)}${reachesOut(panel) ? nothing : findingsView(panel, check, context)}`;
}

// whether what is set reaches a service of one's own comes before anything else of it
function reachesOut({ settings: { groups } }: PanelState): boolean {
  return Object.keys(groups).length > 0;
}
