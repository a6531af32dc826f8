import { CONNECTION_ROUTES } from "./connections.ts";
import { LINKING_ROUTES } from "./linking.ts";
import type { Route } from "./route.ts";
import { SETTINGS_ROUTES } from "./settings.ts";
import { SETUP_ROUTES } from "./setup.ts";
import { SIGNUP_ROUTES } from "./signup.ts";

/** Everything that the handler does, a row each. */
export const ROUTES: readonly Route[] = [...SETUP_ROUTES, ...CONNECTION_ROUTES, ...LINKING_ROUTES, ...SIGNUP_ROUTES, ...SETTINGS_ROUTES];

/** What is at a path: its rows by method, and what stands in the place of `{name}`. */
export interface Place {
  readonly byMethod: ReadonlyMap<string, Route>;
  readonly name: string;
}

/** What is at a path below the handler's own; a path that is written out goes before one with a name. */
export function placeAt(path: string): Place | undefined {
  const parts = path.split("/");
  for (const { pattern, byMethod } of PLACES) {
    const name = nameIn(pattern, parts);
    if (name !== undefined) return { byMethod, name };
  }
  return undefined;
}

interface Pattern {
  readonly pattern: readonly string[];
  readonly byMethod: ReadonlyMap<string, Route>;
}

const isName = (part: string): boolean => part.startsWith("{");

const PLACES: readonly Pattern[] = [...Map.groupBy(ROUTES, ({ path }) => path)]
  .map(([path, routes]) => ({ pattern: path.split("/"), byMethod: new Map(routes.map((each) => [each.method, each])) }))
  .toSorted((one, other) => Number(one.pattern.some(isName)) - Number(other.pattern.some(isName)));

function nameIn(pattern: readonly string[], parts: readonly string[]): string | undefined {
  if (pattern.length !== parts.length) return undefined;
  let name = "";
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? "";
    if (!isName(part)) {
      if (part !== given) return undefined;
      continue;
    }
    name = decoded(given);
    if (name === "") return undefined;
  }
  return name;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
