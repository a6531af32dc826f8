import { html, nothing, type TemplateResult } from "lit";
import type { WireFailure } from "../../../wire/problem.ts";
import type { AccountWords } from "../account-words.ts";
import { failureText, supportText } from "../words-of.ts";
import { fold } from "../../views/field.ts";
import { type Glyph, glyph } from "../../views/glyphs.ts";
import type { CheckRow } from "../state/checks.ts";

const GLYPHS: Readonly<Record<CheckRow["state"], readonly [Glyph, string]>> = {
  waiting: ["todo", ""],
  running: ["ring", "spin g-info"],
  passed: ["passed", "g-ok"],
  failed: ["failed", "g-bad"],
  skipped: ["todo", ""],
};

/** The checks of what was typed, one line each; the one that failed says why. */
export function checksView(channel: string, rows: readonly CheckRow[], words: AccountWords, failure?: WireFailure): TemplateResult {
  const { account } = words;
  return html`<ol class="checks" part="checks" aria-label=${account.checks}>${rows.map(({ name, state, detail }) => {
    const [drawn, tone] = GLYPHS[state];
    const text = account.checkNames[channel]?.[name] ?? (detail !== undefined && state !== "failed" ? detail : name);
    const look = state === "failed" ? "fail" : state === "waiting" || state === "skipped" ? "todo" : "";
    return html`<li class=${look}>
      ${glyph(drawn, tone)}<span class="t">${text}</span><span class="st">${account.checkStates[state]}</span>
      ${state === "failed" && failure !== undefined ? html`<div class="explain">${explained(failure, words)}</div>` : nothing}
    </li>`;
  })}</ol>`;
}

/** Why something failed, and what support wants to know of it. */
export function explained(failure: WireFailure, words: AccountWords): TemplateResult {
  const more = html`<p class="mono">${supportText(failure)}</p><p>${failure.message}</p>`;
  return html`<p>${failureText(words, failure)}</p>${fold(words.frame.details, more)}`;
}
