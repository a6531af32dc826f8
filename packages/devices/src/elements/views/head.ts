import { html, nothing, type TemplateResult } from "lit";
import type { Tone } from "../state/look-of.ts";
import { stateGlyph } from "./chip.ts";
import { levelOf } from "./context.ts";
import { glyph } from "./glyphs.ts";

/** The top of a view. */
export interface Head {
  readonly title: string;
  readonly level: number;
  readonly line?: string;
  readonly counter?: { readonly tone: Tone; readonly text: string };
  readonly action?: unknown;
  /** Back to where one came from. */
  readonly back?: { readonly text: string; readonly press: () => void };
}

/** Draws it. */
export function head({ title, level, line, counter, action, back }: Head): TemplateResult {
  return html`${back ? html`<button class="back" type="button" @click=${back.press}>${glyph("back", "flip")}${back.text}</button>` : nothing}
    <header class="head" part="header">
      <div class="head-text">
        <div class="title">
          <h2 part="title" tabindex="-1" aria-level=${levelOf(level, 2)}>${title}</h2>
          ${counter ? html`<span class="counter" part="counter">${stateGlyph(counter.tone)}${counter.text}</span>` : nothing}
        </div>
        ${line ? html`<p class="sub">${line}</p>` : nothing}
      </div>
      <div class="actions">${action ?? nothing}<slot name="header-actions"></slot></div>
    </header>`;
}
