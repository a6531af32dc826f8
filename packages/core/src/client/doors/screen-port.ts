import type { ScreenChannel, ScreenPort, SettingsForm } from "../../api/screen-port.ts";
import type { AnyChannel } from "../../ports/channel.ts";
import type { Schema } from "../../ports/schemas/schema.ts";
import type { Storage } from "../../ports/stores/storage.ts";
import type { Work } from "../work.ts";

// so that nothing of a screen is mistaken for a record of core's own
const NAMESPACE = "screen/";

/** What a screen is told and may keep; what reads anything is loaded with the first call. */
export function createScreenPort(
  channels: ReadonlyMap<string, AnyChannel>,
  { records }: Storage,
  now: () => number,
  work: Work,
): ScreenPort {
  return {
    channels: [...channels.values()].map(screenChannel),
    records: {
      get: (namespace, keys) => records.get(NAMESPACE + namespace, keys),
      set: (namespace, changes, fence) => records.set(NAMESPACE + namespace, changes, fence),
      insert: (namespace, key, value, expiresAt) => records.insert(NAMESPACE + namespace, key, value, expiresAt),
    },
    now,
    async missing(kind) {
      const { engine, missingOf } = await work();
      return missingOf(engine, kind);
    },
    async offers(kind, workspaceId) {
      const { engine, offers } = await work();
      return offers(engine, kind, workspaceId);
    },
    async readiness(kind) {
      const { engine, readiness } = await work();
      return readiness(engine, kind);
    },
  };
}

function screenChannel({ kind, input, settings, maxPerWorkspace, session, phoneLimitMs, numbers, signup }: AnyChannel): ScreenChannel {
  const groups = Object.entries(settings.groups ?? {}).map(([name, group]) => {
    const { schema, secrets = [], required = [] } = group ?? {};
    return [name, { ...settingsForm(schema, secrets), required }] as const;
  });
  return {
    kind,
    ...(maxPerWorkspace !== undefined && { maxPerWorkspace }),
    // the session of a phone may be kept elsewhere, by a bridge
    linksPhone: session !== undefined || phoneLimitMs !== undefined,
    hasPrimary: numbers === undefined,
    hasSignup: signup !== undefined,
    form: formOf(input),
    settings: { ...settingsForm(settings.schema, settings.secrets), groups: Object.fromEntries(groups) },
  };
}

function settingsForm(schema: Schema<unknown> | undefined, secrets: readonly string[]): SettingsForm {
  return { form: formOf(schema), secrets };
}

function formOf(schema: Pick<Schema<unknown>, "form"> | undefined): ScreenChannel["form"] {
  return async () => schema?.form?.();
}
