import { html, type TemplateResult } from "lit";
import type { FirstWords } from "../labels/en/first.ts";
import { button } from "./button.ts";

/** An address to be copied, which may break where its parts end. */
export function copyLine(
  text: string,
  what: string,
  { words, copy }: { readonly words: Pick<FirstWords, "frame">; readonly copy: (text: string) => void },
): TemplateResult {
  const parts = text.split(/(?<=\/)/);
  return html`<div class="copy-line">
    <code class="mono">${parts.map((part, index) => (index === 0 ? part : html`<wbr />${part}`))}</code>
    ${button({ text: words.frame.copy, small: true, glyph: "copy", name: words.frame.copyName(what), press: () => copy(text) })}
  </div>`;
}
