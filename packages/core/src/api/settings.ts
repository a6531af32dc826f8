import type { Notice } from "../errors/notice.ts";
import type { AnyChannel, ChannelOf, SettingsOf } from "../ports/channel.ts";
import type { ProbeFinding } from "../ports/settings/probe.ts";
import type { GroupIn } from "../ports/settings/settings-groups.ts";

/** One secret as it may be shown: that it exists, since when, and by which id it is retired. */
export interface SecretMark {
  /** By which `retire` takes it out of force. */
  readonly id: string;
  /** Milliseconds since the epoch; absent for one that comes from the constructor's options. */
  readonly addedAt?: number;
  /** What it is a secret of, and counts for alone: the app's id or account that the settings named when it was added. */
  readonly of?: string;
}

/** How an admin changes a field that holds secrets. They are never read back. */
export type SecretChange =
  | {
      /** The secret itself, which counts from now on beside those that are there. */
      readonly add: string;
      /** The id of a secret, or several, as `read` shows them: from now on what it signed is refused. */
      readonly retire?: string | readonly string[];
    }
  | {
      /** The secret itself, which counts from now on beside those that are there. */
      readonly add?: string;
      /** The id of a secret, or several, as `read` shows them: from now on what it signed is refused. */
      readonly retire: string | readonly string[];
    };

/**
 * What an admin may change of a channel: plain values, or `undefined` to go back to the constructor's option; secrets by `add` and `retire`; groups by
 * their names, those that are not named staying as they are.
 */
export type SettingsChange<Values> = {
  readonly [Field in keyof Values]?: Values[Field] extends readonly string[]
    ? SecretChange
    : string extends keyof Values[Field]
      ? Readonly<Record<string, GroupChange<GroupIn<Values[Field]>>>>
      : Values[Field] | undefined;
};

/**
 * What becomes of one group: an object changes the fields that it names, and makes the group where there is none; `false` removes it with its secrets,
 * also one that the constructor's options name; `undefined` goes back to the options.
 */
export type GroupChange<Fields> = SettingsChange<Fields> | false | undefined;

/** A channel's settings with the secrets masked. */
export type SettingsView<Values> = {
  readonly [Field in keyof Values]: Values[Field] extends readonly string[]
    ? readonly SecretMark[]
    : string extends keyof Values[Field]
      ? Readonly<Record<string, SettingsView<GroupIn<Values[Field]>>>>
      : Values[Field];
};

/** What an admin is told of a change that counts, where something was mended or is still missing. */
export type SettingsNote =
  /** White space around what was given for `field` was removed. */
  | Notice<"space_removed", { readonly field: string }>
  /** The secrets of `field` have no value, or none of `of`, so what they protect is refused until one is added. */
  | Notice<"secret_missing", { readonly field: string; readonly of?: string }>
  /** The secret was in `field` already. */
  | Notice<"secret_known", { readonly field: string }>
  /** It was there already, and belongs to `of` from now on. */
  | Notice<"secret_moved", { readonly field: string; readonly of?: string }>
  /** The group of `field` is new, and `nearest` was there, which is spelt alike. */
  | Notice<"group_new", { readonly field: string; readonly nearest: string }>;

/** How the settings are tried. */
export interface ProbeOptions {
  /** How long one check may take, in milliseconds; 20 seconds when absent. */
  readonly withinMs?: number;
}

/** What a check of the settings found. */
export interface ProbeResult extends ProbeFinding {
  /** Which check, by the channel's name for it. */
  readonly check: string;
  /** What the words of the finding speak of. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** The admin's platform-wide settings. Stored values count over the constructor's options, for all processes at once. */
export interface Settings<List extends AnyChannel> {
  /** The channel that every workspace sends through and lists. */
  activeChannel(): Promise<List["kind"]>;
  /** Rejects with `channel_not_installed`. */
  setActiveChannel(kind: List["kind"]): Promise<void>;
  /** A channel's settings as they now stand, secrets as marks. Rejects with `channel_not_installed`. */
  read<Kind extends List["kind"]>(kind: Kind): Promise<SettingsView<SettingsOf<ChannelOf<List, Kind>>>>;
  /**
   * Adding a first secret keeps the constructor's own beside it until it is retired, so that nothing signed with it is refused meanwhile.
   * Groups change one by one: `{ bridges: { eu: { secrets: { add: "…" } } } }` touches nothing but that secret. All of a change counts, or none of it.
   * Answers the view and what was mended on the way, e.g. white space that was removed. Rejects with `input_invalid`.
   */
  change<Kind extends List["kind"]>(
    kind: Kind,
    change: SettingsChange<SettingsOf<ChannelOf<List, Kind>>>,
  ): Promise<{ readonly settings: SettingsView<SettingsOf<ChannelOf<List, Kind>>>; readonly notes: readonly SettingsNote[] }>;
  /** Calls the listener soon after any of the settings changed, by whichever process. The answer ends it. */
  watch(listener: () => Promise<void> | void): Promise<() => Promise<void>>;
  /**
   * Tries what is set: whether addresses answer, secrets match and the other side reaches back. Nothing is changed anywhere. A check that fails is a finding, and
   * so is one that takes too long; a channel that can try nothing answers an empty list.
   */
  probe(kind: List["kind"], options?: ProbeOptions): Promise<readonly ProbeResult[]>;
}
