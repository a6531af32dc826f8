import type { SignupNumber } from "@wadesk/core";
import { html, nothing, type TemplateResult } from "lit";
import type { Dialog } from "../../views/dialog.ts";
import { button, linkButton } from "../../views/button.ts";
import { chip } from "../../views/chip.ts";
import { field } from "../../views/field.ts";
import { glyph } from "../../views/glyphs.ts";
import { note } from "../../views/note.ts";
import { issueText } from "../words-of.ts";
import type { AccountState } from "../state/account.ts";
import { checksOf } from "../state/checks.ts";
import { checksView, explained } from "./checks.ts";
import type { AccountContext } from "./context.ts";

type At<Kind extends AccountState["kind"]> = Extract<AccountState, { readonly kind: Kind }>;

/** The vendor's dialog is offered. */
export function doorsDialog({ failure, opening = false }: At<"doors">, { words, desk, close }: AccountContext): Omit<Dialog, "title"> {
  const { account, frame } = words;
  const ended = failure?.code === "signup_not_found";
  const open = (): void => void desk.openDialog();
  return {
    closeName: frame.close,
    body: html`${
      failure === undefined
        ? html`<p class="muted">${account.doors}</p>`
        : note({
            tone: "wait",
            glyph: "warn",
            role: "alert",
            title: ended ? account.dialogEnded : account.notConnected,
            text: ended ? account.dialogEndedText : explained(failure, words),
          })
    }
    ${button({ text: account.continueWith, look: "primary", className: "wide first", off: opening, press: open })}
    ${failure === undefined ? html`<p class="field-label">${account.nextTitle}</p><ul class="tick-list">${account.next.map((line) => html`<li>${glyph("next", "g-off flip")}<span>${line}</span></li>`)}</ul>` : nothing}
    <div class="or">${account.or}</div>
    <div class="actions">${linkButton(account.manual, () => desk.store.send({ type: "manual" }))}<span class="hint">${account.manualHint}</span></div>`,
    foot: button({ text: frame.cancel, press: close }),
  };
}

/** The vendor's window is open, somewhere. */
export function waitingDialog(_state: At<"waiting">, { words, desk, close }: AccountContext): Omit<Dialog, "title"> {
  const { account, frame } = words;
  return {
    closeName: frame.close,
    body: html`${note({ tone: "info", glyph: "ring", role: "status", title: account.waitingTitle, text: account.waitingText })}
      <p class="hint">${account.notSeen} ${linkButton(account.openAgain, () => desk.openAgain())}</p>`,
    foot: html`${button({ text: account.manual, className: "start", press: () => desk.store.send({ type: "manual" }) })}${button({ text: frame.cancel, press: close })}`,
  };
}

/** What the attempt asks, or how it goes. */
export function signupDialog(state: At<"signup">, context: AccountContext): Dialog {
  const { attempt, sending = false, failure, channel } = state;
  const { words, desk, close } = context;
  const { account, frame } = words;
  const { question } = attempt;
  const refused =
    failure === undefined || failure.issues !== undefined
      ? nothing
      : note({ tone: "bad", glyph: "warn", role: "alert", text: explained(failure, words) });
  if (question !== undefined && attempt.at === "question") return questionDialog(state, question, refused, context);
  const done = attempt.at === "done";
  const connected = attempt.numbers.filter((number) => number.state === "connected").length;
  return {
    title: done ? account.doneTitle(connected, attempt.numbers.length) : account.workingTitle,
    closeName: frame.close,
    body: html`${done ? nothing : html`<p class="muted">${account.workingText}</p>`}${refused}
      ${attempt.checks.length === 0 ? nothing : checksView(channel.kind, checksOf([], attempt.checks), words)}
      <ul class="tick-list">${attempt.numbers.map(
        (number) =>
          html`<li>${chip(number.state === "connected" ? "ok" : number.state === "failed" ? "bad" : "info", account.numberStates[number.state])}<span>${nameOf(number)}${
            number.failure === undefined ? nothing : html`<br />${explained(number.failure, words)}`
          }${number.historyProgress === undefined ? nothing : html`<br />${typeof number.historyProgress === "number" ? account.history(`${number.historyProgress} %`) : account.historyDeclined}`}</span></li>`,
      )}</ul>`,
    foot: html`${failure !== undefined || (done && connected < attempt.numbers.length) ? button({ text: frame.tryAgain, press: () => void desk.answer(), off: sending }) : nothing}${button({ text: done ? frame.done : frame.cancel, look: done ? "primary" : "plain", press: close })}`,
  };
}

function questionDialog(
  { sending = false, failure }: At<"signup">,
  question: NonNullable<At<"signup">["attempt"]["question"]>,
  refused: unknown,
  { words, desk, close }: AccountContext,
): Dialog {
  const { account, frame } = words;
  const isChoice = question.type === "choose_numbers";
  const issue = failure?.issues?.[0];
  const go = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    if (isChoice) void desk.answer({ type: "choose_numbers", numbers: data.getAll("number").map(String) });
    else if (question.type === "pin") void desk.answer({ type: "pin", pin: String(data.get("answer") ?? "").trim() });
    else void desk.answer({ type: "verification_code", code: String(data.get("answer") ?? "").trim() });
  };
  const error = issue && issueText(words, "cloud-api", "answer", issue);
  const asked = (label: string, text: string): TemplateResult =>
    html`<p class="muted">${text}</p>${field({ name: "answer", label, value: "", leftToRight: true, error, autocomplete: question.type === "pin" ? "off" : "one-time-code", input: () => {} })}`;
  const inside = isChoice
    ? html`<p class="muted">${account.chooseText}</p>${error === undefined ? nothing : html`<p class="err">${glyph("warn")}<span>${error}</span></p>`}
      <div class="form">${question.numbers.map(
        (
          number,
        ) => html`<label class="pick"><input type="checkbox" name="number" value=${number.id} ?disabled=${number.connected === "elsewhere"} .checked=${number.connected === undefined} />
        <span><strong>${number.label}</strong><span>${number.phone ?? ""} ${number.connected === undefined ? "" : account[number.connected]}</span></span></label>`,
      )}</div>`
    : question.type === "pin"
      ? asked(account.pin, account.pinText)
      : asked(account.code, account.codeText[question.sentBy ?? "sms"]);
  return {
    title: isChoice
      ? account.chooseTitle
      : question.type === "pin"
        ? account.pinTitle(nameOf(question.number))
        : account.codeTitle(nameOf(question.number)),
    closeName: frame.close,
    body: html`<form id="question" class="form" novalidate @submit=${go}>${refused}${inside}</form>`,
    foot: html`${button({ text: frame.cancel, press: close })}${submitFor("question", sending ? account.workingTitle : account.goOn, sending)}`,
  };
}

/** A button that sends a form which stands elsewhere in the dialog. */
export function submitFor(form: string, text: string, off: boolean): TemplateResult {
  return html`<button class="btn primary" part="button button-primary" type="submit" form=${form} aria-disabled=${off ? "true" : nothing} ?disabled=${off}>${text}</button>`;
}

function nameOf({ label, phone }: Pick<SignupNumber, "label" | "phone">): string {
  return phone === undefined || label.includes(phone) ? label : `${label}, ${phone}`;
}
