import type { SettingsNote, SettingsView } from "../api/settings.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { isObject } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { RecordStore } from "../ports/stores/record-store.ts";
import type { PlatformSecret } from "../ports/webhook-source.ts";
import { readKind } from "../requests/read-requests.ts";
import type { Locks } from "../runtime/locks.ts";
import { shareReads } from "../runtime/share-reads.ts";
import type { Clock } from "../time/clock.ts";
import type { Vault } from "../vault/vault.ts";
import { changeFields, type OpenSecret, openField, readFields, resolveFields, viewFields } from "./fields.ts";
import { byName, changeGroups, groupFields, groupsOf, readGroups } from "./groups.ts";
import {
  channelKey,
  PLATFORM,
  readSettings,
  type StoredSecret,
  type StoredSettings,
  settingBinding,
  writeSettings,
} from "./stored-settings.ts";

/** Settings without their types by channel: what the engine works with. */
export interface SettingsStore {
  activeChannel(): Promise<string>;
  setActiveChannel(kind: string): Promise<void>;
  /** Opened: stored values over the constructor's options. For channels only. */
  resolve(kind: string): Promise<Record<string, unknown>>;
  /** Every secret of one field, opened, with what it belongs to; `resolve` has those alone that belong to what the settings name now. */
  secretsOf(kind: string, field: string): Promise<readonly PlatformSecret[]>;
  view(kind: string): Promise<SettingsView<Record<string, unknown>>>;
  change(kind: string, change: Record<string, unknown>): Promise<readonly SettingsNote[]>;
}

/** What a settings store is built from. */
export interface SettingsParts {
  readonly channels: ReadonlyMap<string, AnyChannel>;
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly locks: Locks;
  readonly initialChannel: string;
  readonly clock: Clock;
  readonly now: () => number;
  readonly randomId: () => string;
}

const NOTHING: StoredSettings = { values: {}, secrets: {} };

/** Keeps the admin's settings in a record store. */
export function createSettingsStore(parts: SettingsParts): SettingsStore {
  const { channels, records, vault, locks } = parts;
  const opened = new Map<string, Promise<string>>();
  // every webhook asks
  const storedOf = shareReads(parts.clock, (kind: string) => readSettings(records, channelKey(kind), NOTHING));

  // every message that goes out asks
  const platformOf = shareReads(parts.clock, (key: string) => readSettings<{ active?: string }>(records, key, {}));

  // those that come at once, such as forged webhooks at a new process, share it
  const open = (kind: string, path: string, { sealed }: StoredSecret): Promise<string> => {
    // the binding is part of it: a value copied into another field must not open there
    const name = `${settingBinding(kind, path)} ${sealed}`;
    const known = opened.get(name);
    if (known !== undefined) return known;
    const opening = vault.open(sealed, settingBinding(kind, path));
    opened.set(name, opening);
    // a key may come back, and then it opens
    opening.catch(() => opened.delete(name));
    return opening;
  };
  const edit = async <Shape>(key: string, absent: Shape, work: (stored: Shape) => Promise<Shape>): Promise<void> => {
    await locks.during(`settings/${key}`, async (fence) => {
      const next = await work(await readSettings(records, key, absent));
      if (!(await writeSettings(records, key, next, fence))) throw new WadeskError("lease_lost");
    });
  };

  return {
    async activeChannel() {
      const { active } = await platformOf(PLATFORM);
      return channelOf(channels, active ?? parts.initialChannel).kind;
    },
    async setActiveChannel(kind) {
      channelOf(channels, readKind(kind));
      await edit<{ active?: string }>(PLATFORM, {}, async (stored) => ({ ...stored, active: kind }));
    },
    async resolve(kind) {
      const { settings } = channelOf(channels, kind);
      const stored = await storedOf(kind);
      const openSecret: OpenSecret = (path, secret) => open(kind, path, secret);
      const own = await resolveFields(settings, stored, openSecret);
      for (const field of groupFields(settings)) {
        const groups = groupsOf(settings, field, stored.groups);
        own[field] = byName(
          await Promise.all(groups.map(async (group) => [group.name, await resolveFields(group.set, group.stored, openSecret)] as const)),
        );
      }
      return own;
    },
    async secretsOf(kind, field) {
      const { settings } = channelOf(channels, kind);
      return openField(settings, field, await storedOf(kind), (path, secret) => open(kind, path, secret));
    },
    async view(kind) {
      const { settings } = channelOf(channels, readKind(kind));
      const stored = await readSettings(records, channelKey(kind), NOTHING);
      const groups = groupFields(settings).map((field) => {
        const views = groupsOf(settings, field, stored.groups).map(({ name, set, stored }) => [name, viewFields(set, stored)] as const);
        return [field, Object.fromEntries(views)] as const;
      });
      return { ...viewFields(settings, stored), ...Object.fromEntries(groups) };
    },
    async change(kind, change) {
      const { settings } = channelOf(channels, readKind(kind));
      if (!isObject(change))
        throw invalidField("", "a change must be an object with the fields to change", "wrong_type", { expected: "object" });
      const own = await readFields(settings, change, groupFields(settings));
      const steps = await readGroups(settings, change);
      const notes = [...own.notes, ...steps.flatMap(({ to }) => (typeof to === "object" ? to.notes : []))];
      // what is retired must not stay in memory
      opened.clear();
      await edit(channelKey(kind), NOTHING, async (stored) => {
        const tools = { ...parts, kind, note: (told: SettingsNote) => void notes.push(told) };
        const next = await changeFields(settings, stored, own, tools);
        const groups = steps.length === 0 ? stored.groups : await changeGroups(settings, stored.groups, steps, tools);
        return { ...next, ...(groups !== undefined && { groups }) };
      });
      return notes;
    },
  };
}
