/** What zod tells of an issue beside its sentence. */
interface TypedIssue {
  readonly message: string;
  readonly code?: string | undefined;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exact?: unknown;
  readonly inclusive?: unknown;
  readonly values?: unknown;
}

// what zod says by itself, where a schema has no sentence of its own
const OF_ZOD = /^(Invalid (input|option)(: expected|$)|Invalid discriminator value\.|Too (big|small): expected)/;

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

/** The sentence of an issue; zod's own, which speaks to programmers of schemas, said in the words of the other checks. */
export function inOurWords(issue: TypedIssue): string {
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

function bound({ origin, exact, inclusive }: TypedIssue, most: "most" | "least", limit: unknown): string {
  const unit = UNITS.get(origin);
  if (unit !== undefined) return `must have ${exact === true ? "exactly" : `at ${most}`} ${limit}${unit}`;
  if (inclusive === false) return `must be ${most === "most" ? "less" : "more"} than ${limit}`;
  return `must be at ${most} ${limit}`;
}
