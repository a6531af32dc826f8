import { z } from "zod";
import { type Values, values } from "./problem.ts";
import { form, type WireForm } from "./setup.ts";

/** A set of settings as a form needs it. */
export interface WireSettingsForm {
  /** Absent where the channel's library of schemas cannot tell what may be set. */
  readonly form?: WireForm;
  /** The fields that hold secrets: shown as marks, changed by `add` and `retire`. */
  readonly secrets: readonly string[];
}

/** One channel's platform-wide settings. Secrets are marks of `id` and `addedAt`; no value of one ever leaves. */
export interface WireSettings extends WireSettingsForm {
  /** The channel's kind, which stands in the path of the handler. */
  readonly channel: string;
  /** Whether it is the one in force: exactly one of all installed is. */
  readonly active: boolean;
  /** What is in force, by the names of the form; a secret is a list of marks. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Settings that there may be several of, each set by its own name: its form, and the fields without which it is refused. */
  readonly groups: Readonly<Record<string, WireSettingsForm & { readonly required: readonly string[] }>>;
  /** What is missing for it to work, one English sentence each. */
  readonly missing: readonly string[];
  /** Where the vendor is to call, whole and with https where the public URL has it; none where no public URL is set. */
  readonly addresses: readonly string[];
}

const settingsForm = { form: form.exactOptional(), secrets: z.array(z.string()) };

/** The schema of {@link WireSettings}. */
export const settings: z.ZodType<WireSettings> = z.strictObject({
  channel: z.string(),
  active: z.boolean(),
  values: z.record(z.string(), z.unknown()).meta({ description: "A secret is a mark of `id` and `addedAt`, and never its value." }),
  ...settingsForm,
  groups: z.record(z.string(), z.strictObject({ ...settingsForm, required: z.array(z.string()) })),
  missing: z.array(z.string()),
  addresses: z.array(z.string()),
});

/** The settings of every installed channel. */
export interface WireAllSettings {
  /** The kind of the one in force. */
  readonly channel: string;
  /** Every one that is installed, in the order in which the client was given them. */
  readonly channels: readonly WireSettings[];
}

/** The schema of {@link WireAllSettings}. */
export const allSettings: z.ZodType<WireAllSettings> = z.strictObject({ channel: z.string(), channels: z.array(settings) });

/** What became of a change. */
export interface WireChanged {
  /** As they are after it. */
  readonly settings: WireSettings;
  /** What the change has done or left undone beside what was asked, for the operator to read; often none. */
  readonly notes: readonly { readonly code: string; readonly values?: Values; readonly text: string }[];
}

const notice = { code: z.string(), values: values.exactOptional(), text: z.string() };

/** The schema of {@link WireChanged}. */
export const changed: z.ZodType<WireChanged> = z.strictObject({ settings, notes: z.array(z.strictObject(notice)) });

/** What an operator changes: plain values, or `null` to go back to the options; secrets by `add` and `retire`; groups by their names. */
export interface SettingsBody {
  /** By the names of the channel's form. All of it is taken or, where one field is wrong, none. */
  readonly change: Readonly<Record<string, unknown>>;
}

/** The schema of {@link SettingsBody}. */
export const settingsBody: z.ZodType<SettingsBody> = z.strictObject({
  change: z.record(z.string(), z.unknown()).meta({
    description:
      "Plain values, or `null` to go back to the application's own; secrets as `{ add, retire }`; groups by name, `false` to remove one.",
    writeOnly: true,
  }),
});

/** The channel that is to be in force. */
export interface ActiveBody {
  /** The kind of one that is installed; any other is refused and the one in force stays. */
  readonly channel: string;
}

/** The schema of {@link ActiveBody}. */
export const activeBody: z.ZodType<ActiveBody> = z.strictObject({ channel: z.string().min(1) });

/** How many workspaces have connections, and how many of them could not send on a channel. */
export interface WireReadiness {
  /** The kind that was asked about, in force or not. */
  readonly channel: string;
  /** Those that have any connection, of whichever channel. */
  readonly workspaces: number;
  /** Those among them without a connected number on this channel. */
  readonly unable: number;
  /** How many numbers are connected on it. */
  readonly numbers: number;
}

/** The schema of {@link WireReadiness}. */
export const readiness: z.ZodType<WireReadiness> = z.strictObject({
  channel: z.string(),
  workspaces: z.number(),
  unable: z.number(),
  numbers: z.number(),
});

/** What a self-check found. */
export interface WireFindings {
  /** One for each thing that was tried; `text` says what is so and, where `ok` is false, what to do. */
  readonly findings: readonly {
    readonly check: string;
    readonly ok: boolean;
    readonly code: string;
    readonly values?: Values;
    readonly text: string;
  }[];
}

/** The schema of {@link WireFindings}. */
export const findings: z.ZodType<WireFindings> = z.strictObject({
  findings: z.array(z.strictObject({ check: z.string(), ok: z.boolean(), ...notice })),
});
