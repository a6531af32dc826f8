import { html, nothing, type TemplateResult } from "lit";
import type { EngineWords } from "../../labels/en/settings.ts";
import { button } from "../../views/button.ts";
import { chip } from "../../views/chip.ts";
import { type Glyph, glyph } from "../../views/glyphs.ts";
import { engineState, type SettingsShown } from "../state/settings.ts";
import { engineName, panelLevel, type SettingsContext } from "./context.ts";

const TILES: Readonly<Record<string, Glyph>> = { unofficial: "channel-unofficial", "cloud-api": "channel-cloud", twilio: "channel-relay" };
const RISKS: Readonly<Record<string, string>> = { unofficial: "n3 g-bad", "cloud-api": "n1 g-ok", twilio: "n1 g-ok" };
const TONES = { active: "ok", ready: "ok", lacking: "wait" } as const;

/** Which channel is in force, and the others beside it. */
export function engineView(state: SettingsShown, context: SettingsContext): TemplateResult {
  const { words, desk } = context;
  const { settings } = words;
  const same = state.chosen === state.active;
  return html`<form
    class="panel"
    part="panel engines"
    aria-labelledby="engine-title"
    @submit=${(event: Event) => {
      event.preventDefault();
      void desk.askSwitch();
    }}
  >
    <div class="panel-head"><h3 id="engine-title" aria-level=${panelLevel(context)}>${settings.engine}</h3><p>${settings.engineText}</p></div>
    <div class="panel-body"><fieldset class="engines ${state.channels.length === 2 ? "two" : ""}">
      <legend class="sr">${settings.engine}</legend>
      ${state.channels.map((channel) => engineCard(channel, state, context))}
    </fieldset></div>
    <div class="panel-foot">
      <span>${footOf(state, context)}</span>
      ${button({ text: settings.save, look: "primary", submits: true, off: same })}
    </div>
  </form>`;
}

function footOf({ chosen, active, switched }: SettingsShown, { words }: SettingsContext): TemplateResult | string {
  const { settings } = words;
  if (chosen !== active) return html`${glyph("state-pending", "g-wait")}${settings.isChosen(engineName(words, chosen))}`;
  if (switched === true) return html`${glyph("passed", "g-ok")}${settings.switched(engineName(words, active))}`;
  return settings.isActive(engineName(words, active));
}

function engineCard(channel: string, state: SettingsShown, { words, desk }: SettingsContext): TemplateResult {
  const { settings } = words;
  const { [channel]: compared } = settings.comparison;
  const { [channel]: line } = settings.engineLines;
  const stands = engineState(state, channel);
  return html`<label class="engine" part="engine">
    <span class="engine-top">
      <span class="tile">${glyph(TILES[channel] ?? "channel-relay")}</span>
      <span class="name">${engineName(words, channel)}${line === undefined ? nothing : html`<small>${line}</small>`}</span>
      <input type="radio" name="engine" value=${channel} .checked=${state.chosen === channel} @change=${() => desk.choose(channel)} />
    </span>
    ${compared === undefined ? nothing : (Object.keys(settings.rows) as (keyof EngineWords)[]).map((row) => compare(row, compared, channel, settings.rows))}
    <span class="engine-end">${chip(TONES[stands], settings.engineStates[stands])}</span>
  </label>`;
}

function compare(
  row: keyof EngineWords,
  compared: EngineWords,
  channel: string,
  names: Readonly<Record<keyof EngineWords, string>>,
): TemplateResult {
  const { [channel]: risk } = RISKS;
  const bars =
    row === "risk" && risk !== undefined ? html`<span class="bars ${risk}" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing;
  return html`<span class="erow"><span>${names[row]}</span><span class="v">${bars}${compared[row]}</span></span>`;
}
