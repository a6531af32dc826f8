import { isObject } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import { isName, nearestName, unknownName, unknownValues } from "../fields/nearest-name.ts";
import type { AnyChannel } from "../ports/channel.ts";
import type { SettingsGroup } from "../ports/settings/settings-groups.ts";
import { missingNote, type SecretTools } from "./change-secrets.ts";
import { type FieldSet, pathOf } from "./field-set.ts";
import { changeFields, type FieldsChange, readFields } from "./fields.ts";
import type { StoredGroup, StoredGroups } from "./stored-settings.ts";

type ChannelSettings = AnyChannel["settings"];
type Groups = Readonly<Record<string, StoredGroup>>;

/** One group that is there. */
export interface Group {
  readonly name: string;
  readonly set: FieldSet;
  readonly stored: StoredGroup;
}

/** What is to become of one group. */
export interface GroupStep {
  readonly field: string;
  readonly name: string;
  /** Absent where it goes back to the constructor's options. */
  readonly to?: "removed" | FieldsChange;
}

const NOTHING: StoredGroup = { values: {}, secrets: {} };
// each webhook reads them all
const MOST_GROUPS = 200;

/** The fields of a channel that hold groups. */
export function groupFields(settings: ChannelSettings): readonly string[] {
  return Object.keys(settings.groups ?? {});
}

/** The groups of one field that are there: those of the options and those of the admin, by name. */
export function groupsOf(settings: ChannelSettings, field: string, stored: StoredGroups | undefined): readonly Group[] {
  const groups = ofField(stored, field);
  const names = new Set([...Object.keys(optionsOf(settings, field)), ...Object.keys(groups)]);
  return [...names].flatMap((name) => {
    const own = ofName(groups, name);
    return own.apart === "removed" ? [] : [{ name, set: setOf(settings, field, name, own), stored: own }];
  });
}

/** Groups by name, with nothing under the names that every object knows: a name may be a stranger's. */
export function byName(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  return Object.assign(Object.create(null) as Record<string, unknown>, Object.fromEntries(entries));
}

/** Reads what a change says of groups, before anything is locked or written. Rejects with `input_invalid`, naming `bridges.eu.url`. */
export async function readGroups(settings: ChannelSettings, change: Readonly<Record<string, unknown>>): Promise<readonly GroupStep[]> {
  const steps: GroupStep[] = [];
  for (const field of groupFields(settings)) {
    const given = change[field];
    if (given === undefined) continue;
    if (!isObject(given))
      throw invalidField(field, "must be an object that holds each change under the name of its group", "wrong_type", {
        expected: "object",
      });
    for (const [name, to] of Object.entries(given) as [string, unknown][]) steps.push(await readGroup(settings, field, name, to));
  }
  return steps;
}

async function readGroup(settings: ChannelSettings, field: string, name: string, to: unknown): Promise<GroupStep> {
  if (!isGroupName(name)) {
    const shown = isName(name) ? name : "?";
    throw invalidField(
      `${field}.${shown}`,
      "is no name for a group: it has 1 to 40 letters, digits, - and _, begins with a letter or digit, and is not as long a number as a secret is",
      "wrong_form",
    );
  }
  if (to === undefined) return { field, name };
  if (to === false) return { field, name, to: "removed" };
  const set = setOf(settings, field, name, NOTHING);
  if (!isObject(to))
    throw invalidField(`${field}.${name}`, "must be an object with the fields to change, or false to remove it", "wrong_type", {
      expected: "object",
    });
  return { field, name, to: await readFields(set, to) };
}

// it stands in errors, in bindings and in paths
function isGroupName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(name) && isName(name);
}

/** What is stored of the groups once a change has been made. */
export async function changeGroups(
  settings: ChannelSettings,
  stored: StoredGroups | undefined,
  steps: readonly GroupStep[],
  tools: Omit<SecretTools, "before" | "after">,
): Promise<StoredGroups> {
  let all: StoredGroups = stored ?? {};
  for (const step of steps) {
    const { field, name } = step;
    const others = Object.entries(ofField(all, field)).filter(([other]) => other !== name);
    const next = await changeGroup(settings, all, step, tools);
    all = { ...all, [field]: Object.fromEntries(next === undefined ? others : [...others, [name, next]]) };
    if (groupsOf(settings, field, all).length > MOST_GROUPS)
      throw invalidField(field, `has ${MOST_GROUPS} groups at most; remove one first`, "too_many", { max: MOST_GROUPS });
  }
  return all;
}

