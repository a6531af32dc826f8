import type { ErrorObject } from "ajv";

/**
 * Puts a validator's errors in words, one line each. Where a value fits no branch of a `oneOf`, only the branch that it comes closest
 * to is named: the others are about something else.
 */
export function reasonsOf(errors: readonly ErrorObject[] | null | undefined): string[] {
  const all = errors ?? [];
  const dropped = new Set<ErrorObject>(all.filter((error) => error.keyword === "if"));
  for (const choice of all.filter((error) => error.keyword === "oneOf" || error.keyword === "anyOf")) {
    const branches = new Map<string, ErrorObject[]>();
    for (const error of all) {
      if (!error.schemaPath.startsWith(`${choice.schemaPath}/`) || !error.instancePath.startsWith(choice.instancePath)) continue;
      const branch = error.schemaPath.slice(choice.schemaPath.length + 1).split("/")[0] ?? "";
      branches.set(branch, [...(branches.get(branch) ?? []), error]);
    }
    if (branches.size === 0) continue;
    const [, ...others] = [...branches.values()].sort((left, right) => left.length - right.length);
    for (const error of [choice, ...others.flat()]) dropped.add(error);
  }
  const lines = all.filter((error) => !dropped.has(error)).map(sentence);
  return [...new Set(lines)];
}

function sentence({ instancePath, keyword, message, params }: ErrorObject): string {
  const detail =
    keyword === "enum"
      ? `: ${JSON.stringify(params.allowedValues)}`
      : keyword === "const"
        ? `: ${JSON.stringify(params.allowedValue)}`
        : "";
  const surplus = params.unevaluatedProperty ?? params.additionalProperty;
  return `${instancePath || "/"} ${message}${detail}${surplus === undefined ? "" : `: ${surplus}`}`;
}
