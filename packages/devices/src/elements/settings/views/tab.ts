import { html, nothing, type TemplateResult } from "lit";
import type { PanelState } from "../state/panel.ts";
import type { SelfCheck } from "../state/settings.ts";
import { addressesView, findingsView } from "./addresses.ts";
import { type PanelContext, panelLevel } from "./context.ts";
import { panelView } from "./panel.ts";

/** What a channel's tab holds: its settings, its addresses, and what a self-check found. */
export function tabView(panel: PanelState, check: SelfCheck | undefined, context: PanelContext): TemplateResult {
  const { words } = context;
  // whether what is set reaches a service of one's own comes before anything else of it
  const reachesOut = Object.keys(panel.settings.groups).length > 0;
  const found = findingsView(panel, check, reachesOut, context);
  return html`${panelView(panel, context, reachesOut ? found : nothing)} ${addressesView(panel, check, context)}
    ${
      reachesOut || onlyAddresses(check)
        ? nothing
        : html`<section class="panel" part="panel" aria-labelledby="checks-title">
      <div class="panel-head"><h3 id="checks-title" aria-level=${panelLevel(context)}>${words.panel.checks}</h3><p>${words.panel.checksText}</p></div>
      <div class="panel-body stack">${found}</div>
    </section>`
    }`;
}

function onlyAddresses(check: SelfCheck | undefined): boolean {
  return check?.kind === "found" && check.findings.every((each) => each.check === "address");
}
