import { html, nothing, type TemplateResult } from "lit";
import { type Glyph, glyph } from "./glyphs.ts";
import type { Tone } from "../state/look-of.ts";

/** Something that stands in its own box: what is so, then what to do. */
export interface Note {
  readonly tone?: Exclude<Tone, "off">;
  readonly glyph: Glyph;
  readonly title?: string;
  readonly text?: unknown;
  readonly actions?: unknown;
  /** `alert` for what failed just now, `status` for what comes and goes by itself, `group` for what is lasting, with a name. */
  readonly role?: "alert" | "status" | "group";
  readonly name?: string;
  readonly part?: string;
  /** An id for the text, so that buttons may point at it. */
  readonly textId?: string;
}

/** Draws one. */
export function note({ tone, glyph: drawn, title, text, actions, role, name, part, textId }: Note): TemplateResult {
  return html`<div class="note ${tone ?? ""}" role=${role ?? nothing} aria-label=${name ?? nothing} part=${part ?? nothing}>
    ${glyph(drawn, drawn === "ring" ? "spin" : "")}
    <div class="note-body">
      <div>${title ? html`<strong>${title}</strong>` : nothing}${text ? html`<p id=${textId ?? nothing}>${text}</p>` : nothing}</div>
      ${actions ? html`<div class="actions">${actions}</div>` : nothing}
    </div>
  </div>`;
}
