import type { Environment, OutboundKind } from "@wadesk/core";
import { lazySchema, type RequestChannel, unprintedDefaults } from "@wadesk/core/ports";
import { adminCredentials } from "./api/credentials.ts";
import type { TwilioDetails, TwilioSecret } from "./details.ts";
import { SENTENCES } from "./errors/sentences.ts";
import { twilioWebhook } from "./inbound/webhook.ts";
import { twilioInput } from "./input/input.ts";
import type { TwilioInput } from "./input/twilio-input.ts";
import { missingSettings, readOptions, type Transport, type TwilioOptions, type TwilioSettings } from "./options.ts";
import { optionsFromEnv } from "./options-from-env.ts";
import { readRoute } from "./wire/address.ts";

/** The channel that `twilio()` makes. */
export type TwilioChannel = RequestChannel<"twilio", TwilioInput, TwilioDetails, TwilioSecret, TwilioSettings>;

/** Makes the channel. */
export interface Twilio {
  (options?: TwilioOptions): TwilioChannel;
  /**
   * Makes it with an account of the platform's own, from the environment: `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN` (the newest first, separated by commas,
   * while one is replaced); where they are set, `TWILIO_WEBHOOK_URL` and `TWILIO_API_URL`. An option counts over its variable, which need not be set then. Throws
   * `configuration_invalid`, which names what lacks; where every tenant brings an account, `twilio()` needs none. `environment` is `process.env` when absent.
   */
  fromEnv(options?: TwilioOptions, environment?: Environment): TwilioChannel;
}

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

// loaded with the first call
const late = (): Promise<typeof import("./late.ts")> => import("./late.ts");

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
    probe: {
      account: async (context) => (await late()).probeAccount(transport, context),
      webhook_url: async (context) => (await late()).probeWebhookUrl(context),
    },
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
export const twilio: Twilio = /* @__PURE__ */ Object.assign(makeTwilio, {
  fromEnv: (options: TwilioOptions = {}, environment?: Environment) => makeTwilio(optionsFromEnv(options, environment)),
});

function makeTwilio(options: TwilioOptions = {}): TwilioChannel {
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
    lent: ({ accountSid, authToken, senders }, workspaceId) =>
      accountSid === undefined || authToken.length === 0
        ? []
        : senders.flatMap((sender) => (sender.workspaceId === workspaceId ? [sender.number] : [])),
    connect: async (input, context) => (await late()).connectNumber(transport, input, context),
    files: {},
    line: (connection, context) => ({
      send: async (message) => (await late()).sendMessage(transport, connection, message, context),
      check: async () => (await late()).checkNumber(transport, connection, context),
      // connecting changes nothing at Twilio, so there is nothing to undo
      disconnect: async () => {},
      media: {
        open: async (reference, work) => (await late()).openMedia(transport, connection, reference, { ...context, ...work }),
      },
    }),
    webhook: twilioWebhook,
  };
}
