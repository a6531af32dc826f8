import { html, nothing, type TemplateResult } from "lit";
import { type Glyph, glyph } from "./glyphs.ts";

/** What a button says and does. */
export interface Button {
  readonly text: string;
  readonly press?: (event: Event) => void;
  readonly look?: "plain" | "primary" | "danger" | "quiet";
  readonly small?: boolean;
  readonly glyph?: Glyph;
  /** What it is called where the text alone does not say of what: "Pair again: Returns". */
  readonly name?: string;
  /** Whether it cannot be pressed now; it keeps its place in the order of focus. */
  readonly off?: boolean;
  /** The id of the text that says why. */
  readonly because?: string;
  readonly submits?: boolean;
  /** Where else than at its end it stands, e.g. `start` in the foot of a dialog. */
  readonly className?: string;
}

/** Draws one. */
export function button({
  text,
  press,
  look = "plain",
  small,
  glyph: drawn,
  name,
  off,
  because,
  submits,
  className = "",
}: Button): TemplateResult {
  const classes = `btn ${look === "plain" ? "" : look} ${small ? "small" : ""} ${className}`;
  return html`<button
    class=${classes}
    part=${look === "primary" ? "button button-primary" : "button"}
    type=${submits ? "submit" : "button"}
    aria-label=${name ?? nothing}
    aria-disabled=${off ? "true" : nothing}
    aria-describedby=${(off && because) || nothing}
    @click=${(event: Event) => (off ? event.preventDefault() : press?.(event))}
  >${drawn ? glyph(drawn, drawn === "ring" ? "spin" : "") : nothing}${text}</button>`;
}

/** A button that is a glyph alone, with its name for those who do not see it. */
export function iconButton(drawn: Glyph, name: string, press: (event: Event) => void): TemplateResult {
  return html`<button class="icon-btn" type="button" aria-label=${name} title=${name} @click=${press}>${glyph(drawn)}</button>`;
}

/** A button that reads as a link. */
export function linkButton(text: string, press: (event: Event) => void, name?: string): TemplateResult {
  return html`<button class="link-btn" type="button" aria-label=${name ?? nothing} @click=${press}>${text}</button>`;
}
