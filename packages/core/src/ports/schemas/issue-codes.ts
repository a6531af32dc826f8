import type { IssueCode } from "../../errors/issue-code.ts";
import type { NoticeValues } from "../../errors/notice.ts";
import type { LoadedIssue } from "./loaded-issue.ts";

/** What is wrong, as a code with its values. */
export interface CodedIssue {
  readonly code: string;
  readonly values?: NoticeValues;
}

const THINGS: ReadonlyMap<unknown, string> = new Map([
  ["string", "text"],
  ["int", "whole_number"],
  ["boolean", "flag"],
  ["array", "list"],
  ["record", "object"],
]);
const FORMATS: ReadonlyMap<unknown, IssueCode> = new Map([
  ["url", "not_an_address"],
  ["e164", "not_a_phone"],
  ["date", "not_a_date"],
  ["datetime", "not_a_date"],
]);

// zod's own codes, each with what it is to us
const OF_ZOD: ReadonlyMap<string | undefined, (issue: LoadedIssue) => CodedIssue> = new Map<string, (issue: LoadedIssue) => CodedIssue>([
  ["invalid_type", ({ expected }) => coded("wrong_type", { expected: THINGS.get(expected) ?? String(expected) })],
  ["too_big", (issue) => bound(issue, issue.maximum, ["too_long", "too_many", "too_high"], ["max", "below"])],
  ["too_small", (issue) => bound(issue, issue.minimum, ["too_short", "too_few", "too_low"], ["min", "above"])],
  ["invalid_format", ({ format }) => coded(FORMATS.get(format) ?? "wrong_form")],
  ["not_multiple_of", () => coded("wrong_form")],
  ["invalid_value", ({ values }) => coded("not_one_of", { options: Array.isArray(values) ? values.map(String).join(", ") : "" })],
  ["invalid_union", ({ message }) => coded("not_one_of", optionsIn(message))],
  ["unrecognized_keys", ({ message }) => coded("unknown_field", nearestIn(message))],
  ["invalid_key", () => coded("wrong_form")],
  ["invalid_element", () => coded("wrong_form")],
  ["custom", () => coded("invalid")],
]);

// what is not there is not written wrongly
const OF_FORM: readonly string[] = ["wrong_form", "not_a_phone", "not_an_address", "not_a_date", "invalid"] satisfies readonly IssueCode[];

/** The code of an issue about a value: the schema's own where it says one, and `required` where there is no value to be wrong. */
export function codeOf(issue: LoadedIssue, value: unknown): CodedIssue {
  const own = issue.code === "custom" ? ownOf(issue.params) : OF_ZOD.has(issue.code) ? undefined : ownOf(issue);
  const absent = value === undefined || (typeof value === "string" && value.trim() === "");
  if (absent && issue.code !== "unrecognized_keys" && OF_FORM.includes(own?.code ?? "invalid")) return coded("required");
  return own ?? OF_ZOD.get(issue.code)?.(issue) ?? coded("invalid");
}

function coded(code: IssueCode, values?: NoticeValues): CodedIssue {
  return { code, ...(values && { values }) };
}

function bound(
  { origin, exact, inclusive }: LoadedIssue,
  limit: unknown,
  codes: readonly [IssueCode, IssueCode, IssueCode],
  names: readonly [string, string],
): CodedIssue {
  const figure = Number(limit);
  if (origin === "string" && exact === true) return coded("wrong_length", { length: figure });
  if (origin === "string") return coded(codes[0], { [names[0]]: figure });
  if (origin === "array" || origin === "set") return coded(codes[1], { [names[0]]: figure });
  return coded(codes[2], { [names[inclusive === false ? 1 : 0]]: figure });
}

function ownOf(told: unknown): CodedIssue | undefined {
  if (typeof told !== "object" || told === null) return undefined;
  const { code, values }: { readonly code?: unknown; readonly values?: unknown } = told;
  if (typeof code !== "string" || !/^[a-z][a-z0-9_]*$/.test(code)) return undefined;
  return { code, ...(areValues(values) && { values }) };
}

function areValues(values: unknown): values is NoticeValues {
  if (typeof values !== "object" || values === null || Array.isArray(values)) return false;
  return Object.values(values).every((value) => typeof value === "string" || typeof value === "number");
}

// the sentence is all that comes of an unknown field or kind
function nearestIn(message: string): NoticeValues | undefined {
  const nearest = /; did you mean ([\w.-]+)\?$/.exec(message)?.[1];
  return nearest === undefined ? undefined : { nearest };
}

function optionsIn(message: string): NoticeValues | undefined {
  const options = [...message.matchAll(/'([^']+)'/g)].map(([, option]) => option);
  return options.length > 0 ? { options: options.join(", ") } : nearestIn(message);
}
