import { checkOptions, millisecondsOption, type NumberRule, optionInvalid } from "@wadesk/core/ports";

/** What `unofficial()` takes. The limits of pace are defaults that an admin's stored settings override; the others hold for the process. */
export interface UnofficialOptions extends LimitOptions {
  /** What a phone that links by QR lists this device as; "Windows" when absent. By code WhatsApp lets in the names of browsers alone. */
  readonly deviceName?: string | undefined;
  /** The version of WhatsApp Web to log in as, e.g. `[2, 3000, 1043857760]`; the one that Baileys knows when absent. For `client_outdated`. */
  readonly version?: readonly [number, number, number] | undefined;
  /** One address in place of WhatsApp's own, such as the `url` of a WhatsApp Web server for tests. */
  readonly webSocketUrl?: string | undefined;
  /**
   * The `rootKey` of a WhatsApp Web server for tests that runs in another process, 64 hexadecimal digits: from its first connection on, the whole process
   * trusts it in the place of WhatsApp's. Only beside a `webSocketUrl` of this computer.
   */
  readonly webSocketRootKey?: string | undefined;
  /** Milliseconds for which each QR is shown; a minute for the first and 20 seconds for the others when absent, as WhatsApp does. */
  readonly qrTimeoutMs?: number | undefined;
  /** Whether `presence.changed` tells who is there and who writes; false by default, since each is an event that is stored. */
  readonly presence?: boolean | undefined;
  /**
   * Whether signatures are made and verified by a faster library than the one that Baileys brings, which takes 10 ms of the event loop for each; true when absent.
   * It also has forged ones refused that Baileys would take.
   * The codes of messages (HMAC) are made faster too.
   */
  readonly fastCurves?: boolean | undefined;
  /** Milliseconds that one question to WhatsApp may take; 20000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Which of a workspace's numbers a message goes out from that names none; `steadyNumbers` of `@wadesk/core/ports` when absent. */
  readonly numbers?: NumberRule | undefined;
}

/**
 * The channel's platform-wide settings: how fast each number may send. WhatsApp publishes no limits; the defaults are those of baileys-antiban 3.8. What is over
 * them is refused with `pace_limited`.
 */
export interface UnofficialSettings {
  /** How many messages one number sends in any minute, 1 to 1000000; 8 when absent. */
  readonly messagesPerMinute: number;
  /** The same in any hour; 200 when absent. */
  readonly messagesPerHour: number;
  /** The same in any day; 1500 when absent. */
  readonly messagesPerDay: number;
  /** With how many people one number begins a chat in any day, 1 to 1000000; 5 when absent. Whoever wrote to it within 180 days is none of them. */
  readonly newChatsPerDay: number;
}

/** The same as options of the channel. */
export type LimitOptions = { readonly [Name in keyof UnofficialSettings]?: UnofficialSettings[Name] | undefined };

/** The most that a limit can be: as good as none. */
export const HIGHEST_LIMIT = 1_000_000;
const LIMITS: UnofficialSettings = { messagesPerMinute: 8, messagesPerHour: 200, messagesPerDay: 1500, newChatsPerDay: 5 };

const ROOT_KEY = /^[0-9a-f]{64}$/i;
const LOOPBACK = /^wss?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/i;

/** Whether a root key may be trusted beside this address: whoever could name another root for WhatsApp's own address could stand in between. */
export function isTestRoot(rootKey: string, webSocketUrl = ""): boolean {
  return ROOT_KEY.test(rootKey) && LOOPBACK.test(webSocketUrl);
}

/** How WhatsApp Web is reached, for the life of the process. */
export interface Transport {
  readonly deviceName?: string;
  readonly version?: readonly [number, number, number];
  readonly webSocketUrl?: string;
  readonly webSocketRootKey?: string;
  readonly qrTimeoutMs?: number;
  readonly presence: boolean;
  readonly fastCurves: boolean;
  readonly timeoutMs: number;
}

/** Reads the options. Throws `configuration_invalid` naming the option and what it should be. */
export function readOptions(options: UnofficialOptions): Transport {
  checkOptions<UnofficialOptions>("unofficial", options, {
    deviceName: "text",
    version: "list",
    webSocketUrl: "text",
    webSocketRootKey: "text",
    qrTimeoutMs: "number",
    presence: "flag",
    fastCurves: "flag",
    timeoutMs: "number",
    messagesPerMinute: "number",
    messagesPerHour: "number",
    messagesPerDay: "number",
    newChatsPerDay: "number",
    numbers: "function",
  });
  const { version, qrTimeoutMs } = options;
  const deviceName = options.deviceName?.trim();
  const webSocketUrl = options.webSocketUrl?.trim();
  if (version !== undefined && (version.length !== 3 || !version.every((part) => Number.isSafeInteger(part) && part >= 0)))
    throw optionInvalid("unofficial", "version", "must be three whole numbers, such as [2, 3000, 1043857760]");
  if (webSocketUrl && !/^wss?:\/\//i.test(webSocketUrl))
    throw optionInvalid("unofficial", "webSocketUrl", "must begin with ws:// or wss://");
  const webSocketRootKey = options.webSocketRootKey?.trim();
  if (webSocketRootKey && !isTestRoot(webSocketRootKey, webSocketUrl))
    throw optionInvalid("unofficial", "webSocketRootKey", "must be 64 hexadecimal digits, beside a webSocketUrl of this computer");
  return {
    ...(deviceName && { deviceName }),
    ...(version !== undefined && { version }),
    ...(webSocketUrl && { webSocketUrl }),
    ...(webSocketRootKey && { webSocketRootKey }),
    ...(qrTimeoutMs !== undefined && { qrTimeoutMs: millisecondsOption("unofficial", qrTimeoutMs, "qrTimeoutMs") }),
    presence: options.presence ?? false,
    fastCurves: options.fastCurves ?? true,
    timeoutMs: millisecondsOption("unofficial", options.timeoutMs ?? 20_000, "timeoutMs"),
  };
}

/** The limits of pace that the options name, and the safe ones where they name none. Throws `configuration_invalid` on one that is no whole number from 1. */
export function readLimits(options: UnofficialOptions): UnofficialSettings {
  const names = Object.keys(LIMITS) as (keyof UnofficialSettings)[];
  for (const name of names) {
    const { [name]: limit = 1 } = options;
    if (!Number.isInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT)
      throw optionInvalid("unofficial", name, `must be a whole number from 1 to ${HIGHEST_LIMIT}`);
  }
  return Object.fromEntries(names.map((name) => [name, options[name] ?? LIMITS[name]])) as unknown as UnofficialSettings;
}
