import type { Environment } from "@wadesk/core";
import { lazySchema, readEnvironment, type SessionChannel, steadyNumbers } from "@wadesk/core/ports";
import { CONTENT, EXTRAS, FALLBACKS, largest, SILENCE_LIMIT_MS } from "./abilities.ts";
import { bridgedChannel } from "./bridge-remote/bridged-channel.ts";
import type { BridgedChannel, BridgedOptions } from "./bridge-remote/bridged-options.ts";
import { PHONE_LIMIT_MS } from "./closing/phone-limit.ts";
import type { UnofficialDetails, UnofficialSecret } from "./details.ts";
import type { UnofficialInput } from "./input/unofficial-input.ts";
import { readLimits, readOptions, type UnofficialOptions, type UnofficialSettings } from "./options.ts";

/** The channel that `unofficial()` makes. */
export type UnofficialChannel = SessionChannel<"unofficial", UnofficialInput, UnofficialDetails, UnofficialSecret, UnofficialSettings>;

/** How many log in at once: with slow signatures each takes 20 ms of the event loop, with fast ones 7. */
const FAST_LOGINS = 16;
const SLOW_LOGINS = 8;

/** Makes the channel. */
export interface Unofficial {
  /**
   * WhatsApp Web as a channel: a phone is linked by QR or by code, and its session is kept open by the process that runs `start()`. Needs
   * `@whiskeysockets/baileys` 7.0.0-rc14 or newer beside it, which is loaded with the first session. Throws `configuration_invalid` on options that cannot work.
   *
   * @example
   * ```ts
   * const wadesk = createWadesk({ channels: [unofficial()], storage, encryptionKeys });
   * await wadesk.start();
   * const linking = wadesk.workspace("acme").connect("unofficial", { phone: "+15550001111", method: "qr" });
   * for await (const step of linking) if (step.type === "qr") show(step.text);
   * ```
   */
  (options?: UnofficialOptions): UnofficialChannel;
  /**
   * The same through bridges: each phone's session is kept by a helper service, `wadesk-bridge`, whatever becomes of this process, and from any process of the app
   * everything works. Needs no Baileys. What a bridge says comes in by the webhook handler, at `/webhooks/wadesk-bridge`.
   *
   * @example
   * ```ts
   * const channel = unofficial({ bridges: { default: { url: "http://localhost:8888", secrets: [process.env.NODE_WEBHOOK_TOKEN ?? ""] } } });
   * ```
   */
  (options: BridgedOptions): BridgedChannel;
  /**
   * Makes it from the environment, where nothing need be set: `WHATSAPP_DEVICE_NAME`, `WHATSAPP_WEB_URL` and `WHATSAPP_WEB_ROOT_KEY`. An option counts over its variable.
   * `environment` is `process.env` when absent.
   */
  fromEnv(options?: UnofficialOptions, environment?: Environment): UnofficialChannel;
}

/** WhatsApp Web as a channel, its sessions kept by this process or by a bridge. */
export const unofficial: Unofficial = /* @__PURE__ */ Object.assign(makeChannel, {
  fromEnv: (options: UnofficialOptions = {}, environment?: Environment) => sessionChannel(optionsFromEnv(options, environment)),
});

function makeChannel(options?: UnofficialOptions): UnofficialChannel;
function makeChannel(options: BridgedOptions): BridgedChannel;
function makeChannel(options: UnofficialOptions | BridgedOptions = {}): UnofficialChannel | BridgedChannel {
  return "bridges" in options ? bridgedChannel(options) : sessionChannel(options);
}

function sessionChannel(options: UnofficialOptions): UnofficialChannel {
  const transport = readOptions(options);
  return {
    spec: "v1",
    kind: "unofficial",
    input: lazySchema(() => import("./input/input-schema.ts").then((file) => file.inputSchema), {
      phone: true,
      method: true,
      session: true,
    }),
    settings: {
      schema: lazySchema(() => import("./input/input-schema.ts").then((file) => file.settingsSchema)),
      defaults: readLimits(options),
      secrets: [],
    },
    content: CONTENT,
    fallbacks: FALLBACKS,
    extras: EXTRAS,
    groups: true,
    files: { upload: { largest, addresses: true } },
    numbers: options.numbers ?? steadyNumbers,
    silenceLimitMs: SILENCE_LIMIT_MS,
    phoneLimitMs: PHONE_LIMIT_MS,
    connect: async (input, context) => (await import("./late.ts")).connectNumber(transport, input, context),
    session: {
      sharing: "one-process",
      openAtOnce: transport.fastCurves ? FAST_LOGINS : SLOW_LOGINS,
      open: async (connection, context) => (await import("./late.ts")).openSession(transport, connection, context),
    },
  };
}

function optionsFromEnv(options: UnofficialOptions, environment: Environment | undefined): UnofficialOptions {
  const variables = {
    deviceName: { name: "WHATSAPP_DEVICE_NAME" },
    webSocketUrl: { name: "WHATSAPP_WEB_URL" },
    webSocketRootKey: { name: "WHATSAPP_WEB_ROOT_KEY" },
  };
  return readEnvironment("unofficial.fromEnv", variables, options, environment);
}
