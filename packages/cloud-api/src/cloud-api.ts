import type { OutboundKind } from "@wadesk/core";
import { lazySchema, type RequestChannel, unprintedDefaults } from "@wadesk/core/ports";
import type { CloudApiDetails, CloudApiSecret } from "./details.ts";
import { SENTENCES } from "./errors/sentences.ts";
import { metaWebhook } from "./inbound/webhook.ts";
import { manualInput } from "./input/input.ts";
import type { ManualInput } from "./input/manual-input.ts";
import { largest } from "./media/largest.ts";
import { type CloudApiOptions, type CloudApiSettings, missingSettings, readOptions, type Transport } from "./options.ts";

/** The channel that `cloudApi()` makes. */
export type CloudApiChannel = RequestChannel<"cloud-api", ManualInput, CloudApiDetails, CloudApiSecret, CloudApiSettings>;

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

function settingsOver(defaults: CloudApiSettings, transport: Transport): CloudApiChannel["settings"] {
  return unprintedDefaults<CloudApiSettings>({
    schema: lazySchema(() => import("./settings-schema.ts").then((file) => file.settingsSchema), {
      appId: true,
      appSecret: true,
      verifyToken: true,
      graphVersion: true,
    }),
    defaults,
    secrets: ["appSecret", "verifyToken"],
    secretsBelongTo: { appSecret: "appId" },
    missing: missingSettings,
    probe: {
      app: async (context) => (await late()).probeApp(transport, context),
      verify_token: async (context) => (await late()).probeVerifyToken(context),
      public_url: async (context) => (await late()).probePublicUrl(context),
      webhook: async (context) => (await late()).probeWebhook(transport, metaWebhook.paths, context),
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
export function cloudApi(options: CloudApiOptions = {}): CloudApiChannel {
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
    webhook: metaWebhook,
  };
}
