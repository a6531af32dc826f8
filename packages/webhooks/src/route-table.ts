import { WadeskError } from "@wadesk/core";
import { contextOf, type InboundContext, type InboundSource, type WebhookScheme } from "@wadesk/core/ports";
import { schemeOf } from "./scheme/detect-provider.ts";

/** An installed channel with the scheme that verifies its webhooks. */
export interface Receiver extends InboundSource {
  readonly context: InboundContext;
  readonly scheme: WebhookScheme;
}

/** Where channels receive. */
export interface RouteTable {
  /** By the path, base path included. */
  readonly whole: ReadonlyMap<string, readonly Receiver[]>;
  /** Those whose path has a name in it. */
  readonly named: readonly NamedRoute[];
}

/** A path with a name in it: what stands before the name, what after, and who receives there. */
interface NamedRoute {
  readonly before: string;
  readonly after: string;
  readonly receivers: readonly Receiver[];
}

/** Who receives at a path, and what stands there in the place of a name. */
export interface Route {
  readonly receivers: readonly Receiver[];
  readonly parameter?: string;
}

/** Throws `configuration_invalid` for a base path, a path or a scheme that cannot work. */
export function routeTable(sources: readonly InboundSource[], basePath: string): RouteTable {
  if (basePath !== "" && !basePath.startsWith("/")) {
    throw optionInvalid("basePath", `must start with "/", as in "/webhooks", and is "${basePath}"`);
  }
  const whole = new Map<string, Receiver[]>();
  const named = new Map<string, NamedRoute & { readonly receivers: Receiver[] }>();
  for (const each of sources) {
    const receiver = { ...each, context: contextOf(each), scheme: schemeOf(each.kind, each.source.scheme) };
    for (const path of each.source.paths) {
      const base = withoutTrailingSlash(basePath);
      const below = withoutTrailingSlash(path);
      const parts = below.split(NAME);
      const [before = "", after = ""] = parts;
      if (parts.length > 2)
        throw optionInvalid("channels", `must receive at paths with one name at most; ${each.kind} receives at ${path}`);
      const shape = base + parts.join(":");
      const entry = named.get(shape) ?? { before: base + before, after, receivers: [] };
      if (parts.length === 2) named.set(shape, { ...entry, receivers: [...entry.receivers, receiver] });
      else whole.set(shape, [...(whole.get(shape) ?? []), receiver]);
    }
  }
  return { whole, named: [...named.values()] };
}

// a whole part of a path
const NAME = /(?<=\/):[^/]+(?=\/|$)/;

/** Longer ones are nobody's id. */
const LONGEST_PARAMETER = 200;

/** Who receives at a path as it was called, base path included. */
export function routeAt({ whole, named }: RouteTable, called: string): Route | undefined {
  const path = withoutTrailingSlash(called);
  const receivers = whole.get(path);
  if (receivers) return { receivers };
  for (const route of named) {
    const parameter = parameterOf(path, route);
    if (parameter !== undefined) return { receivers: route.receivers, parameter };
  }
  return undefined;
}

/** The paths at which something receives, as one writes them. */
export function receivingPaths({ whole, named }: RouteTable): readonly string[] {
  return [...whole.keys(), ...named.map(({ before, after }) => `${before}<name>${after}`)];
}

function parameterOf(path: string, { before, after }: NamedRoute): string | undefined {
  if (!path.startsWith(before) || !path.endsWith(after) || path.length <= before.length + after.length) return undefined;
  const written = path.slice(before.length, path.length - after.length);
  if (written.includes("/") || written.length > LONGEST_PARAMETER) return undefined;
  try {
    const parameter = decodeURIComponent(written);
    // no id has them, and some databases refuse them
    return /\p{Cc}/u.test(parameter) ? undefined : parameter;
  } catch {
    return undefined;
  }
}

/** The error for an option of the handler that cannot work. */
export function optionInvalid(field: string, message: string): WadeskError {
  return new WadeskError("configuration_invalid", { detail: `${field} ${message}`, issues: [{ field, code: "wrong_form", message }] });
}

/** `/a/` and `/a` are one path; vendors' consoles keep what was pasted. */
function withoutTrailingSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
