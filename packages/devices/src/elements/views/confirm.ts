import { html, nothing } from "lit";
import type { WireConnection } from "../../wire/connection.ts";
import type { FirstWords } from "../labels/en/first.ts";
import { button } from "./button.ts";
import type { Dialog } from "./dialog.ts";
import { note } from "./note.ts";

/** A question before something is done to a connection. */
export interface Confirmation {
  readonly asks: "disconnect" | "remove";
  readonly connection: WireConnection;
  readonly running: boolean;
  readonly failure?: string;
}

/** What asks it: the consequence first, the verb on the button. */
export function confirmation(
  { asks, connection, running, failure }: Confirmation,
  words: FirstWords,
  linksPhone: boolean,
  yes: () => void,
  no: () => void,
): Dialog {
  const { confirm, frame } = words;
  const sender = connection.channel === "twilio" && asks === "disconnect";
  const { label, phone = label, primary } = connection;
  const removes = asks === "remove";
  const texts = removes ? confirm.removeText : linksPhone ? confirm.disconnectText.unofficial : confirm.disconnectText.other;
  const doing = removes ? confirm.removing : confirm.disconnecting;
  const verb = removes ? confirm.removeDo : confirm.disconnectDo;
  return {
    asks: true,
    title: sender ? confirm.disconnectTwilio : removes ? confirm.removeTitle(label) : confirm.disconnectTitle(label),
    body: html`<p>${sender ? confirm.disconnectTwilioText(phone) : texts(phone)}</p>
      ${removes ? html`<p class="muted">${confirm.removeNote}</p>` : nothing}
      ${primary && !removes && !sender ? note({ glyph: "star", text: confirm.disconnectPrimary }) : nothing}
      ${failure === undefined ? nothing : note({ tone: "bad", glyph: "warn", text: failure })}`,
    foot: html`${button({ text: frame.cancel, press: no, off: running, className: "cancel" })}
    ${button({ text: running ? doing : verb, look: "danger", press: yes, off: running })}`,
  };
}
