import type { OutboundKind } from "@wadesk/core";
import { lazySchema, type RequestChannel, unprintedDefaults } from "@wadesk/core/ports";
import { adminCredentials } from "./api/credentials.ts";
import { checkNumber } from "./connect/check.ts";
import { connectNumber } from "./connect/connect.ts";
import { settingsProbe } from "./connect/probe.ts";
import type { TwilioDetails, TwilioSecret } from "./details.ts";
import { SENTENCES } from "./errors/sentences.ts";
import { twilioWebhook } from "./inbound/webhook.ts";
import { twilioInput } from "./input/input.ts";
import type { TwilioInput } from "./input/twilio-input.ts";
import { missingSettings, readOptions, type Transport, type TwilioOptions, type TwilioSettings } from "./options.ts";
import { sendMessage } from "./outbound/send.ts";
import { readRoute } from "./wire/address.ts";

/** The channel that `twilio()` makes. */
export type TwilioChannel = RequestChannel<"twilio", TwilioInput, TwilioDetails, TwilioSecret, TwilioSettings>;

const CONTENT: ReadonlySet<OutboundKind> = new Set<OutboundKind>([
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "template",
]);

function settingsOver(defaults: TwilioSettings, transport: Transport): TwilioChannel["settings"] {
  return unprintedDefaults<TwilioSettings>({
    schema: lazySchema(() => import("./settings-schema.ts").then((file) => file.settingsSchema), {
      accountSid: true,
      authToken: true,
      senders: true,
      webhookUrl: true,
    }),
    defaults,
    secrets: ["authToken"],
    secretsBelongTo: { authToken: "accountSid" },
    missing: missingSettings,
    probe: settingsProbe(transport),
  });
}

/**
 * Twilio's WhatsApp senders as a channel. Throws `configuration_invalid` on options that cannot work.
 *
 * @example
 * ```ts
 * const wadesk = createWadesk({
 *   channels: [twilio()],
 *   storage: memoryStorage(),
 *   encryptionKeys: process.env.WADESK_ENCRYPTION_KEYS,
 *   publicUrl: "https://chat.example.com", // Twilio signs the address it calls
 * });
 * await wadesk.workspace("acme").connect("twilio", { mode: "production", accountSid, authToken, from: "+15550100001" });
 * ```
 */
export function twilio(options: TwilioOptions = {}): TwilioChannel {
  const { defaults, transport } = readOptions(options);
  return {
    spec: "v1",
    kind: "twilio",
    input: twilioInput,
    settings: settingsOver(defaults, transport),
    content: CONTENT,
    sentences: SENTENCES,
    maxPerWorkspace: 1,
    movable: true,
    // what is typed in belongs to who typed it; what is inherited, to whom the admin assigns it
    entitled: ({ details, route, workspaceId }, settings) => {
      const place = readRoute(route);
      if (details.inherited !== true || place === undefined) return true;
      return adminCredentials(settings, { workspaceId, number: place.number })?.accountSid === place.accountSid;
    },
    connect: (input, context) => connectNumber(transport, input, context),
    files: {},
    line: (connection, context) => ({
      send: (message) => sendMessage(transport, connection, message, context),
      check: () => checkNumber(transport, connection, context),
      // connecting changes nothing at Twilio, so there is nothing to undo
      disconnect: async () => {},
      media: {
        // loaded with the first file
        open: async (reference, work) =>
          (await import("./media/open.ts")).openMedia(transport, connection, reference, { ...context, ...work }),
      },
    }),
    webhook: twilioWebhook,
  };
}
