import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { WireConnection } from "../../wire/connection.ts";
import { type ListContext, levelOf } from "./context.ts";

/** The title of a card and its number; the title is a field while it is being changed. */
export function cardName(connection: WireConnection, context: ListContext): TemplateResult {
  const { id, label, phone } = connection;
  const title = label || phone || id;
  return html`${
    context.renaming === id
      ? renameField(connection, context)
      : html`<h3 id="title-${id}" tabindex="-1" data-title-of=${id} aria-level=${levelOf(context.level, 3)}>${title}</h3>`
  }
    ${phone ? html`<span class="num">${phone}</span>` : nothing}`;
}

function renameField(connection: WireConnection, { words, renamed }: ListContext): TemplateResult {
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // the button that has the focus next would be pressed by the rest of this key
    event.preventDefault();
    renamed(connection, event.key === "Enter" ? (event.target as HTMLInputElement).value : undefined);
  };
  return html`<input
    class="input rename"
    type="text"
    maxlength="200"
    autocomplete="off"
    aria-label=${words.list.newName(connection.label)}
    .defaultValue=${connection.label}
    @keydown=${keys}
    @blur=${(event: Event) => renamed(connection, (event.target as HTMLInputElement).value)}
    ${ref((input) => {
      if (!(input instanceof HTMLInputElement) || input.matches(":focus")) return;
      input.focus();
      input.select();
    })}
  />`;
}
