import type { SecretMark, SettingsView } from "../api/settings.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { isObject, unknownFields } from "../fields/check-fields.ts";
import { invalid, invalidField } from "../fields/invalid.ts";
import type { AnyChannel } from "../ports/channel.ts";
import { channelOf } from "../ports/installed-channel.ts";
import type { RecordStore } from "../ports/stores/record-store.ts";
import type { PlatformSecret } from "../ports/webhook-source.ts";
import { readKind } from "../requests/read-requests.ts";
import type { Locks } from "../runtime/locks.ts";
import { shareReads } from "../runtime/share-reads.ts";
import type { Clock } from "../time/clock.ts";
import type { Vault } from "../vault/vault.ts";
import { named, nameFor, ownerName } from "./belonging.ts";
import { changeSecrets, type SecretTools } from "./change-secrets.ts";
import { optionId } from "./option-id.ts";
import {
  channelKey,
  PLATFORM,
  readSettings,
  type StoredSecret,
  type StoredSettings,
  settingBinding,
  writeSettings,
} from "./stored-settings.ts";
import { trimNote, trimStrings } from "./trim-strings.ts";
import { validate } from "./validate.ts";

/** Settings without their types by channel: what the engine works with. */
export interface SettingsStore {
  activeChannel(): Promise<string>;
  setActiveChannel(kind: string): Promise<void>;
  /** Opened: stored values over the constructor's options. For channels only. */
  resolve(kind: string): Promise<Record<string, unknown>>;
  /** Every secret of one field, opened, with what it belongs to; `resolve` has those alone that belong to what the settings name now. */
  secretsOf(kind: string, field: string): Promise<readonly PlatformSecret[]>;
  view(kind: string): Promise<SettingsView<Record<string, unknown>>>;
  change(kind: string, change: Record<string, unknown>): Promise<readonly string[]>;
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
  const opened = new Map<string, string>();
  // every webhook asks
  const storedOf = shareReads(parts.clock, (kind: string) => readSettings(records, channelKey(kind), NOTHING));

  const open = async (kind: string, field: string, { sealed }: StoredSecret): Promise<string> => {
    // the binding is part of it: a value copied into another field must not open there
    const name = `${settingBinding(kind, field)} ${sealed}`;
    const known = opened.get(name);
    if (known !== undefined) return known;
    const secret = await vault.open(sealed, settingBinding(kind, field));
    opened.set(name, secret);
    return secret;
  };
  const openAll = async (kind: string, field: string, stored: StoredSettings): Promise<readonly PlatformSecret[]> => {
    const { settings } = channelOf(channels, kind);
    const now = nameFor(settings, field, { ...settings.defaults, ...stored.values });
    const list = stored.secrets[field];
    if (list !== undefined) {
      return Promise.all(list.map(async (each) => ({ secret: await open(kind, field, each), ...named(ownerName(each, now)) })));
    }
    // a name that an admin has set stands before that of the options, and what was in force under it stays so
    const options: readonly string[] = settings.defaults[field] ?? [];
    return options.map((secret) => ({ secret, ...named(now) }));
  };
  const edit = async <Shape>(key: string, absent: Shape, work: (stored: Shape) => Promise<Shape>): Promise<void> => {
    await locks.during(`settings/${key}`, async (fence) => {
      const next = await work(await readSettings(records, key, absent));
      if (!(await writeSettings(records, key, next, fence))) throw new WadeskError("lease_lost");
    });
  };

  return {
    async activeChannel() {
      const { active } = await readSettings<{ active?: string }>(records, PLATFORM, {});
      return channelOf(channels, active ?? parts.initialChannel).kind;
    },
    async setActiveChannel(kind) {
      channelOf(channels, readKind(kind));
      await edit<{ active?: string }>(PLATFORM, {}, async (stored) => ({ ...stored, active: kind }));
    },
    async resolve(kind) {
      const { settings } = channelOf(channels, kind);
      const stored = await storedOf(kind);
      const values = { ...settings.defaults, ...stored.values };
      const secrets: Record<string, readonly string[]> = {};
      for (const field of settings.secrets) {
        const name = nameFor(settings, field, values);
        const list = await openAll(kind, field, stored);
        secrets[field] = list.filter(({ of }) => of === name).map(({ secret }) => secret);
      }
      return { ...values, ...secrets };
    },
    secretsOf: async (kind, field) => openAll(kind, field, await storedOf(kind)),
    async view(kind) {
      const { settings } = channelOf(channels, readKind(kind));
      const stored = await readSettings(records, channelKey(kind), NOTHING);
      const marks = settings.secrets.map((field): [string, SecretMark[]] => [
        field,
        (stored.secrets[field] ?? optionMarks(settings, field, stored)).map(({ id, addedAt, of }) => ({
          id,
          ...(addedAt !== undefined && { addedAt }),
          ...named(of),
        })),
      ]);
      return { ...settings.defaults, ...stored.values, ...Object.fromEntries(marks) };
    },
    async change(kind, change) {
      const { settings } = channelOf(channels, readKind(kind));
      if (!isObject(change)) throw invalidField("", "a change must be an object with the fields to change");
      // also one that is undefined: a misspelt field would not go back to its option
      const { fields: known } = settings.schema;
      const unknown = known === undefined ? [] : unknownFields(change, [...known, ...settings.secrets]);
      if (unknown.length > 0) throw invalid(unknown);
      const { value, fields } = trimStrings(change);
      const plain = Object.entries(value as object).filter(([field]) => !settings.secrets.includes(field));
      const given = Object.fromEntries(plain.filter(([, content]) => content !== undefined));
      const values = (await validate(settings.schema, given)) as object;
      const notes = fields.map(trimNote);
      // what is retired must not stay in memory
      opened.clear();
      await edit(channelKey(kind), NOTHING, async (stored) => {
        const kept = Object.fromEntries(Object.entries(stored.values).filter(([field]) => !plain.some(([name]) => name === field)));
        const before = { ...settings.defaults, ...stored.values };
        const after = { ...settings.defaults, ...kept, ...values };
        const tools: SecretTools = { ...parts, kind, before, after, note: (text) => void notes.push(text) };
        const secrets = await changeSecrets(settings, stored.secrets, change, tools);
        return { values: { ...kept, ...values }, secrets };
      });
      return notes;
    },
  };
}

function optionMarks(settings: AnyChannel["settings"], field: string, { values }: StoredSettings): readonly SecretMark[] {
  const secrets: readonly string[] = settings.defaults[field] ?? [];
  const of = nameFor(settings, field, { ...settings.defaults, ...values });
  return secrets.map((_, index) => ({ id: optionId(index), ...named(of) }));
}
