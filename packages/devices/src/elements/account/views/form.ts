import { html, nothing, type TemplateResult } from "lit";
import { fieldWords, issueText } from "../words-of.ts";
import { copyLine } from "../../views/copy-line.ts";
import { ids } from "../../views/facts.ts";
import { field, fieldError, fold } from "../../views/field.ts";
import { rich } from "../../views/rich.ts";
import type { AccountState } from "../state/account.ts";
import type { FormField } from "../state/fields.ts";
import type { AccountContext } from "./context.ts";

/** A state in which a form is filled in. */
export type WithForm = Extract<AccountState, { readonly form: unknown }>;

const OWN_APP: readonly string[] = ["appId", "appSecret", "verifyToken", "override"];
const LATER: readonly string[] = ["pin"];

/** Whether a field stands behind a fold: few fill it in. */
function isOwnApp(channel: string, { name }: FormField): boolean {
  return channel === "cloud-api" && OWN_APP.includes(name);
}

/** The fields of a channel's form; of a number that is connected anew, those that are not known. */
export function formFields(state: WithForm, context: AccountContext): TemplateResult {
  const { channel, again, form } = state;
  const { words } = context;
  const { account } = words;
  const given = again?.facts?.given ?? {};
  const asked = form.fields.filter(({ name }) => given[name] === undefined || channel.kind !== "cloud-api");
  const plain = asked.filter((each) => !isOwnApp(channel.kind, each) && !(channel.kind === "cloud-api" && LATER.includes(each.name)));
  const own = form.fields.filter((each) => isOwnApp(channel.kind, each) && (again === undefined || given.appId !== undefined));
  return html`${again !== undefined && channel.kind === "cloud-api" ? ids(given, words) : nothing}
    ${plain.map((each) => fieldOf(each, state, context))}
    ${again === undefined ? labelField(state, context) : nothing}
    ${
      own.length === 0
        ? nothing
        : fold(
            account.ownApp,
            html`<p>${account.ownAppText}</p>
      <div class="form own-app">${own.map((each) => fieldOf(each, state, context))}${ownCallback(state, context)}</div>`,
            given.appId !== undefined || own.some(({ name }) => form.issues[name] !== undefined),
          )
    }`;
}

function labelField({ label }: WithForm, { words, desk }: AccountContext): TemplateResult {
  const { account, frame } = words;
  return field({
    name: "label",
    label: account.label,
    value: label,
    optional: frame.optional,
    maxLength: 60,
    hint: account.labelHint,
    input: (text) => desk.store.send({ type: "label", label: text }),
  });
}

// an app of a workspace's own has an address of its own
function ownCallback({ channel, form }: WithForm, context: AccountContext): TemplateResult | typeof nothing {
  const [address] = channel.addresses;
  const appId = String(form.values.appId ?? "").trim();
  if (address === undefined || !/^\d+$/.test(appId)) return nothing;
  const { account } = context.words;
  return html`<div class="url"><span class="field-label">${account.ownAppCallback}</span>
    ${copyLine(`${address}/${appId}`, account.ownAppCallback, context)}<p class="hint">${rich(account.ownAppCallbackText)}</p></div>`;
}

/** One field, as the schema and the labels have it. */
export function fieldOf(
  each: FormField,
  state: WithForm,
  { words, desk }: AccountContext,
  { hint, typed }: { readonly hint?: string | undefined; readonly typed?: ((value: string | boolean) => void) | undefined } = {},
): TemplateResult {
  const { channel, form, again } = state;
  const { name } = each;
  const told = fieldWords(words, again === undefined ? "input" : "again", channel.kind, each);
  const issue = form.issues[name];
  const gone = state.kind === "refused" && each.secret && !form.values[name];
  const error = issue ? issueText(words, channel.kind, name, issue) : gone ? words.account.notKept : undefined;
  const type = (value: string | boolean): void =>
    typed?.(value) ?? desk.store.send({ type: "form", event: { type: "typed", name, value } });
  if (each.kind === "flag")
    return html`<label class="pick"><input type="checkbox" name=${name} .checked=${form.values[name] === true} @change=${(event: Event) => type((event.target as HTMLInputElement).checked)} />
      <span><strong>${told.label}</strong>${told.hint === undefined ? nothing : html`<span>${told.hint}</span>`}</span></label>`;
  if (each.kind === "choice") return choiceOf(each, told.label, state, words.account.modes, type, { error, hint });
  const { where } = told;
  return field({
    name,
    label: told.label,
    value: String(form.values[name] ?? ""),
    type: each.secret ? "password" : each.kind === "number" ? "number" : "text",
    leftToRight: true,
    hint: hint ?? told.hint,
    error,
    ...(!each.required && !isNeeded(name) && { optional: words.frame.optional }),
    input: type,
    left: () => desk.store.send({ type: "form", event: { type: "left", name } }),
    ...(where !== undefined && { below: fold(words.account.whereOf(told.label), html`<p>${rich(where)}</p>`) }),
  });
}

// what the schema leaves open since the admin may lend it, an account of one's own needs
function isNeeded(name: string): boolean {
  return name === "accountSid" || name === "authToken" || name === "from";
}

function choiceOf(
  { name, choices }: FormField,
  label: string,
  { form }: WithForm,
  names: Readonly<Record<string, string>>,
  type: (value: string) => void,
  { error, hint }: { readonly error: string | undefined; readonly hint: string | undefined },
): TemplateResult {
  return html`<fieldset class="field"><legend class="legend">${label}</legend>
    <div><div class="seg">${choices.map((choice) => html`<label><input type="radio" name=${name} value=${choice} .checked=${form.values[name] === choice} @change=${() => type(choice)} />${names[choice] ?? choice}</label>`)}</div></div>
    ${error ? fieldError(name, error) : nothing}${hint ? html`<p class="hint">${hint}</p>` : nothing}
  </fieldset>`;
}
