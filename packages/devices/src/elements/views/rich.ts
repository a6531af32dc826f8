import { html, type TemplateResult } from "lit";

/** A text in which `*what stands between stars*` is strong. */
export function rich(text: string): readonly (string | TemplateResult)[] {
  return text.split("*").map((part, index) => (index % 2 === 1 ? html`<strong>${part}</strong>` : part));
}
