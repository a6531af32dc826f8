import type { Fields } from "./rules.ts";

/**
 * The versions of the Graph API that Meta serves, oldest first. v20.0 ended on 2026-09-24, v26.0 is of 2026-07-29.
 * @see https://developers.facebook.com/docs/graph-api/changelog
 */
export const GRAPH_VERSIONS: readonly string[] = ["v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0"];

// the version with which a field came
const CAME_WITH: Readonly<Record<string, string>> = { whatsapp_business_manager_messaging_limit: "v24.0" };

/** The fields of a node that a version knows. */
export function knownTo(version: string | undefined, values: Fields): Fields {
  const known = ([name]: readonly [string, unknown]): boolean => {
    const first = CAME_WITH[name];
    return first === undefined || (version !== undefined && GRAPH_VERSIONS.indexOf(version) >= GRAPH_VERSIONS.indexOf(first));
  };
  return Object.fromEntries(Object.entries(values).filter(known));
}
