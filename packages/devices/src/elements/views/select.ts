import { html, nothing, type TemplateResult } from "lit";

/** One of several, by its id within the element, with a hint below where there is one. */
export function select(
  id: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string | undefined,
  choose: (value: string) => void,
  hint?: string,
): TemplateResult {
  return html`<select
      class="select"
      id=${id}
      aria-describedby=${hint ? `${id}-hint` : nothing}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
    >
      ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select
    >${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}`;
}