async function changeGroup(
  settings: ChannelSettings,
  all: StoredGroups,
  { field, name, to }: GroupStep,
  tools: Omit<SecretTools, "before" | "after">,
): Promise<StoredGroup | undefined> {
  const there = groupsOf(settings, field, all);
  const group = there.find((each) => each.name === name);
  if (to === undefined) return undefined;
  if (to === "removed") {
    const known = there.map((each) => each.name);
    if (group === undefined)
      throw invalidField(
        `${field}.${name}`,
        `is not there to be removed: ${unknownName(name, known, `one of ${field}`)}`,
        "not_found",
        unknownValues(name, known),
      );
    return Object.hasOwn(optionsOf(settings, field), name) ? { ...NOTHING, apart: "removed" } : undefined;
  }
  const before = group?.stored ?? apartOnly(ofName(ofField(all, field), name));
  const set = setOf(settings, field, name, before);
  const after: StoredGroup = { ...before, ...(await changeFields(set, before, to, tools)) };
  const meant = group === undefined ? meantBy(name, there) : undefined;
  requireWhole(definitionOf(settings, field), set, after, meant);
  if (group === undefined) noteEmpty(set, after, tools.note);
  if (meant !== undefined) {
    const text = `${field}.${name} is new; if ${meant} was meant, remove ${name} with false and change ${meant}.`;
    tools.note({ code: "group_new", values: { field: `${field}.${name}`, nearest: meant }, text });
  }
  return after;
}

// of eu-1 and eu-2 each is meant as it is written
function meantBy(name: string, there: readonly Group[]): string | undefined {
  const near = nearestName(
    name,
    there.map((each) => each.name),
  );
  return near === undefined || near.replaceAll(/\d/g, "") === name.replaceAll(/\d/g, "") ? undefined : near;
}

// what was removed and is made again begins with nothing
function apartOnly({ apart }: StoredGroup): StoredGroup {
  return apart === undefined ? NOTHING : { ...NOTHING, apart: "made again" };
}

function requireWhole(
  { required = [] }: SettingsGroup<Record<string, unknown>>,
  set: FieldSet,
  { values }: StoredGroup,
  meant: string | undefined,
): void {
  const whole: Readonly<Record<string, unknown>> = { ...set.defaults, ...values };
  const missing = required.find((field) => whole[field] === undefined);
  if (missing === undefined) return;
  const otherwise = meant === undefined ? "" : `; there is no such group yet: did you mean ${meant}?`;
  throw invalidField(pathOf(set, missing), `is missing; without it nothing of this group is kept${otherwise}`, "required");
}

function noteEmpty(set: FieldSet, { secrets }: StoredGroup, note: SecretTools["note"]): void {
  for (const field of set.secrets)
    if ((secrets[field] ?? []).length === 0) {
      const path = pathOf(set, field);
      note(missingNote(path, `${path} has no value yet: everything it protects is refused until one is added.`));
    }
}

function setOf(settings: ChannelSettings, field: string, name: string, { apart }: StoredGroup): FieldSet {
  const { schema, secrets } = definitionOf(settings, field);
  const options = optionsOf(settings, field);
  const defaults = apart === undefined && Object.hasOwn(options, name) ? (options[name] ?? {}) : {};
  return { schema, secrets, defaults, at: `${field}.${name}` };
}

function definitionOf(settings: ChannelSettings, field: string): SettingsGroup<Record<string, unknown>> {
  const groups: Readonly<Record<string, SettingsGroup<Record<string, unknown>> | undefined>> = settings.groups ?? {};
  const group = groups[field];
  if (group === undefined) throw invalidField(field, "holds no groups", "not_found");
  return group;
}

function optionsOf(settings: ChannelSettings, field: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return settings.defaults[field] ?? {};
}

function ofField(stored: StoredGroups | undefined, field: string): Groups {
  return stored !== undefined && Object.hasOwn(stored, field) ? (stored[field] ?? {}) : {};
}

function ofName(groups: Groups, name: string): StoredGroup {
  return Object.hasOwn(groups, name) ? (groups[name] ?? NOTHING) : NOTHING;
}
