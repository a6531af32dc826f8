import { html, nothing } from "lit";
import type { Dialog } from "../../views/dialog.ts";
import { button } from "../../views/button.ts";
import { ofChannel } from "../../views/context.ts";
import { note } from "../../views/note.ts";
import { rich } from "../../views/rich.ts";
import type { AccountState } from "../state/account.ts";
import { passedOf } from "../state/checks.ts";
import { checksView, explained } from "./checks.ts";
import type { AccountContext } from "./context.ts";
import { formFields, type WithForm } from "./form.ts";
import { doorsDialog, signupDialog, submitFor, waitingDialog } from "./signup.ts";
import { twilioFields } from "./twilio-form.ts";

/** What the dialog of connecting a number holds now. */
export function accountDialog(state: AccountState, context: AccountContext): Dialog | undefined {
  if (state.kind === "closed") return undefined;
  const { words, desk, close } = context;
  const { account, frame } = words;
  const { channel, again } = state;
  const title =
    again === undefined ? ofChannel(frame.add, channel.kind) : channel.kind === "twilio" ? account.rotate : account.reconnect(again.label);
  switch (state.kind) {
    case "doors":
      return { title, ...doorsDialog(state, context) };
    case "waiting":
      return { title, ...waitingDialog(state, context) };
    case "signup":
      return signupDialog(state, context);
    case "form":
      return formDialog(state, title, context);
    case "checking": {
      const { passed, of } = passedOf(state.rows);
      return {
        title: ofChannel(account.checkingTitle, channel.kind),
        body: html`<p class="muted">${account.checkingText}</p><p class="sr" role="status">${account.passedOf(passed, of)}</p>${checksView(channel.kind, state.rows, words)}`,
        foot: button({ text: frame.cancel, press: close }),
      };
    }
    case "refused":
      return {
        title: state.rows.length === 0 ? account.notConnected : account.refusedTitle,
        closeName: frame.close,
        body: html`<p class="muted" role="alert">${account.refusedText}</p>
          ${state.rows.length === 0 ? note({ tone: "bad", glyph: "warn", text: explained(state.failure, words) }) : checksView(channel.kind, state.rows, words, state.failure)}`,
        foot: html`${button({ text: frame.cancel, press: close })}${button({ text: account.backToForm, look: "primary", press: () => desk.store.send({ type: "back" }) })}`,
      };
    case "connected":
      return {
        title: account.connected(state.connection.label),
        closeName: frame.close,
        body: html`<p class="muted">${again === undefined && state.connection.primary ? rich(account.connectedPrimary) : account.connectedText}</p>
          ${state.rows.length === 0 ? nothing : checksView(channel.kind, state.rows, words)}`,
        foot: html`${again === undefined && channel.maxPerWorkspace !== 1 ? button({ text: account.addAnother, press: () => desk.open({ channel }) }) : nothing}${button({ text: frame.done, look: "primary", press: close })}`,
      };
  }
}

function formDialog(state: WithForm, title: string, context: AccountContext): Dialog {
  const { words, desk, close, send } = context;
  const { account, frame } = words;
  const { channel, again } = state;
  const isTwilio = channel.kind === "twilio";
  const lead =
    again === undefined ? (channel.kind === "cloud-api" ? account.paste : account.fill) : isTwilio ? account.rotateText : undefined;
  return {
    title,
    closeName: frame.close,
    body: html`<form
      id="account"
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        send();
      }}
    >${lead === undefined ? nothing : html`<p class="muted">${lead}</p>`}${isTwilio ? twilioFields(state, context) : formFields(state, context)}</form>`,
    foot: html`${
      channel.hasSignup && again === undefined
        ? button({ text: account.useDialog, look: "quiet", className: "start", press: () => desk.store.send({ type: "doors" }) })
        : nothing
    }${button({ text: frame.cancel, press: close })}${submitFor("account", isTwilio ? account.saveAndTest : again === undefined ? account.connect : account.reconnectDo, false)}`,
  };
}
