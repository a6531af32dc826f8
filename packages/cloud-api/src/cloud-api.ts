import type { Environment, OutboundKind } from "@wadesk/core";
import { lazySchema, type OperationTable, type RequestChannel, unprintedDefaults } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "./details.ts";
import { SENTENCES } from "./errors/sentences.ts";
import { metaWebhook, PLATFORM_PATHS } from "./inbound/webhook.ts";
import { optionsFromEnv } from "./options-from-env.ts";
import { manualInput } from "./input/input.ts";
import type { ManualInput } from "./input/manual-input.ts";
import { largest } from "./media/largest.ts";
import type { CloudApiOperations } from "./numbers/operations.ts";
import { type CloudApiOptions, type CloudApiSettings, missingSettings, readOptions, type Transport } from "./options.ts";

/** The channel that `cloudApi()` makes. */
export type CloudApiChannel = RequestChannel<"cloud-api", ManualInput, CloudApiDetails, CloudApiSecret, CloudApiSettings> & {
  /** What its numbers can do beyond every channel's. */
  readonly operations: OperationTable<CloudApiOperations, CloudApiDetails, CloudApiSecret, CloudApiSettings>;
};

/** Makes the channel. */
export interface CloudApi {
  (options?: CloudApiOptions): CloudApiChannel;
  /**
   * Makes it from the environment: `META_APP_ID`, `META_APP_SECRET` (the newest first, separated by commas, while one is replaced) and `META_VERIFY_TOKEN`; where
   * they are set, `META_CONFIG_ID`, `META_GRAPH_VERSION` and `META_GRAPH_URL`. An option counts over its variable, which need not be set then. Throws `configuration_invalid`, which
   * names what lacks. `environment` is `process.env` when absent.
   * @example
   * createWadesk.fromEnv({ channels: [cloudApi.fromEnv()], storage: sqliteStorage("wadesk.db") });
   */
  fromEnv(options?: CloudApiOptions, environment?: Environment): CloudApiChannel;
}

const CONTENT: ReadonlySet<OutboundKind> = new Set<OutboundKind>([
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "reaction",
  "template",
  "buttons",
  "list",
  "cta_url",
]);

// loaded with the first call
const late = (): Promise<typeof import("./late.ts")> => import("./late.ts");

function operationsOver(transport: Transport): CloudApiChannel["operations"] {
  return {
    requestCode: async (connection, context, ...given) => (await late()).requestCode({ transport, connection, context }, ...given),
    verifyCode: async (connection, context, ...given) => (await late()).verifyCode({ transport, connection, context }, ...given),
    register: async (connection, context, ...given) => (await late()).register({ transport, connection, context }, ...given),
    deregister: async (connection, context) => (await late()).deregister({ transport, connection, context }),
    setPin: async (connection, context, ...given) => (await late()).setPin({ transport, connection, context }, ...given),
    displayName: async (connection, context) => (await late()).displayName({ transport, connection, context }),
    profile: async (connection, context) => (await late()).readProfile({ transport, connection, context }),
    changeProfile: async (connection, context, ...given) => (await late()).changeProfile({ transport, connection, context }, ...given),
    subscribeMessages: async (connection, context) => (await late()).subscribeMessages({ transport, connection, context }),
    raw: async (connection, context, ...given) => (await late()).raw({ transport, connection, context }, ...given),
  };
}

function settingsOver(defaults: CloudApiSettings, transport: Transport): CloudApiChannel["settings"] {
  return unprintedDefaults<CloudApiSettings>({
    schema: lazySchema(() => import("./settings-schema.ts").then((file) => file.settingsSchema), {
      appId: true,
      appSecret: true,
      verifyToken: true,
      configId: true,
      graphVersion: true,
    }),
    defaults,
    secrets: ["appSecret", "verifyToken"],
    secretsBelongTo: { appSecret: "appId" },
    missing: missingSettings,
    probe: {
      app: async (context) => (await late()).probeApp(transport, context),
      graph_version: async (context) => (await late()).probeGraphVersion(transport, context),
      verify_token: async (context) => (await late()).probeVerifyToken(context),
      public_url: async (context) => (await late()).probePublicUrl(context),
      webhook: async (context) => (await late()).probeWebhook(transport, PLATFORM_PATHS, context),
    },
  });
}

/**
 * Meta's Cloud API as a channel. Throws `configuration_invalid` on options that cannot work.
 *
 * @example
 * ```ts
 * const wadesk = createWadesk({
 *   channels: [cloudApi({ appId: "…", appSecret: process.env.META_APP_SECRET, verifyToken: process.env.META_VERIFY_TOKEN })],
 *   storage: memoryStorage(),
 *   encryptionKeys: process.env.WADESK_ENCRYPTION_KEYS,
 * });
 * await wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken });
 * ```
 */
export const cloudApi: CloudApi = /* @__PURE__ */ Object.assign(makeCloudApi, {
  fromEnv: (options: CloudApiOptions = {}, environment?: Environment) => makeCloudApi(optionsFromEnv(options, environment)),
});

function makeCloudApi(options: CloudApiOptions = {}): CloudApiChannel {
  const { defaults, transport } = readOptions(options);
  return {
    spec: "v1",
    kind: "cloud-api",
    input: manualInput,
    settings: settingsOver(defaults, transport),
    content: CONTENT,
    sentences: SENTENCES,
    connect: async (input, context) => (await late()).connectManually(transport, input, context),
    files: { upload: { largest } },
    line: (connection, context) => ({
      send: async (message) => (await late()).sendMessage(transport, connection, message, context),
      check: async () => (await late()).checkNumber(transport, connection, context),
      disconnect: async () => (await late()).disconnectNumber(transport, connection, context),
      markRead: async (mark) => (await late()).markRead(transport, connection, mark, context),
      media: {
        open: async (reference, work) => (await late()).openMedia(transport, connection, reference, { ...context, ...work }),
        upload: async (file, work) => (await late()).uploadMedia(transport, connection, file, { ...context, ...work }),
      },
    }),
    operations: operationsOver(transport),
    webhook: metaWebhook,
    signup: {
      ready: ({ appId, appSecret, configId }) => appId !== undefined && appSecret.length > 0 && configId !== undefined,
      begin: async (state, context) => (await late()).beginSignup(transport, state, context),
      finish: async (code, kept, context) => (await late()).finishSignup(transport, code, kept, context),
      resume: async (answer, question, kept, context) => (await late()).resumeSignup(transport, answer, question, { kept, context }),
      goOn: async (kept, context) => (await late()).goOnSignup(transport, kept, context),
      connected: async (number, context) => (await late()).afterConnect(transport, number, context),
    },
  };
}
