import { type AnyChannel, WadeskError } from "@wadesk/core";
import { type ChannelSettings, lazySchema, type ProbeFinding, type WebhookSource } from "@wadesk/core/ports";
import { type SettingsUnderTest, settingsContract, settingsPromises } from "@wadesk/testing/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type AppsSettings, echoApps } from "../journeys/world/echo-apps.ts";

const SECRET = "app-secret-of-eu";
const PLATFORM_SECRET = "secret-of-the-platform";

interface PlatformSettings extends AppsSettings {
  readonly account?: string;
  readonly hookSecret: readonly string[];
}

type Settings = ChannelSettings<PlatformSettings>;
type Source = WebhookSource<AppsSettings>;

const texts = z.array(z.string().min(1, "must not be empty"));

function settings(): Settings {
  return {
    schema: lazySchema(async () => z.strictObject({ account: z.string().exactOptional(), hookSecret: texts.exactOptional() }), {
      account: true,
      hookSecret: true,
      apps: true,
    }),
    defaults: { account: "1", hookSecret: [PLATFORM_SECRET], apps: { eu: { secrets: [SECRET] } } },
    secrets: ["hookSecret"],
    secretsBelongTo: { hookSecret: "account" },
    groups: {
      apps: { schema: lazySchema(async () => z.strictObject({ secrets: texts.exactOptional() }), { secrets: true }), secrets: ["secrets"] },
    },
    missing: ({ hookSecret }) => (hookSecret.length > 0 ? [] : ["no hook secret is set, so every webhook is refused"]),
    probe: {
      async account({ fetch, signal }) {
        try {
          await fetch("https://echo.example.com/account", { signal });
        } catch {
          throw new WadeskError("provider_unavailable");
        }
        return [{ ok: true, code: "account_answers", values: { account: "1" }, text: "the account answers and is yours" }];
      },
    },
  };
}

function source(): Source {
  const { webhook } = echoApps();
  if (webhook === undefined) throw new Error("the echo channel receives nothing");
  return webhook;
}

interface World {
  readonly settings?: Partial<Settings>;
  readonly webhook?: Partial<Source>;
}

const world = ({ settings: other, webhook }: World = {}): SettingsUnderTest => ({
  channel: { ...echoApps(), settings: { ...settings(), ...other }, webhook: { ...source(), ...webhook } } as AnyChannel,
  fetch: async () => new Response("{}"),
  secrets: [SECRET, PLATFORM_SECRET],
});

settingsContract("an echo vendor with many apps", async () => world());

const anything = lazySchema<object>(async () => z.looseObject({}));

const heedless = async ({ fetch }: { readonly fetch: typeof globalThis.fetch }): Promise<readonly ProbeFinding[]> => {
  await fetch("https://echo.example.com");
  return [];
};

/** Settings that break one promise each: what they do, which promise it is, and how. */
const FLAWS: readonly (readonly [string, keyof typeof settingsPromises, World])[] = [
  ["take whatever is set", "refuse a field that they do not know, by its name, in each group too", { settings: { schema: anything } }],
  [
    "take whatever is set in a group",
    "refuse a field that they do not know, by its name, in each group too",
    { settings: { groups: { apps: { schema: anything, secrets: ["secrets"] } } } },
  ],
  [
    "take an empty secret",
    "take the secrets that work as a list, and refuse an empty one by its field",
    { settings: { schema: lazySchema(async () => z.looseObject({ hookSecret: z.array(z.string()).exactOptional() })) } },
  ],
  [
    "keep a secret that is no list",
    "take the secrets that work as a list, and refuse an empty one by its field",
    { settings: { defaults: { ...settings().defaults, hookSecret: PLATFORM_SECRET as unknown as readonly string[] } } },
  ],
  [
    "name a secret as what a secret belongs to",
    "say what a secret is a secret of by a plain field",
    { settings: { secretsBelongTo: { hookSecret: "hookSecret" } } },
  ],
  [
    "say of a secret that is missing what stands there",
    "have a sentence for what is missing, which holds no secret",
    { settings: { missing: ({ apps }) => [`the hook secret is missing beside ${apps.eu?.secrets[0]} of the app`] } },
  ],
  [
    "say what is missing in one word",
    "have a sentence for what is missing, which holds no secret",
    { settings: { missing: () => ["hookSecret"] } },
  ],
  [
    "show the secret that was tried",
    "are tried by checks that answer a code, plain values and a sentence, and no secret",
    { settings: { probe: { app: async () => [{ ok: true, code: "secret_matches", text: `the secret ${SECRET} is the app's` }] } } },
  ],
  [
    "answer a sentence in place of a code",
    "are tried by checks that answer a code, plain values and a sentence, and no secret",
    { settings: { probe: { app: async () => [{ ok: false, code: "Not found", text: "the app was not found at the vendor" }] } } },
  ],
  [
    "throw what fetch threw",
    "are found wanting by a check, or it fails with a code, when nobody can be reached",
    { settings: { probe: { app: heedless } } },
  ],
  ["wait on when nobody does", "are tried no longer than their checks are waited for", { settings: { probe: { app: heedless } } }],
  [
    "let every app be verified by the platform's secret",
    "pick the secrets by what stands in the path, where a path has a name, and none for what nobody has",
    { webhook: { secretsFor: async () => [{ secret: SECRET, speaker: "echo:app:eu" }] } },
  ],
];

describe("the settings contract", () => {
  it.each(FLAWS)("is failed by settings that %s: %s", async (_flaw, promise, flaw) => {
    await expect(settingsPromises[promise]?.(world(flaw))).rejects.toThrow();
  });

  it("has settings that break each of its promises", () => {
    expect(new Set(FLAWS.map(([, promise]) => promise))).toEqual(new Set(Object.keys(settingsPromises)));
  });
});
