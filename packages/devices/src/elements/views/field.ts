import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { glyph } from "./glyphs.ts";

/** One field of a form. */
export interface Field {
  /** Also its id within the element. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "tel" | "password" | "url" | "number";
  readonly hint?: string | undefined;
  /** What is wrong with it, as a sentence. */
  readonly error?: string | undefined;
  /** The word for one that may stay empty; required where absent. */
  readonly optional?: string;
  readonly placeholder?: string;
  readonly autocomplete?: AutoFill;
  /** Left to right whatever the language: phones, ids and addresses. */
  readonly leftToRight?: boolean;
  readonly mono?: boolean;
  readonly maxLength?: number;
  readonly input: (value: string) => void;
  readonly left?: () => void;
  /** What stands below, such as where to find the value. */
  readonly below?: unknown;
}

/** Draws one, with its hint and its error tied to it. */
export function field(each: Field): TemplateResult {
  const { name, label, value, type = "text", hint, error, optional, autocomplete = "off", below, left } = each;
  const told = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(" ");
  return html`<div class="field">
    <label for=${name}>${label}${optional ? html`<span class="opt">${optional}</span>` : nothing}</label>
    <input
      class="input ${each.leftToRight ? "ltr" : ""} ${each.mono ? "mono" : ""}"
      id=${name}
      name=${name}
      type=${type}
      autocomplete=${autocomplete}
      placeholder=${ifDefined(each.placeholder)}
      maxlength=${ifDefined(each.maxLength)}
      spellcheck="false"
      aria-describedby=${told || nothing}
      aria-invalid=${error ? "true" : nothing}
      ?required=${optional === undefined}
      .value=${live(value)}
      @input=${(event: Event) => each.input((event.target as HTMLInputElement).value)}
      @blur=${() => left?.()}
    />
    ${error ? fieldError(name, error) : nothing} ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing} ${below ?? nothing}
  </div>`;
}

/** What is wrong with a field, tied to it by its id. */
export function fieldError(name: string, text: string): TemplateResult {
  return html`<p class="err" id="${name}-error">${glyph("warn")}<span>${text}</span></p>`;
}

/** Something that is closed at first, such as where a value is found. */
export function fold(summary: string, inside: unknown, open = false): TemplateResult {
  return html`<details class="where" ?open=${open}><summary>${glyph("next", "flip")}${summary}</summary>${inside}</details>`;
}
