import { html, nothing, type TemplateResult } from "lit";
import { supportText } from "../../account/words-of.ts";
import { button } from "../../views/button.ts";
import { glyph } from "../../views/glyphs.ts";
import type { PanelState } from "../state/panel.ts";
import type { SelfCheck, SettingsShown, SettingsState } from "../state/settings.ts";
import { engineName, panelLevel, type SettingsContext } from "./context.ts";
import { engineView } from "./engine.ts";

/** Draws what a channel's tab holds. */
export type PanelOf = (panel: PanelState, check: SelfCheck | undefined) => TemplateResult;

/** The platform's settings, whatever stands of them: all below their title. */
export function settingsView(state: SettingsState, context: SettingsContext, panelOf: PanelOf): TemplateResult {
  const { words, desk } = context;
  const { settings, frame } = words;
  switch (state.kind) {
    case "loading":
      return html`<p class="sr" role="status">${settings.loading}</p>
        <div class="panel late" aria-hidden="true"><div class="panel-body form bones"><div class="bone w40"></div><div class="bone w60"></div><div class="bone w25"></div></div></div>`;
    case "denied":
      return html`<div class="blank">
        <span class="big">${glyph("lock")}</span>
        <h3 aria-level=${panelLevel(context)}>${settings.deniedTitle}</h3>
        <p>${settings.deniedText}</p>
      </div>`;
    case "failed": {
      const signedOut = state.failure.code === "not_authorized";
      return html`<div class="blank" role="alert">
        <span class="big bad">${glyph("warn")}</span>
        <h3 aria-level=${panelLevel(context)}>${signedOut ? frame.signedOutTitle : settings.failedTitle}</h3>
        <p>${signedOut ? frame.signedOutText : html`${settings.failedText} <span class="mono">${supportText(state.failure)}</span>`}</p>
        <div class="actions">${button({ text: frame.tryAgain, glyph: "again", press: () => void desk.load() })}</div>
      </div>`;
    }
    case "shown":
      return shownView(state, context, panelOf);
  }
}

function shownView(state: SettingsShown, context: SettingsContext, panelOf: PanelOf): TemplateResult {
  const { tab, panels, checks } = state;
  const { [tab]: panel } = panels;
  return html`${tabsView(state, context)}
    <div class="stack" role="tabpanel" id="tab-panel" aria-labelledby="tab-${tab}" tabindex="-1">
      ${panel === undefined ? engineView(state, context) : panelOf(panel, checks[tab])}
    </div>`;
}

function tabsView(state: SettingsShown, { words, desk }: SettingsContext): TemplateResult {
  const { settings } = words;
  const tabs = ["engine", ...state.channels];
  const go = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(state.tab);
    const forward = (event.currentTarget as HTMLElement).matches(":dir(rtl)") ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const steps: Readonly<Record<string, number>> = { [forward]: at + 1, [back]: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 };
    const { [event.key]: next } = steps;
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs[next % tabs.length] ?? "engine";
    desk.open(tab);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${settings.tabs} @keydown=${go}>${tabs.map((tab) => {
    const selected = tab === state.tab;
    const lacks = tab !== "engine" && (state.panels[tab]?.settings.missing.length ?? 0) > 0;
    return html`<button
      role="tab"
      type="button"
      id="tab-${tab}"
      aria-selected=${selected}
      aria-controls=${selected ? "tab-panel" : nothing}
      tabindex=${selected ? 0 : -1}
      @click=${() => desk.open(tab)}
    >${tab === "engine" ? settings.engineTab : engineName(words, tab)}${
      lacks ? html`<span role="img" aria-label=${settings.needsSettings}>${glyph("state-pending", "g-wait")}</span>` : nothing
    }</button>`;
  })}</div>`;
}
