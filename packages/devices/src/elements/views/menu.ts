import { html, nothing, type TemplateResult } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import { type CardAction, type ListContext, OFFLINE_ID } from "./context.ts";
import { type Glyph, glyph } from "./glyphs.ts";

/** The button that opens the menu of a connection, and the menu while it is open. */
export function menu(connection: WireConnection, context: ListContext): TemplateResult | typeof nothing {
  const { words, mayChange, menuOf, offline } = context;
  if (!mayChange) return nothing;
  const { id, label } = connection;
  const open = menuOf === id;
  return html`<button
      class="icon-btn"
      type="button"
      aria-label=${words.list.actionsFor(label)}
      aria-haspopup="menu"
      aria-expanded=${open ? "true" : "false"}
      aria-disabled=${offline ? "true" : nothing}
      aria-describedby=${offline ? OFFLINE_ID : nothing}
      data-menu-of=${id}
      @click=${() => (offline ? undefined : context.act("menu", connection))}
    >${glyph("dots")}</button>
    ${open ? items(connection, context) : nothing}`;
}

function items(connection: WireConnection, context: ListContext): TemplateResult {
  const { words, hasPrimary } = context;
  const { state, reason } = connection.status;
  const item = (action: CardAction, drawn: Glyph, text: string, danger = false): TemplateResult =>
    html`<button type="button" role="menuitem" tabindex="-1" class=${danger ? "danger-item" : ""} @click=${() => context.act(action, connection)}>
      ${glyph(drawn)}${text}
    </button>`;
  const over = state === "disconnected" && (reason === "requested" || reason === "unlinked");
  return html`<div
    class="menu"
    role="menu"
    part="menu"
    aria-label=${words.list.actionsFor(connection.label)}
    @keydown=${context.menu.keys}
    @focusout=${context.menu.left}
  >
    ${item("rename", "pen", words.list.rename)} ${state === "pending" ? nothing : item("checkNow", "pulse", words.list.checkNow)}
    ${hasPrimary && !connection.primary && state === "connected" ? item("setDefault", "star", words.list.setDefault) : nothing}
    <hr role="separator" />
    ${over ? nothing : item("disconnect", "unlink", words.list.disconnect, true)} ${item("remove", "bin", words.list.remove, true)}
  </div>`;
}
