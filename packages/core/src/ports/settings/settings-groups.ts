import type { Schema } from "../schemas/schema.ts";

/**
 * What each group of a keyed field holds: the bridges of `bridges.<name>`, the apps of `apps.<name>`. The field is a record of groups by name in the
 * channel's `Settings`. A group's secrets are the group's own: under another name they are added anew.
 */
export interface SettingsGroup<Fields> {
  /** Checks one admin's change of one group, given as a partial object. */
  readonly schema: Schema<Partial<Fields>>;
  /** The fields that hold secrets, each an array of strings in `Fields`. */
  readonly secrets: readonly (keyof Fields & string)[];
  /** The plain fields without which a group cannot stand. */
  readonly required?: readonly (keyof Fields & string)[];
  /** The field of the channel's input that names one of them, such as the bridge of a phone; a screen offers the names. */
  readonly chosenBy?: string;
}

/** What a field of `Settings` holds under each name, where it is a record by name. */
export type GroupIn<Value> = string extends keyof Value ? Value[keyof Value & string] : never;

/** The groups of a channel's settings, by the field that holds them. */
export type SettingsGroups<Settings> = {
  readonly [Field in keyof Settings & string as string extends keyof Settings[Field] ? Field : never]: SettingsGroup<
    GroupIn<Settings[Field]>
  >;
};
