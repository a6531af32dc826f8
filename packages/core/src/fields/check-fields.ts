import type { FieldIssue } from "../errors/wadesk-error.ts";
import { invalid, issueOf } from "./invalid.ts";
import { isName, unknownName, unknownValues } from "./nearest-name.ts";

/** What a field may hold. One that is absent or `undefined` always passes: who needs it says so. */
export type FieldKind = "text" | "texts" | "number" | "number or false" | "flag" | "function" | "object" | "list" | "any";

/** Every field of a shape and what it may hold; a field that is forgotten here does not compile. */
export type FieldKinds<Shape> = { readonly [Field in FieldOf<Shape>]: FieldKind };

/** The fields of each member of a union. */
type FieldOf<Shape> = Shape extends unknown ? keyof Shape & string : never;

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number" && !Number.isNaN(value);

const KINDS: Readonly<Record<FieldKind, readonly [fits: (value: unknown) => boolean, message: string]>> = {
  text: [isText, "must be a text"],
  texts: [(value) => isText(value) || (Array.isArray(value) && value.every(isText)), "must be a text, or a list of texts"],
  number: [isNumber, "must be a number"],
  "number or false": [(value) => value === false || isNumber(value), "must be a number, or false"],
  flag: [(value) => typeof value === "boolean", "must be true or false"],
  function: [(value) => typeof value === "function", "must be a function"],
  object: [isObject, "must be an object"],
  list: [Array.isArray, "must be a list"],
  any: [() => true, ""],
};

/** Whether a value is an object with fields. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// whoever hands over a thousand fields learns enough from these
const MOST_UNKNOWN = 20;

/** What is wrong with a value that should have these fields and no others. `noun` is what a field is called: `a field`, `an option`. */
export function fieldIssues(given: unknown, kinds: Readonly<Record<string, FieldKind>>, noun = "a field"): FieldIssue[] {
  if (!isObject(given)) return [noObject(Object.keys(kinds))];
  return [
    ...unknownFields(given, Object.keys(kinds), noun),
    ...Object.entries(kinds).flatMap(([field, kind]) => {
      const value: unknown = Reflect.get(given, field);
      const [fits, message] = KINDS[kind];
      if (value === undefined || fits(value)) return [];
      return [issueOf(field, "wrong_type", message, { expected: kind.replaceAll(" ", "_") })];
    }),
  ];
}

/** The fields of an object that nobody knows, each with the name that was probably meant. */
export function unknownFields(given: object, known: readonly string[], noun = "a field"): readonly FieldIssue[] {
  return Object.keys(given)
    .filter((field) => !known.includes(field))
    .slice(0, MOST_UNKNOWN)
    .map((field) => issueOf(isName(field) ? field : "?", "unknown_field", unknownName(field, known, noun), unknownValues(field, known)));
}

/** The issue of what should be an object with these fields. */
export function noObject(fields: readonly string[]): FieldIssue {
  return issueOf("", "wrong_type", `must be an object with ${fields.join(", ")}`, { expected: "object" });
}

/** Refuses a request with a field that is unknown or holds what it cannot, with `input_invalid`. */
export function checkRequest<Request>(given: unknown, kinds: FieldKinds<Request>): void {
  const issues = fieldIssues(given, kinds);
  if (issues.length > 0) throw invalid(issues);
}

/**
 * Refuses options with one that is unknown or holds what it cannot: a misspelt option would be left out in silence. For those who write a
 * channel or a storage. `of` names whose options they are, e.g. `twilio`, and `at` in which of them they stand.
 * @throws WadeskError `configuration_invalid` naming each option, and for an unknown one the name that was probably meant.
 */
export function checkOptions<Options>(of: string, given: unknown, kinds: FieldKinds<Options>, at?: string): void {
  const issues = under(at, fieldIssues(given, kinds, "an option"));
  if (issues.length > 0) throw invalid(issues, "configuration_invalid", of);
}

/** Issues of what stands under a field; of everything where none is named. */
export function under(at: string | undefined, issues: readonly FieldIssue[]): readonly FieldIssue[] {
  if (at === undefined) return issues;
  return issues.map((issue) => ({ ...issue, field: issue.field === "" ? at : `${at}.${issue.field}` }));
}
