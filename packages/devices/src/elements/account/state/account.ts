import type { WireConnection } from "../../../wire/connection.ts";
import type { WireLink } from "../../../wire/link.ts";
import type { WireFailure } from "../../../wire/problem.ts";
import type { WireChannel } from "../../../wire/setup.ts";
import type { WireSignup } from "../../../wire/signup.ts";
import { type CheckRow, checksOf, orderOf, type ToldCheck } from "./checks.ts";
import { fieldsOf } from "./fields.ts";
import { type FormEvent, type FormState, type FormValues, inputOf, openForm, reduceForm, withoutSecrets } from "./form.ts";

/** Whose account a number is connected with: the workspace's own, or the admin's, who lends it. */
export type Origin = "own" | "admin";

/** What is connected, and of which channel. */
export interface AccountSubject {
  readonly channel: WireChannel;
  /** The number that is connected anew; a new one where absent. */
  readonly again?: WireConnection;
}

/** Connecting a number with credentials, or by the vendor's dialog, step by step. */
export type AccountState =
  | { readonly kind: "closed" }
  /** The vendor's dialog is offered; `failure` says how the last one ended. */
  | (AccountSubject & { readonly kind: "doors"; readonly opening?: boolean; readonly failure?: WireFailure })
  /** The vendor's window is open, somewhere. */
  | (AccountSubject & { readonly kind: "waiting"; readonly attempt: WireSignup; readonly url: string })
  /** The vendor's dialog is through, and its attempt goes on here. */
  | (AccountSubject & { readonly kind: "signup"; readonly attempt: WireSignup; readonly sending?: boolean; readonly failure?: WireFailure })
  | (AccountSubject & FormPart & { readonly kind: "form" })
  | (AccountSubject & FormPart & { readonly kind: "checking"; readonly rows: readonly CheckRow[]; readonly connectionId?: string })
  | (AccountSubject & FormPart & { readonly kind: "refused"; readonly rows: readonly CheckRow[]; readonly failure: WireFailure })
  | (AccountSubject & { readonly kind: "connected"; readonly rows: readonly CheckRow[]; readonly connection: WireConnection });

interface FormPart {
  readonly form: FormState;
  readonly label: string;
  readonly origin: Origin;
}

/** What happens to it. */
export type AccountEvent =
  | (AccountSubject & { readonly type: "opened"; readonly manual?: boolean })
  | { readonly type: "manual" }
  | { readonly type: "doors" }
  | { readonly type: "opening" }
  | { readonly type: "begun"; readonly attempt: WireSignup; readonly url: string }
  | { readonly type: "attempt"; readonly attempt: WireSignup }
  | { readonly type: "answering" }
  | { readonly type: "signup-failed"; readonly failure: WireFailure; readonly attempt?: WireSignup }
  | { readonly type: "form"; readonly event: FormEvent }
  | { readonly type: "label"; readonly label: string }
  | { readonly type: "origin"; readonly origin: Origin }
  | { readonly type: "sent" }
  | { readonly type: "link"; readonly link: WireLink }
  | { readonly type: "refused"; readonly failure: WireFailure }
  | { readonly type: "back" }
  | { readonly type: "closed" };

/** Folds one event in. */
export function reduceAccount(state: AccountState, event: AccountEvent): AccountState {
  if (event.type === "opened") return opened(event, event.manual);
  if (event.type === "closed") return { kind: "closed" };
  if (state.kind === "closed") return state;
  const subject = subjectOf(state);
  switch (event.type) {
    case "manual":
      return opened(subject, true);
    case "doors":
      return opened(subject);
    case "opening":
      return { ...subject, kind: "doors", opening: true };
    case "begun":
      return { ...subject, kind: "waiting", attempt: event.attempt, url: event.url };
    case "attempt":
      return atAttempt(state, event.attempt);
    case "answering":
      return state.kind === "signup" ? { ...subject, kind: "signup", attempt: state.attempt, sending: true } : state;
    case "signup-failed":
      return signupFailed(state, event);
    default:
      return "form" in state ? reduceFormPart(state, event) : state;
  }
}

type WithForm = Extract<AccountState, { readonly form: FormState }>;
type FormPartEvent = Extract<AccountEvent, { readonly type: "form" | "label" | "origin" | "sent" | "link" | "refused" | "back" }>;

