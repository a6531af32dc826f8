import type { JsonSchema } from "../ports/schemas/schema.ts";
import type { RecordStore } from "../ports/stores/record-store.ts";

/** A set of settings as a form needs it. */
export interface SettingsForm {
  /** What may be set, as JSON Schema; nothing where the channel's library cannot tell. */
  readonly form: () => Promise<JsonSchema | undefined>;
  /** The fields that are secrets: lists of texts, of which a person adds and retires single ones. */
  readonly secrets: readonly string[];
}

/** What a screen is told of one installed channel. Nothing in it is of one workspace. */
export interface ScreenChannel {
  /** By which `connect` and the settings name it. */
  readonly kind: string;
  /** How many connections a workspace may have; absent for any number. */
  readonly maxPerWorkspace?: number;
  /** Whether a number is linked with the phone in the hand, so that no credentials are tried. */
  readonly linksPhone: boolean;
  /** Whether a workspace chooses one number to send from; elsewhere they share what is sent. */
  readonly hasPrimary: boolean;
  /** Whether the vendor has a dialog by which numbers are connected; `offers` says whether it can be opened. */
  readonly hasSignup: boolean;
  /** What `connect` takes. */
  readonly form: () => Promise<JsonSchema | undefined>;
  /** Its platform-wide settings, and the groups by name that stand in some of the fields. */
  readonly settings: SettingsForm & { readonly groups: Readonly<Record<string, SettingsForm & { readonly required: readonly string[] }>> };
}

/** What one workspace is offered on a channel, as the settings now are. */
export interface Offers {
  /** Whether the vendor's dialog can be opened. */
  readonly signup: boolean;
  /** The numbers, E.164 with the plus, that it may connect with the admin's credentials. */
  readonly lent: readonly string[];
  /** The names that a field of the input may be, such as the bridges that are configured, by the field. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

/** How many workspaces would be able to send on a channel. */
export interface Readiness {
  /** Those that have any connection, of whichever channel. */
  readonly workspaces: number;
  /** Those among them without a connected number on this one. */
  readonly unable: number;
  /** How many numbers are connected on this one. */
  readonly numbers: number;
}

/** What the handler of a screen needs of the client; `@wadesk/devices` is built on it. */
export interface ScreenPort {
  /** Every installed channel, in the order of the options. */
  readonly channels: readonly ScreenChannel[];
  /** Small values of a screen, between the processes that share a storage. Give each an end: nobody else forgets them. */
  readonly records: Pick<RecordStore, "get" | "set" | "insert">;
  /** Milliseconds since the epoch, by the clock that all processes share. */
  now(): number;
  /** What is missing for a channel to work, one English sentence each. Rejects with `channel_not_installed`. */
  missing(kind: string): Promise<readonly string[]>;
  /** What a workspace is offered on a channel. Rejects with `channel_not_installed`. */
  offers(kind: string, workspaceId: string): Promise<Offers>;
  /** Reads every connection of the platform once. Rejects with `channel_not_installed`. */
  readiness(kind: string): Promise<Readiness>;
}
