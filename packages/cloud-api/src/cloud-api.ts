import type { OutboundKind } from "@wadesk/core";
import { lazySchema, type RequestChannel, unprintedDefaults } from "@wadesk/core/ports";
import { checkNumber } from "./connect/check.ts";
import { disconnectNumber } from "./connect/disconnect.ts";
import { connectManually } from "./connect/manual.ts";
import type { CloudApiDetails, CloudApiSecret } from "./details.ts";
import { SENTENCES } from "./errors/sentences.ts";
import { metaWebhook } from "./inbound/webhook.ts";
import { manualInput } from "./input/input.ts";
import type { ManualInput } from "./input/manual-input.ts";
import { largest } from "./media/largest.ts";
import { type CloudApiOptions, type CloudApiSettings, missingSettings, readOptions, type Transport } from "./options.ts";
import { markRead, sendMessage } from "./outbound/send.ts";
import { settingsProbe } from "./probe/settings-probe.ts";

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
    probe: settingsProbe(transport),
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
    connect: (input, context) => connectManually(transport, input, context),
    files: { upload: { largest } },
    line: (connection, context) => ({
      send: (message) => sendMessage(transport, connection, message, context),
      check: () => checkNumber(transport, connection, context),
      disconnect: () => disconnectNumber(transport, connection, context),
      markRead: (mark) => markRead(transport, connection, mark, context),
      // loaded with the first file
      media: {
        open: async (reference, work) =>
          (await import("./media/open.ts")).openMedia(transport, connection, reference, { ...context, ...work }),
        upload: async (file, work) => (await import("./media/upload.ts")).uploadMedia(transport, connection, file, { ...context, ...work }),
      },
    }),
    webhook: metaWebhook,
  };
}
