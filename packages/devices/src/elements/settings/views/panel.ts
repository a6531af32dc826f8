import { html, nothing, type TemplateResult } from "lit";
import type { FormField } from "../../account/state/fields.ts";
import { fieldWords, failureText, issueText, supportText } from "../../account/words-of.ts";
import { button } from "../../views/button.ts";
import { field, fold } from "../../views/field.ts";
import { glyph } from "../../views/glyphs.ts";
import { note } from "../../views/note.ts";
import { isChanged, textIn } from "../state/change-of.ts";
import { groupIn, type PanelSet, type PanelState, pathOf, setsOf } from "../state/panel.ts";
import { engineName, type PanelContext, panelLevel } from "./context.ts";
import { groupAdder } from "./group-adder.ts";
import { rowsView } from "./rows.ts";
import { secretView } from "./secret.ts";

/** One channel's settings as a form; `before` stands in front of its fields. */
export function panelView(state: PanelState, context: PanelContext, before: unknown): TemplateResult {
  const { words, save } = context;
  const { panel } = words;
  const { channel, missing, groups } = state.settings;
  const { title = engineName(words, channel), text = panel.otherPanelText } = panel.panels[channel] ?? {};
  const sets = setsOf(state).filter(({ fields, secrets }) => fields.length + secrets.length > 0);
  return html`${missing.length === 0 ? nothing : html`<div class="notes">${missing.map((sentence) => note({ tone: "wait", glyph: "warn", title: panel.missing, text: sentence }))}</div>`}
    <form
      class="panel"
      part="panel"
      novalidate
      aria-labelledby="panel-title"
      @submit=${(event: Event) => {
        event.preventDefault();
        save(channel);
      }}
    >
      <div class="panel-head"><h3 id="panel-title" aria-level=${panelLevel(context)}>${title}</h3><p>${text}</p></div>
      <div class="panel-body form">
        ${refusal(state, context)}${before}
        ${sets.map((set) => setView(set, state, context))}
        ${Object.keys(groups).map((group) => groupAdder(group, state, context))}
        ${sets.length === 0 && Object.keys(groups).length === 0 ? html`<p class="muted">${panel.nothingToSet}</p>` : nothing}
      </div>
      ${foot(state, context)}
    </form>`;
}

function refusal({ failure, issues }: PanelState, { words }: PanelContext): TemplateResult | typeof nothing {
  if (failure === undefined) return nothing;
  const { panel, frame } = words;
  // what is wrong with a field is said there
  if (Object.keys(issues).length > 0) return note({ tone: "bad", glyph: "warn", title: panel.notSaved, text: panel.wrongFields });
  const support = fold(frame.details, html`<p class="mono">${supportText(failure)}</p>`);
  return note({ tone: "bad", glyph: "warn", title: panel.notSaved, text: html`${failureText(words, failure)} ${support}` });
}

function setView(set: PanelSet, state: PanelState, context: PanelContext): TemplateResult {
  const { words } = context;
  const { panel } = words;
  const [group, name] = set.path.split(".");
  const { channel } = state.settings;
  const secretOf = (secret: string): TemplateResult => {
    const own = fieldWords(words, "settings", channel, { name: secret });
    return secretView({ channel, path: pathOf(set, secret), name: secret, saved: set.saved[secret], words: own }, state, context);
  };
  const inside = set.order.map((each) => {
    const plain = set.fields.find((one) => one.name === each);
    if (plain !== undefined) return fieldView(plain, set, state, context);
    return set.secrets.includes(each) ? secretOf(each) : nothing;
  });
  if (group === undefined || name === undefined) return html`<div class="form cols">${inside}</div>`;
  // one that is alone and named as usual needs no name on it
  const alone = name === "default" && Object.keys(groupIn(state.settings, group)).length === 1;
  const title = panel.groupTitle(panel.groups[group] ?? group, name);
  return html`<fieldset class="set" aria-label=${title}>
    <div class="set-head">${alone ? nothing : html`<span class="field-label">${title}</span>`}
      ${alone ? nothing : button({ text: panel.groupRemove, name: panel.rowRemove(title), small: true, look: "quiet", press: () => context.desk.ask({ type: "remove-group", channel, path: set.path }) })}</div>
    <div class="form">${inside}</div>
  </fieldset>`;
}

function fieldView(each: FormField, set: PanelSet, state: PanelState, context: PanelContext): TemplateResult {
  const { words, desk } = context;
  const { channel } = state.settings;
  const path = pathOf(set, each.name);
  const { [each.name]: saved } = set.saved;
  if (each.kind === "rows") return rowsView(channel, each, path, saved, state, context);
  const { label, hint } = fieldWords(words, "settings", channel, each);
  const { [path]: issue } = state.issues;
  return field({
    name: path,
    label,
    value: state.texts[path] ?? textIn(saved),
    type: each.kind === "number" ? "number" : "text",
    leftToRight: true,
    hint,
    error: issue && issueText(words, channel, each.name, issue),
    ...(!set.required.includes(each.name) && { optional: words.frame.optional }),
    input: (value) => desk.change(channel, { type: "typed", path, value }),
  });
}

function foot(state: PanelState, { words, desk }: PanelContext): TemplateResult {
  const { panel } = words;
  const changed = isChanged(state);
  const saving = state.phase === "saving";
  return html`<div class="panel-foot">
    <span>${standing(state, changed, panel)}</span>
    ${changed ? button({ text: panel.discard, off: saving, press: () => desk.change(state.settings.channel, { type: "discarded" }) }) : nothing}
    ${button({ text: saving ? panel.saving : words.settings.save, look: "primary", submits: true, off: saving || !changed })}
  </div>`;
}

function standing({ phase }: PanelState, changed: boolean, words: PanelContext["words"]["panel"]): unknown {
  if (changed) return html`${glyph("state-pending", "g-wait")}${words.changed}`;
  return phase === "saved" ? html`${glyph("passed", "g-ok")}${words.saved}` : words.unchanged;
}
