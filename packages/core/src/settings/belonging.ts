import type { FieldSet } from "./field-set.ts";
import type { StoredSecret } from "./stored-settings.ts";

/** What the secrets of a field belong to under these values: the name that stands in the field which the channel says so of. */
export function nameFor(settings: FieldSet, field: string, values: Readonly<Record<string, unknown>>): string | undefined {
  const belongs: Readonly<Record<string, string | undefined>> = settings.secretsBelongTo ?? {};
  const naming = belongs[field];
  const name = naming === undefined ? undefined : values[naming];
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** What one secret belongs to. One that was never given a name counts for whatever the settings name now. */
export function ownerName({ of }: Pick<StoredSecret, "of">, now: string | undefined): string | undefined {
  return of ?? now;
}

/** Gives those without a name the one that stood there so far, before it makes way for another. */
export function withName(list: readonly StoredSecret[], before: string | undefined): readonly StoredSecret[] {
  return before === undefined ? list : list.map((secret) => (secret.of === undefined ? { ...secret, of: before } : secret));
}

/** A name as a spread, absent when there is none. */
export function named(of: string | undefined): { readonly of?: string } {
  return of === undefined ? {} : { of };
}
