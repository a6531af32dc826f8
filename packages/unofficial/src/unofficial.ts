import type { OutboundKind } from "@wadesk/core";
import { lazySchema, type SessionChannel } from "@wadesk/core/ports";
import type { UnofficialDetails, UnofficialSecret } from "./details.ts";
import type { UnofficialInput } from "./input/unofficial-input.ts";
import { readOptions, type UnofficialOptions, type UnofficialSettings } from "./options.ts";

/** The channel that `unofficial()` makes. */
export type UnofficialChannel = SessionChannel<"unofficial", UnofficialInput, UnofficialDetails, UnofficialSecret, UnofficialSettings>;

const CONTENT: ReadonlySet<OutboundKind> = new Set<OutboundKind>(["text"]);
/** A frame or an answered ping comes every half minute; 90 seconds without one is silence. */
const SILENCE_LIMIT_MS = 90_000;

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
export function unofficial(options: UnofficialOptions = {}): UnofficialChannel {
  const transport = readOptions(options);
  return {
    spec: "v1",
    kind: "unofficial",
    input: lazySchema(() => import("./input/input-schema.ts").then((file) => file.inputSchema)),
    settings: {
      schema: lazySchema(() => import("./input/input-schema.ts").then((file) => file.settingsSchema)),
      defaults: {},
      secrets: [],
    },
    content: CONTENT,
    silenceLimitMs: SILENCE_LIMIT_MS,
    connect: async (input, context) => (await import("./late.ts")).linkNumber(transport, input, context),
    session: {
      sharing: "one-process",
      open: async (connection, context) => (await import("./late.ts")).openSession(transport, connection, context),
    },
  };
}
