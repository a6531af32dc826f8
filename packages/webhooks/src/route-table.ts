import { WadeskError } from "@wadesk/core";
import { contextOf, type InboundContext, type InboundSource, type WebhookScheme } from "@wadesk/core/ports";
import { schemeOf } from "./scheme/detect-provider.ts";

/** An installed channel with the scheme that verifies its webhooks. */
export interface Receiver extends InboundSource {
  readonly context: InboundContext;
  readonly scheme: WebhookScheme;
}

/** The channels by the path they receive at, base path included. */
export type RouteTable = ReadonlyMap<string, readonly Receiver[]>;

/** Throws `configuration_invalid` for a base path or a scheme that cannot work. */
export function routeTable(sources: readonly InboundSource[], basePath: string): RouteTable {
  if (basePath !== "" && !basePath.startsWith("/")) {
    throw optionInvalid("basePath", `must start with "/", as in "/webhooks", and is "${basePath}"`);
  }
  const table = new Map<string, Receiver[]>();
  for (const each of sources) {
    const receiver = { ...each, context: contextOf(each), scheme: schemeOf(each.kind, each.source.scheme) };
    for (const path of each.source.paths) {
      const whole = withoutTrailingSlash(withoutTrailingSlash(basePath) + path);
      table.set(whole, [...(table.get(whole) ?? []), receiver]);
    }
  }
  return table;
}

/** The error for an option of the handler that cannot work. */
export function optionInvalid(field: string, message: string): WadeskError {
  return new WadeskError("configuration_invalid", { detail: `${field} ${message}`, issues: [{ field, message }] });
}

/** `/a/` and `/a` are one path; vendors' consoles keep what was pasted. */
export function withoutTrailingSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
