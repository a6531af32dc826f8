import { setImmediate } from "node:timers/promises";
import { inspect } from "node:util";
import { type AnyChannel, isWadeskError } from "@wadesk/core";
import type { ProbeContext, ProbeFinding, Schema, SecretsContext } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { recordingLogger } from "../recording-logger.ts";

/** A channel whose settings are under test. */
export interface SettingsUnderTest {
  /** Made with settings that work, groups among them where it has groups. */
  readonly channel: AnyChannel;
  /** Reaches the vendor, or its fake. */
  readonly fetch: typeof fetch;
  /** The texts in the settings that must never show. */
  readonly secrets: readonly string[];
}

/** One promise of a channel's settings. Rejects where it is broken. */
export type SettingsPromise = (world: SettingsUnderTest) => Promise<void>;

const UNKNOWN = "surelyNobodysField";
const NOBODY = "nobodys-name";
/** Enough for a package that is loaded on first use. */
const MOST_TURNS = 10_000;

/** What the settings of every channel promise, one by one, for those who ask in a way of their own. */
export const settingsPromises: Readonly<Record<string, SettingsPromise>> = {
  "refuse a field that they do not know, by its name, in each group too": async (world) => {
    for (const { schema } of placesOf(world)) expect(await refused(schema, { [UNKNOWN]: "x" })).toContain(UNKNOWN);
  },
  "take the secrets that work as a list, and refuse an empty one by its field": async (world) => {
    for (const { schema, secrets, holds } of placesOf(world)) {
      for (const field of secrets) {
        const texts = holds[field];
        expect(Array.isArray(texts)).toBe(true);
        if (Array.isArray(texts) && texts.length > 0) expect(await refused(schema, { [field]: texts })).toEqual([]);
        expect(await refused(schema, { [field]: [""] })).toContain(field);
      }
    }
  },
  "say what a secret is a secret of by a plain field": async ({ channel: { settings } }) => {
    for (const [field, named] of Object.entries(settings.secretsBelongTo ?? {})) {
      expect(settings.secrets).toContain(field);
      expect([...settings.secrets, ...Object.keys(settings.groups ?? {})]).not.toContain(named);
      expect(await refused(settings.schema, { [String(named)]: [] })).toEqual([named]);
    }
  },
  "have a sentence for what is missing, which holds no secret": async (world) => {
    const { settings } = world.channel;
    const bare = Object.fromEntries(settings.secrets.map((field) => [field, []]));
    for (const given of [settings.defaults, { ...settings.defaults, ...bare }]) {
      const sentences = settings.missing?.(given, 1_780_000_000_000) ?? [];
      expect(sentences.filter((sentence) => sentence.split(" ").length < 4)).toEqual([]);
      expectNoSecret(world, sentences);
    }
  },
  "are tried by checks that answer a code, plain values and a sentence, and no secret": async (world) => {
    for (const [, check] of checksOf(world)) {
      for (const finding of await check(contextOf(world))) {
        expect(finding.code).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
        expect(finding.text.split(" ").length).toBeGreaterThan(3);
        expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
        for (const value of Object.values(finding.values ?? {})) expect(["string", "number"]).toContain(typeof value);
        expectNoSecret(world, finding);
      }
    }
  },
  "are found wanting by a check, or it fails with a code, when nobody can be reached": async (world) => {
    const context = contextOf(world, { fetch: () => Promise.reject(new TypeError("fetch failed")) });
    for (const [, check] of checksOf(world)) {
      const ended = await check(context).catch((error: unknown) => error);
      if (!isFindings(ended)) expect([isWadeskError(ended), inspect(ended)]).toEqual([true, inspect(ended)]);
      expectNoSecret(world, ended);
    }
  },
  "are tried no longer than their checks are waited for": async (world) => {
    for (const [name, check] of checksOf(world)) {
      const controller = new AbortController();
      let asked = false;
      // an answer that never comes, unless whoever waits gives up
      const silent: typeof fetch = (address, init) =>
        new Promise((_resolve, reject) => {
          asked = true;
          const { signal } = new Request(address, init);
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      let ended = false;
      const end = (): void => {
        ended = true;
      };
      check(contextOf(world, { fetch: silent, signal: controller.signal })).then(end, end);
      await turnsUntil(() => asked || ended);
      controller.abort();
      await turnsUntil(() => ended);
      expect([name, ended]).toEqual([name, true]);
    }
  },
  "pick the secrets by what stands in the path, where a path has a name, and none for what nobody has": async (world) => {
    const { webhook } = world.channel;
    for (const path of webhook?.paths ?? []) {
      if (!path.includes("/:")) continue;
      const secrets = await webhook?.secretsFor(undefined, secretsContext(world, NOBODY));
      expect(secrets).toEqual([]);
      expect((await webhook?.verifyTokens?.(secretsContext(world, NOBODY))) ?? []).toEqual([]);
    }
  },
};

/** What the settings of every channel promise core. Call it once from the channel's own test file; `open` makes a fresh vendor each time. */
export function settingsContract(name: string, open: () => Promise<SettingsUnderTest>): void {
  describe(`${name}: its settings`, () => {
    it.each(Object.entries(settingsPromises))("%s", async (_promise, holds) => holds(await open()));
  });
}

/** The settings themselves, and each of their groups. */
interface Place {
  readonly schema: Schema<unknown>;
  readonly secrets: readonly string[];
  readonly holds: Readonly<Record<string, unknown>>;
}

function placesOf({ channel: { settings } }: SettingsUnderTest): readonly Place[] {
  const defaults = settings.defaults as Readonly<Record<string, unknown>>;
  const own: Place = { schema: settings.schema, secrets: settings.secrets, holds: defaults };
  const groups = Object.entries(settings.groups ?? {}) as readonly (readonly [string, Omit<Place, "holds">])[];
  const inside = groups.flatMap(([field, { schema, secrets }]) =>
    Object.values(defaults[field] as Readonly<Record<string, Place["holds"]>>).map((holds) => ({ schema, secrets, holds })),
  );
  return [own, ...inside];
}

/** The fields that a schema refuses in a value. */
async function refused(schema: Schema<unknown>, value: unknown): Promise<readonly string[]> {
  const result = await schema["~standard"].validate(value);
  return "issues" in result ? [...new Set(result.issues.map(({ path = [] }) => String(path[0])))] : [];
}

/** Gives the event loop its turns until something is so, or clearly never will be. */
async function turnsUntil(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS && !holds(); turn += 1) await setImmediate();
}

type Check = (context: ProbeContext<unknown>) => Promise<readonly ProbeFinding[]>;

function checksOf({ channel }: SettingsUnderTest): readonly (readonly [string, Check])[] {
  return Object.entries((channel.settings.probe ?? {}) as Readonly<Record<string, Check>>);
}

function contextOf(world: SettingsUnderTest, partial: Partial<ProbeContext<unknown>> = {}): ProbeContext<unknown> {
  return {
    settings: async () => world.channel.settings.defaults as unknown,
    publicUrl: new URL("https://chat.example.com"),
    publicAddress: "https://chat.example.com",
    fetch: world.fetch,
    now: () => 1_700_000_000_000,
    log: recordingLogger().log,
    signal: new AbortController().signal,
    ...partial,
  };
}

function secretsContext(world: SettingsUnderTest, parameter: string): SecretsContext<unknown> {
  return {
    ...contextOf(world),
    parameter,
    platformSecrets: async () => [],
    connectionSecrets: async () => [],
    connectionTokens: async () => [],
  };
}

function isFindings(value: unknown): value is readonly ProbeFinding[] {
  return Array.isArray(value);
}

function expectNoSecret({ secrets }: SettingsUnderTest, shown: unknown): void {
  const text = inspect(shown, { depth: 20, showHidden: true });
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}
