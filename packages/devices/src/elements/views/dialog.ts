import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { DialogController } from "../controllers/dialog.ts";
import { iconButton } from "./button.ts";

/** What a dialog holds while it is open. */
export interface Dialog {
  readonly title: string;
  readonly body: unknown;
  readonly foot: unknown;
  /** Asks for a word before something is done: narrow, without a cross. */
  readonly asks?: boolean;
  /** The name of the cross; none where absent. */
  readonly closeName?: string;
}

/** Draws a dialog: its frame always, so that it can be opened at once, and its inside while there is one. */
export function dialogView(controller: DialogController, dialog: Dialog | undefined): TemplateResult {
  return html`<dialog
    ${ref(controller.dialog)}
    class="dlg ${dialog?.asks ? "narrow" : ""}"
    part="dialog"
    role=${dialog?.asks ? "alertdialog" : nothing}
    aria-labelledby="dialog-title"
    aria-describedby=${dialog?.asks ? "dialog-body" : nothing}
    @close=${controller.closed}
    @cancel=${controller.cancelled}
  >${dialog === undefined ? nothing : inside(controller, dialog)}</dialog>`;
}

function inside({ close }: DialogController, { title, body, foot, closeName }: Dialog): TemplateResult {
  return html`<div class="dlg-head"><h2 id="dialog-title" tabindex="-1">${title}</h2>${closeName ? iconButton("cross", closeName, close) : nothing}</div>
    <div class="dlg-body" id="dialog-body">${body}</div>
    <div class="dlg-foot">${foot}</div>`;
}
