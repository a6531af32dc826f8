import { html, nothing, type TemplateResult } from "lit";
import type { Tone } from "../state/look-of.ts";
import { type Glyph, glyph } from "./glyphs.ts";

const SHAPES: Readonly<Record<Tone, Glyph>> = {
  ok: "state-connected",
  wait: "state-pending",
  off: "state-disconnected",
  bad: "state-failed",
  info: "state-pending",
};

/** The glyph of a state, in its colour. */
export function stateGlyph(tone: Tone): TemplateResult {
  return glyph(SHAPES[tone], `g-${tone}`);
}

/** A state in a word, with its shape and colour; `state` is the part's name, for whoever styles it. */
export function chip(tone: Tone, text: string, state?: string): TemplateResult {
  return html`<span class="chip ${tone === "off" ? "" : tone}" part=${state === undefined ? nothing : `status status-${state}`}>${stateGlyph(tone)}${text}</span>`;
}

/** A small remark beside a state, such as "Primary". */
export function badge(text: string): TemplateResult {
  return html`<span class="badge solid" part="badge">${text}</span>`;
}
