import { html, nothing, type TemplateResult } from "lit";
import type { FieldWords } from "../../labels/en/fields.ts";
import { issueText } from "../../account/words-of.ts";
import { button } from "../../views/button.ts";
import { field } from "../../views/field.ts";
import { rich } from "../../views/rich.ts";
import type { PanelState } from "../state/panel.ts";
import { madeSecret, type SecretMark, secretRows } from "../state/secret.ts";
import type { PanelContext } from "./context.ts";

/** One field of secrets: rows of marks, or a field where the next one is typed. */
export interface SecretPlace {
  readonly channel: string;
  readonly path: string;
  /** The field's own name, without what stands before it in the path. */
  readonly name: string;
  readonly saved: unknown;
  readonly words: FieldWords;
}

/** Draws it. */
export function secretView(place: SecretPlace, state: PanelState, context: PanelContext): TemplateResult {
  const { path } = place;
  const { [path]: draft } = state.secrets;
  return draft === undefined ? marksView(place, context) : draftView(place, draft, state, context);
}

/** Whether a secret is chosen here, and not copied from somewhere. */
function isChosenHere(name: string): boolean {
  return name === "verifyToken";
}

function marksView({ channel, path, name, saved, words: { label, hint } }: SecretPlace, context: PanelContext): TemplateResult {
  const { words, desk } = context;
  const { panel } = words;
  const rows = secretRows(saved);
  const begin = (): void => desk.change(channel, { type: "secret", path, value: isChosenHere(name) ? madeSecret(context.bytes) : "" });
  const replace =
    rows.length === 0
      ? button({ text: panel.set, name: panel.setName(label), small: true, press: begin })
      : button({ text: panel.replace, name: panel.replaceName(label), small: true, press: begin });
  return html`<div class="field full">
    <span class="field-label" id="${path}-label">${label}</span>
    <ul class="secret" part="secret" aria-labelledby="${path}-label">
      ${rows.length === 0 ? html`<li><span class="meta">${panel.secretNone}</span>${replace}</li>` : nothing}
      ${rows.map(
        (row) => html`<li>
        <span class="dots" aria-hidden="true">••••••••</span>
        <span class="meta">${markText(row, row.current, rows.length > 1, context)}</span>
        ${row.current ? replace : nothing}
        ${
          row.current
            ? nothing
            : button({
                text: panel.retire,
                name: panel.retireName(label, dateOf(row, context)),
                small: true,
                look: "quiet",
                press: () => desk.askRetire(channel, path, row),
              })
        }
      </li>`,
      )}
    </ul>
    ${hint === undefined ? nothing : html`<p class="hint">${rich(hint)}</p>`}
  </div>`;
}

function markText(mark: SecretMark, current: boolean, several: boolean, context: PanelContext): string {
  const { panel } = context.words;
  const set = mark.addedAt === undefined ? panel.secretFromOptions : panel.secretSet(dateOf(mark, context));
  const counts = several ? [current ? panel.current : panel.stillAccepted] : [];
  const whose = several && mark.of !== undefined ? [panel.secretOf(mark.of)] : [];
  return [set, ...whose, ...counts].join(" · ");
}

/** Since when a secret counts. */
export function dateOf({ addedAt }: SecretMark, { words, times }: PanelContext): string {
  return addedAt === undefined ? words.panel.secretFromOptions : times.date(addedAt);
}

function draftView(
  { channel, path, name, saved, words: own }: SecretPlace,
  draft: string,
  state: PanelState,
  context: PanelContext,
): TemplateResult {
  const { words, desk } = context;
  const { panel } = words;
  const { [path]: issue } = state.issues;
  const isNew = secretRows(saved).length === 0;
  const type = (value: string): void => desk.change(channel, { type: "secret", path, value });
  const shown = isChosenHere(name);
  return html`<div class="full">${field({
    name: path,
    label: isNew ? own.label : panel.newSecret(own.label),
    value: draft,
    type: shown ? "text" : "password",
    mono: shown,
    leftToRight: true,
    autocomplete: "off",
    hint: shown ? panel.copyNow : own.hint,
    error: issue && issueText(words, channel, name, issue),
    input: type,
    below: html`<div class="actions">
      ${shown ? button({ text: panel.generate, small: true, press: () => type(madeSecret(context.bytes)) }) : nothing}
      ${shown ? button({ text: words.frame.copy, name: words.frame.copyName(own.label), small: true, glyph: "copy", press: () => context.copy(draft) }) : nothing}
      ${button({ text: isNew ? panel.cancel : panel.keepOld, small: true, press: () => desk.change(channel, { type: "secret", path }) })}
    </div>`,
  })}</div>`;
}
