import { html, nothing, type TemplateResult } from "lit";
import { fieldWords } from "../words-of.ts";
import { button } from "../../views/button.ts";
import { note } from "../../views/note.ts";
import { select } from "../../views/select.ts";
import type { Origin } from "../state/account.ts";
import { checksView, explained } from "./checks.ts";
import type { AccountContext } from "./context.ts";
import { fieldOf, type WithForm } from "./form.ts";

const SANDBOX = "+14155238886";

/** The fields of a Twilio sender: whose account, its credentials, mode and number. */
export function twilioFields(state: WithForm, context: AccountContext): TemplateResult {
  const { form, origin, channel, again } = state;
  const { words } = context;
  const field = (name: string): (typeof form.fields)[number] | undefined => form.fields.find((each) => each.name === name);
  const [sid, token, mode, from] = [field("accountSid"), field("authToken"), field("mode"), field("from")];
  const { values } = form;
  const now = again?.facts?.account;
  const lent = channel.lent.length > 0;
  const isLent = lent && origin === "admin";
  const modes =
    mode &&
    fieldOf(mode, state, context, {
      hint: words.account.modeHints[String(values.mode)],
      // a number that is lent stays, whatever the mode
      typed: isLent ? undefined : (value) => chooseMode(context, value, values.from),
    });
  const number =
    from &&
    (isLent
      ? lentNumbers(state, context)
      : fieldOf(from, state, context, { hint: values.mode === "sandbox" ? words.account.sandboxFrom : undefined }));
  return html`${lent && again === undefined ? originPicks(state, context) : nothing}
    ${origin === "own" ? [sid && fieldOf(sid, state, context, { hint: now && words.account.now(now) }), token && fieldOf(token, state, context)] : nothing}
    ${isLent ? [number, modes] : [modes, number]}`;
}

// the sandbox's number is everybody's: it is filled in with the mode, and goes with it
function chooseMode({ desk }: AccountContext, mode: string | boolean, from: unknown): void {
  const type = (name: string, value: string | boolean): void => desk.store.send({ type: "form", event: { type: "typed", name, value } });
  type("mode", mode);
  if (mode === "sandbox") type("from", SANDBOX);
  else if (from === SANDBOX) type("from", "");
}

function originPicks({ origin, channel }: WithForm, { words, desk }: AccountContext): TemplateResult {
  const { account } = words;
  const pick = (each: Origin): void => {
    desk.store.send({ type: "origin", origin: each });
    const [first = ""] = channel.lent;
    desk.store.send({ type: "form", event: { type: "typed", name: "from", value: each === "admin" ? first : "" } });
  };
  const one = (each: Origin, text: string): TemplateResult =>
    html`<label class="pick"><input type="radio" name="origin" value=${each} .checked=${origin === each} @change=${() => pick(each)} /><span><strong>${account.origins[each]}</strong><span>${text}</span></span></label>`;
  return html`<fieldset class="field"><legend class="legend">${account.origin}</legend>
    <div class="picks">${one("own", account.originTexts.own)}${one("admin", account.originTexts.admin(channel.lent.length))}</div></fieldset>`;
}

function lentNumbers({ channel, form }: WithForm, { words, desk }: AccountContext): TemplateResult {
  const { label } = fieldWords(words, "input", channel.kind, { name: "from" });
  return html`<div class="field"><label for="from">${label}</label>
    ${select(
      "from",
      channel.lent.map((number) => [number, number]),
      String(form.values.from),
      (value) => desk.store.send({ type: "form", event: { type: "typed", name: "from", value } }),
      words.account.lentHint,
    )}</div>`;
}

/** The form on the page, where nothing is connected yet; its checks stand in place of the foot's line. */
export function twilioForm(state: WithForm, context: AccountContext): TemplateResult {
  const { words, send } = context;
  const { account } = words;
  const checking = state.kind === "checking";
  const rows = state.kind === "form" ? [] : state.rows;
  const rejected = state.kind === "refused" && state.failure.code === "credentials_rejected";
  const refusal =
    state.kind !== "refused"
      ? nothing
      : note({
          tone: "bad",
          glyph: "warn",
          role: "alert",
          title: rejected ? account.rejectedTitle : account.notConnected,
          text: rejected ? account.rejectedText : explained(state.failure, words),
        });
  return html`<form
    class="panel"
    part="panel"
    novalidate
    aria-label=${account.twilioForm}
    @submit=${(event: Event) => {
      event.preventDefault();
      if (!checking) send();
    }}
  >
    <div class="panel-body form">${refusal}${twilioFields(state, context)}</div>
    <div class="panel-foot">${rows.length === 0 ? html`<span>${account.twilioAsked}</span>` : checksView("twilio", rows, words)}
      ${button({ text: account.saveAndTest, look: "primary", submits: true, off: checking })}</div>
  </form>`;
}
