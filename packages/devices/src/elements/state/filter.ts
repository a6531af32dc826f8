import type { WireConnection } from "../../wire/connection.ts";
import type { ListQuery } from "../../wire/list.ts";

/** Which connections are wanted; all where nothing is named. */
export interface Filter {
  readonly state?: WireConnection["status"]["state"];
  /** ISO 3166. */
  readonly region?: string;
  readonly search?: string;
}

/** A filter with one of its parts changed; an empty one is left out. */
export function withPart(filter: Filter, part: keyof Filter, value: string): Filter {
  const { [part]: _before, ...rest } = filter;
  return value === "" ? rest : { ...rest, [part]: value };
}

/** Whether nothing is filtered. */
export function isEverything(filter: Filter): boolean {
  return Object.keys(filter).length === 0;
}

/** Whether two want the same. */
export function isSameFilter(one: Filter, other: Filter): boolean {
  return one.state === other.state && one.region === other.region && one.search === other.search;
}

/** Whether a connection is one of those that are wanted. */
export function isWanted({ status, region, label, phone }: WireConnection, filter: Filter): boolean {
  if (filter.state !== undefined && status.state !== filter.state) return false;
  if (filter.region !== undefined && region !== filter.region) return false;
  if (filter.search === undefined) return true;
  const digits = filter.search.replace(/\D/g, "");
  const inLabel = label.toLocaleLowerCase().includes(filter.search.toLocaleLowerCase());
  return inLabel || (digits !== "" && (phone ?? "").includes(digits));
}

/** A page of those that are wanted, as the handler is asked for it. */
export function queryOf(filter: Filter, limit: number, cursor?: string): ListQuery {
  return { ...filter, limit, ...(cursor !== undefined && { cursor }) };
}
