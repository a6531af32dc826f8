import type { AnyChannel } from "../ports/channel.ts";

/** Fields that are changed and kept together: a channel's own, or those of one group. */
export interface FieldSet extends Pick<AnyChannel["settings"], "schema" | "secrets" | "secretsBelongTo"> {
  /** What the constructor's options give. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Where they stand, e.g. `bridges.eu`; absent for a channel's own. */
  readonly at?: string;
}

/** The whole path of a field, as errors and bindings name it. */
export function pathOf({ at }: FieldSet, field: string): string {
  return at === undefined ? field : `${at}.${field}`;
}

/** The secrets that the constructor's options give of a field. */
export function optionSecrets({ defaults }: FieldSet, field: string): readonly string[] {
  return (defaults[field] as readonly string[] | undefined) ?? [];
}
