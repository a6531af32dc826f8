import { html, type TemplateResult } from "lit";
import type { Labels } from "../labels/en/en.ts";
import { button } from "./button.ts";

/** An address to be copied, which may break where its parts end. */
export function copyLine(
  text: string,
  what: string,
  { words, copy }: { readonly words: Labels; readonly copy: (text: string) => void },
): TemplateResult {
  const parts = text.split(/(?<=\/)/);
  return html`<div class="copy-line">
    <code class="mono">${parts.map((part, index) => (index === 0 ? part : html`<wbr />${part}`))}</code>
    ${button({ text: words.frame.copy, small: true, glyph: "copy", name: words.settings.copyName(what), press: () => copy(text) })}
  </div>`;
}
