import type { SecretMark, SettingsNote } from "../api/settings.ts";
import { under, unknownFields } from "../fields/check-fields.ts";
import { invalid } from "../fields/invalid.ts";
import type { PlatformSecret } from "../ports/webhook-source.ts";
import { named, nameFor, ownerName } from "./belonging.ts";
import { changeSecrets, type SecretTools } from "./change-secrets.ts";
import { type FieldSet, optionSecrets, pathOf } from "./field-set.ts";
import { optionId } from "./option-id.ts";
import type { StoredFields, StoredSecret } from "./stored-settings.ts";
import { trimNote, trimStrings } from "./trim-strings.ts";
import { validate } from "./validate.ts";

/** Opens one secret of a field, which is named by its whole path. */
export type OpenSecret = (path: string, secret: StoredSecret) => Promise<string>;

/** A change of some fields that was found in order. */
export interface FieldsChange {
  /** The plain fields that it names. */
  readonly plain: readonly string[];
  /** Those of them that have a new value. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, unknown>>;
  readonly notes: readonly SettingsNote[];
}

/** Reads a change before anything is locked or written. `besides` are the names of fields that others read. Rejects with `input_invalid`. */
export async function readFields(set: FieldSet, change: object, besides: readonly string[] = []): Promise<FieldsChange> {
  // also one that is undefined: a misspelt field would not go back to its option
  const known = set.schema.fields;
  const unknown = known === undefined ? [] : unknownFields(change, [...new Set([...known, ...set.secrets, ...besides])]);
  if (unknown.length > 0) throw invalid(under(set.at, unknown));
  const { value, fields } = trimStrings(change);
  const isSecret = (field: string): boolean => set.secrets.includes(field);
  const plain = Object.entries(value as object).filter(([field]) => !isSecret(field) && !besides.includes(field));
  const given = Object.fromEntries(plain.filter(([, content]) => content !== undefined));
  return {
    plain: plain.map(([field]) => field),
    values: (await validate(set.schema, given, "input_invalid", set.at)) as Readonly<Record<string, unknown>>,
    secrets: Object.fromEntries(Object.entries(change).filter(([field]) => isSecret(field))),
    notes: fields.map((field) => trimNote(pathOf(set, field))),
  };
}

/** What is stored once a change has been made. */
export async function changeFields(
  set: FieldSet,
  stored: StoredFields,
  { plain, values, secrets }: FieldsChange,
  tools: Omit<SecretTools, "before" | "after">,
): Promise<StoredFields> {
  const kept = Object.fromEntries(Object.entries(stored.values).filter(([field]) => !plain.includes(field)));
  const before = { ...set.defaults, ...stored.values };
  const after = { ...set.defaults, ...kept, ...values };
  return { values: { ...kept, ...values }, secrets: await changeSecrets(set, stored.secrets, secrets, { ...tools, before, after }) };
}

/** Every secret of one field, opened, with what it belongs to. */
export async function openField(set: FieldSet, field: string, stored: StoredFields, open: OpenSecret): Promise<readonly PlatformSecret[]> {
  const now = nameFor(set, field, { ...set.defaults, ...stored.values });
  const list = stored.secrets[field];
  if (list !== undefined) {
    const path = pathOf(set, field);
    return Promise.all(list.map(async (each) => ({ secret: await open(path, each), ...named(ownerName(each, now)) })));
  }
  // a name that an admin has set stands before that of the options, and what was in force under it stays so
  return optionSecrets(set, field).map((secret) => ({ secret, ...named(now) }));
}

/** The fields opened: stored values over the options, and of the secrets those alone that belong to what is named now. */
export async function resolveFields(set: FieldSet, stored: StoredFields, open: OpenSecret): Promise<Record<string, unknown>> {
  const values = { ...set.defaults, ...stored.values };
  const secrets: Record<string, readonly string[]> = {};
  for (const field of set.secrets) {
    const name = nameFor(set, field, values);
    const list = await openField(set, field, stored, open);
    secrets[field] = list.filter(({ of }) => of === name).map(({ secret }) => secret);
  }
  return { ...values, ...secrets };
}

/** The fields as they may be shown. */
export function viewFields(set: FieldSet, stored: StoredFields): Record<string, unknown> {
  const marks = set.secrets.map((field): [string, SecretMark[]] => [
    field,
    (stored.secrets[field] ?? optionMarks(set, field, stored)).map(({ id, addedAt, of }) => ({
      id,
      ...(addedAt !== undefined && { addedAt }),
      ...named(of),
    })),
  ]);
  return { ...set.defaults, ...stored.values, ...Object.fromEntries(marks) };
}

function optionMarks(set: FieldSet, field: string, { values }: StoredFields): readonly SecretMark[] {
  const of = nameFor(set, field, { ...set.defaults, ...values });
  return optionSecrets(set, field).map((_, index) => ({ id: optionId(index), ...named(of) }));
}
