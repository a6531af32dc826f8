import { html, nothing, type TemplateResult } from "lit";
import type { PairingForm } from "../state/pairing.ts";
import { linkButton } from "./button.ts";
import { tile } from "./card.ts";
import { glyph } from "./glyphs.ts";
import type { PairingContext } from "./pairing-context.ts";
import { rich } from "./rich.ts";

/** Which number is linked, with the way back to change it, or with something else in its place. */
export function summary(form: PairingForm, { words, channel, change }: PairingContext, beside: unknown = undefined): TemplateResult {
  const { phone, label, again } = form;
  const changing = again === undefined ? linkButton(words.pairing.change, change, words.pairing.changeName) : nothing;
  return html`<div class="summary" part="summary">
    ${tile(channel)}
    <div><strong>${label || phone}</strong>${label ? html`<br /><span class="num">${phone}</span>` : nothing}</div>
    ${beside ?? changing}
  </div>`;
}

/** What is done on the phone, in numbered steps. */
export function how(title: string, steps: readonly string[]): TemplateResult {
  return html`<h3>${title}</h3><ol class="how" part="instructions">${steps.map((each) => html`<li><span>${rich(each)}</span></li>`)}</ol>`;
}

/** What to look at, one line each. */
export function todo(title: string, lines: readonly string[]): TemplateResult {
  return html`<h3>${title}</h3><ul class="tick-list">${lines.map((each) => html`<li>${glyph("next", "flip")}<span>${rich(each)}</span></li>`)}</ul>`;
}

/** "1:05" of milliseconds. */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
