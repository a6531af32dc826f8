import type { WireFailure, WireIssue } from "../../../wire/problem.ts";
import type { FormField } from "./fields.ts";

/** What is typed, by field. A flag is `true` or absent. */
export type FormValues = Readonly<Record<string, string | boolean>>;

/** What is wrong with a field: a code with values, and the channel's own sentence where the server said it. */
export type FormIssue = Pick<WireIssue, "code" | "values"> & { readonly message?: string };

/** A form while it is filled in. */
export interface FormState {
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly issues: Readonly<Record<string, FormIssue>>;
  /** Why the last try came to nothing, where that is no field's affair. */
  readonly failure?: WireFailure;
}

/** What happens to a form. */
export type FormEvent =
  | { readonly type: "typed"; readonly name: string; readonly value: string | boolean }
  /** The person went on to another field. */
  | { readonly type: "left"; readonly name: string }
  /** It is to be sent: everything that is wrong is said. */
  | { readonly type: "looked-through" }
  | { readonly type: "refused"; readonly failure: WireFailure };

/** An empty form, filled in with what is known. */
export function openForm(fields: readonly FormField[], given: FormValues = {}): FormState {
  const known = fields.filter(({ name, secret }) => !secret && given[name] !== undefined && given[name] !== "");
  return { fields, values: Object.fromEntries(known.map(({ name }) => [name, given[name] as string])), issues: {} };
}

/** Folds one event in. */
export function reduceForm(state: FormState, event: FormEvent): FormState {
  switch (event.type) {
    case "typed": {
      const { [event.name]: _gone, ...issues } = state.issues;
      return { ...state, values: { ...state.values, [event.name]: event.value }, issues };
    }
    case "left":
      // the focus begins in the first field: whoever goes on to another button has not filled in anything wrong
      if (state.values[event.name] === undefined) return state;
      return { ...state, issues: { ...state.issues, ...wrongIn(state, [event.name]) } };
    case "looked-through": {
      const { failure: _gone, ...rest } = state;
      return { ...rest, issues: wrongIn(state) };
    }
    case "refused":
      return refused(state, event.failure);
  }
}

// what was secret is typed anew: nothing keeps it beyond the try that it was for
function refused(state: FormState, failure: WireFailure): FormState {
  const names = new Set(state.fields.map(({ name }) => name));
  const issues = (failure.issues ?? []).flatMap(({ field, code, values, message }) => {
    const [name = ""] = field.split(".");
    return names.has(name) ? [[name, { code, ...(values && { values }), message }] as const] : [];
  });
  // the first word on a field is the one that is shown
  return { ...withoutSecrets(state), issues: Object.fromEntries(issues.toReversed()), failure };
}

/** The form without what is secret in it. */
export function withoutSecrets(state: FormState): FormState {
  const secret = new Set(state.fields.flatMap(({ name, secret: hidden }) => (hidden ? [name] : [])));
  return { ...state, values: Object.fromEntries(Object.entries(state.values).filter(([name]) => !secret.has(name))) };
}

/** What is wrong with the fields of these names, as far as the schema alone says. */
function wrongIn({ fields, values }: FormState, names?: readonly string[]): FormState["issues"] {
  const looked = fields.filter(({ name }) => names === undefined || names.includes(name));
  return Object.fromEntries(
    looked.flatMap(({ name, required, pattern }) => {
      const text = String(values[name] ?? "").trim();
      if (text === "") return required ? [[name, { code: "required" }]] : [];
      return pattern !== undefined && !new RegExp(pattern, "u").test(text) ? [[name, { code: "wrong_form" }]] : [];
    }),
  );
}

/** The first field, in the form's order, that something is wrong with. */
export function firstWrong({ fields, issues }: FormState): string | undefined {
  return fields.find(({ name }) => issues[name] !== undefined)?.name;
}

/** What the channel is given: blank fields are not there, numbers are numbers. */
export function inputOf({ fields, values }: FormState): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      const value = values[name];
      if (value === undefined || value === false || (typeof value === "string" && value.trim() === "")) return [];
      return [[name, kind === "number" ? Number(value) : value]];
    }),
  );
}
