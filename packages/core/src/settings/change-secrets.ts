import type { SettingsNote } from "../api/settings.ts";
import { under, unknownFields } from "../fields/check-fields.ts";
import { invalid, invalidField } from "../fields/invalid.ts";
import type { Vault } from "../vault/vault.ts";
import { named, nameFor, withName } from "./belonging.ts";
import { type FieldSet, optionSecrets, pathOf } from "./field-set.ts";
import { optionId } from "./option-id.ts";
import { type StoredSecret, settingBinding } from "./stored-settings.ts";
import { trimNote } from "./trim-strings.ts";
import { validate } from "./validate.ts";

/** What changing secrets needs. */
export interface SecretTools {
  readonly kind: string;
  readonly vault: Vault;
  readonly now: () => number;
  readonly randomId: () => string;
  readonly note: (told: SettingsNote) => void;
  /** The plain values as they stood, and as they will stand. */
  readonly before: Values;
  readonly after: Values;
}

type Values = Readonly<Record<string, unknown>>;
type SecretFields = Readonly<Record<string, readonly StoredSecret[]>>;

/** Applies `add` and `retire` to every secret field named in a change. The first change of a field takes the constructor's own secrets in. */
export async function changeSecrets(
  settings: FieldSet,
  stored: SecretFields,
  change: Readonly<Record<string, unknown>>,
  tools: SecretTools,
): Promise<SecretFields> {
  const next: Record<string, readonly StoredSecret[]> = { ...stored };
  for (const field of settings.secrets) {
    const [before, after] = [nameFor(settings, field, tools.before), nameFor(settings, field, tools.after)];
    const renamed = before !== undefined && before !== after;
    if (change[field] === undefined && !renamed) continue;
    const path = pathOf(settings, field);
    const { add, retire } = change[field] === undefined ? { add: undefined, retire: [] } : readChange(path, change[field]);
    const known = stored[field] ?? (await sealOptions(settings, field, tools));
    // nothing to name: an empty list would stand before what the options may give later
    if (change[field] === undefined && known.length === 0) {
      tools.note(missingOf(path, after));
      continue;
    }
    const list = renamed ? withName(known, before) : known;
    const gone = retire.filter((id) => !list.some((secret) => secret.id === id));
    // not repeated: people paste the secret itself here
    if (gone.length > 0)
      throw invalidField(path, "retire takes the id of a secret that is there, as read() shows it, and not the secret itself", "not_found");
    const kept = list.filter((secret) => !retire.includes(secret.id));
    next[field] = add === undefined ? kept : await withAdded(settings, field, kept, add, tools);
    if (renamed && after !== undefined && !next[field].some(({ of }) => of === undefined || of === after))
      tools.note(missingOf(path, after));
    if (next[field].length === 0)
      tools.note(missingNote(path, `${path} has no value left: everything it protects is refused until one is added.`));
  }
  return next;
}

/** The note that a field of secrets has none. */
export function missingNote(field: string, text: string, of?: string): SettingsNote {
  return { code: "secret_missing", values: { field, ...named(of) }, text };
}

function missingOf(field: string, of: string | undefined): SettingsNote {
  const text = `${field} has no value of ${of ?? "that name"} yet: what is signed with it is refused until one is added.`;
  return missingNote(field, text, of);
}

function readChange(field: string, change: unknown): { readonly add: string | undefined; readonly retire: readonly string[] } {
  if (typeof change !== "object" || change === null || !("add" in change || "retire" in change)) {
    throw invalidField(field, "give { add: secret }, { retire: id } or both; secrets are never set or read directly", "wrong_form");
  }
  // a misspelt `retire` would leave the secret in force
  const unknown = unknownFields(change, ["add", "retire"]);
  if (unknown.length > 0) throw invalid(under(field, unknown));
  const add = "add" in change ? change.add : undefined;
  const retire = "retire" in change ? change.retire : undefined;
  if (add !== undefined && (typeof add !== "string" || add.trim() === ""))
    throw invalidField(field, "add must be a text that is not empty", "required");
  const ids = retire === undefined ? [] : [retire].flat();
  if (!ids.every((id) => typeof id === "string"))
    throw invalidField(field, "retire must be the id of a secret, as read() shows it", "wrong_type", { expected: "text" });
  return { add: add as string | undefined, retire: ids as readonly string[] };
}

async function withAdded(
  settings: FieldSet,
  field: string,
  list: readonly StoredSecret[],
  given: string,
  tools: SecretTools,
): Promise<readonly StoredSecret[]> {
  const path = pathOf(settings, field);
  const known = await Promise.all(list.map(({ sealed }) => tools.vault.open(sealed, settingBinding(tools.kind, path))));
  // twice in the list, it would outlive its retirement
  const of = nameFor(settings, field, tools.after);
  const there = known.indexOf(given.trim());
  if (there !== -1) {
    if ((list[there]?.of ?? of) === of) {
      tools.note({ code: "secret_known", values: { field: path }, text: `${path} has this value already.` });
    } else {
      const text = `${path} had this value already; it belongs to ${of ?? "no name"} from now on.`;
      tools.note({ code: "secret_moved", values: { field: path, ...named(of) }, text });
    }
    // a secret is one app's or account's only
    return list.map(({ of: former, ...secret }, index) => ({ ...secret, ...named(index === there ? of : former) }));
  }
  return [...list, await sealOne(settings, field, given, tools)];
}

async function sealOne(settings: FieldSet, field: string, given: string, tools: SecretTools): Promise<StoredSecret> {
  const secret = given.trim();
  const path = pathOf(settings, field);
  await validate(settings.schema, { [field]: [secret] }, "input_invalid", settings.at);
  if (secret !== given) tools.note(trimNote(path));
  return {
    id: tools.randomId().slice(0, 12),
    addedAt: tools.now(),
    ...named(nameFor(settings, field, tools.after)),
    sealed: await tools.vault.seal(secret, settingBinding(tools.kind, path)),
  };
}

async function sealOptions(settings: FieldSet, field: string, { kind, vault, before }: SecretTools): Promise<readonly StoredSecret[]> {
  const of = named(nameFor(settings, field, before));
  const binding = settingBinding(kind, pathOf(settings, field));
  return Promise.all(
    optionSecrets(settings, field).map(async (secret, index) => ({
      id: optionId(index),
      ...of,
      sealed: await vault.seal(secret, binding),
    })),
  );
}