function reduceFormPart(state: WithForm, event: FormPartEvent): AccountState {
  const { form, label, origin } = state;
  const part = { ...subjectOf(state), label, origin };
  switch (event.type) {
    case "form": {
      const next = reduceForm(form, event.event);
      // whoever types after a refusal is back at the form
      return state.kind === "refused" ? { ...part, kind: "form", form: next } : { ...state, form: next };
    }
    case "label":
      return { ...state, label: event.label };
    case "origin":
      return { ...part, kind: "form", form: { ...form, issues: {} }, origin: event.origin };
    case "sent":
      return { ...part, kind: "checking", form, rows: checksOf(orderOf(part.channel.kind, inputOf(form)), []) };
    case "link":
      return atLink(state, event.link);
    case "refused":
      return refused(state, event.failure);
    case "back":
      return { ...part, kind: "form", form: withoutSecrets(form) };
  }
}

// what most people want
const FIRST: Readonly<Record<string, FormValues>> = { twilio: { mode: "production" } };

function opened({ channel, again }: AccountSubject, manual = false): AccountState {
  const subject = { channel, ...(again && { again }) };
  if (channel.hasSignup && again === undefined && !manual) return { ...subject, kind: "doors" };
  const form = openForm(fieldsOf(channel.form), again?.facts?.given ?? FIRST[channel.kind] ?? {});
  return { ...subject, kind: "form", form, label: "", origin: again?.facts?.accountOrigin ?? "own" };
}

function subjectOf({ channel, again }: AccountSubject): AccountSubject {
  return { channel, ...(again && { again }) };
}

// an old look that comes late changes nothing that has gone on since
function atAttempt(state: AccountState, attempt: WireSignup): AccountState {
  if (state.kind !== "waiting" && state.kind !== "signup") return state;
  if (state.attempt.id !== attempt.id) return state;
  if (state.kind === "waiting" && attempt.at === "code") return state;
  return { ...subjectOf(state), kind: "signup", attempt };
}

function signupFailed(state: AccountState, { failure, attempt }: Extract<AccountEvent, { readonly type: "signup-failed" }>): AccountState {
  if (state.kind === "signup") return { ...subjectOf(state), kind: "signup", attempt: attempt ?? state.attempt, failure };
  if (state.kind === "waiting" || state.kind === "doors") return { ...subjectOf(state), kind: "doors", failure };
  return state;
}

function atLink(state: WithForm, { connectionId, state: at, steps, failure, connection }: WireLink): AccountState {
  if (state.kind !== "checking") return state;
  const told = steps.flatMap((step): readonly ToldCheck[] => (step.type === "check" ? [step] : []));
  const order = orderOf(state.channel.kind, inputOf(state.form));
  if (at === "failed" && failure !== undefined) return refused({ ...state, rows: checksOf(order, told) }, failure);
  if (at === "connected" && connection !== undefined)
    return { ...subjectOf(state), kind: "connected", rows: passed(checksOf(order, told)), connection };
  return { ...state, rows: checksOf(order, told), connectionId };
}

// the last steps of one that is through may not have been looked at
function passed(rows: readonly CheckRow[]): readonly CheckRow[] {
  return rows.map((row) => ({ ...row, state: "passed" }));
}

function refused(state: WithForm, failure: WireFailure): AccountState {
  const { label, origin } = state;
  const form = reduceForm(state.form, { type: "refused", failure });
  const part = { ...subjectOf(state), form, label, origin };
  // what is wrong with a field is said there, and there alone
  if (Object.keys(form.issues).length > 0) return { ...part, kind: "form" };
  const rows = state.kind === "form" ? [] : failedIn(state.rows);
  return { ...part, kind: "refused", rows, failure };
}

// the check that failed may not have been told of: it is the one that was running, or the next
function failedIn(rows: readonly CheckRow[]): readonly CheckRow[] {
  const known = rows.findIndex(({ state }) => state === "failed");
  const at = known === -1 ? rows.findIndex(({ state }) => state !== "passed") : known;
  return rows.map((row, index) => {
    if (index === at) return { ...row, state: "failed" };
    return row.state === "passed" ? row : { ...row, state: "skipped" };
  });
}

/** What the channel is given: the form's fields, without an account of one's own where the admin's is taken. */
export function accountInput({ form, origin }: Pick<WithForm, "form" | "origin">): Readonly<Record<string, unknown>> {
  const fields = origin === "own" ? form.fields : form.fields.filter(({ account, secret }) => !account && !secret);
  return inputOf({ ...form, fields });
}
