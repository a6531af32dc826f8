import { codeOf } from "./issue-codes.ts";
import type { LoadedIssue } from "./loaded-issue.ts";
import type { SchemaIssue } from "./schema.ts";

// what zod says by itself, where a schema has no sentence of its own
const OF_ZOD = /^(Invalid (input|option)(: expected|$)|Invalid discriminator value\.|Too (big|small): expected)/;
// it names the fields and not those that there are; each is named by its path, and that hides what may be a secret
const UNKNOWN = /^Unrecognized keys?:/;

const THINGS: ReadonlyMap<unknown, string> = new Map([
  ["string", "a text"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "an object"],
  ["record", "an object"],
]);
const UNITS: ReadonlyMap<unknown, string> = new Map([
  ["string", " characters"],
  ["array", " entries"],
]);

/**
 * Issues of a value as any library tells them as ours, each with a code: an issue of several unknown fields with a line for each is an issue of each, and a
 * sentence of zod's own, which speaks to programmers of schemas, is said in the words of the other checks.
 */
export function readIssues(issues: readonly LoadedIssue[], value: unknown): readonly SchemaIssue[] {
  return issues.flatMap((issue) => {
    const { path, keys = [] } = issue;
    const message = UNKNOWN.test(issue.message) ? keys.map(() => "is not a field").join("\n") : inOurWords(issue);
    const place = path?.map((part) => (typeof part === "object" ? part.key : part));
    const lines = message.split("\n");
    const told = { ...codeOf(issue, valueAt(value, place)), ...(place && { path: place }) };
    if (keys.length === 0 || (lines.length < keys.length && lines.length === 1)) return [{ message, ...told }];
    return lines.map((line, index) => ({
      message: line,
      ...codeOf({ ...issue, message: line }, value),
      path: [...(place ?? []), keys[index] ?? ""],
    }));
  });
}

function valueAt(value: unknown, place: readonly PropertyKey[] = []): unknown {
  return place.reduce<unknown>(
    (at, part) => (typeof at === "object" && at !== null && part in at ? Reflect.get(at, part) : undefined),
    value,
  );
}

function inOurWords(issue: LoadedIssue): string {
  const { message, code, expected, values } = issue;
  if (!OF_ZOD.test(message)) return message;
  if (code === "invalid_type") {
    const must = `must be ${THINGS.get(expected) ?? "something else"}`;
    return message.endsWith("received undefined") ? `is missing; it ${must}` : must;
  }
  if (code === "invalid_value" && Array.isArray(values)) return mustBeOneOf(values.map(String));
  if (code === "too_big") return bound(issue, "most", issue.maximum);
  if (code === "too_small") return bound(issue, "least", issue.minimum);
  if (code !== "invalid_union") return message;
  const kinds = [...message.matchAll(/'([^']+)'/g)].map(([, kind]) => String(kind));
  return kinds.length > 0 ? mustBeOneOf(kinds) : "cannot be this";
}

function mustBeOneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return `must be ${[...(quoted.length > 1 ? [quoted.slice(0, -1).join(", ")] : []), ...quoted.slice(-1)].join(" or ")}`;
}

function bound({ origin, exact, inclusive }: LoadedIssue, most: "most" | "least", limit: unknown): string {
  const unit = UNITS.get(origin);
  if (unit !== undefined) return `must have ${exact === true ? "exactly" : `at ${most}`} ${limit}${unit}`;
  if (inclusive === false) return `must be ${most === "most" ? "less" : "more"} than ${limit}`;
  return `must be at ${most} ${limit}`;
}
