import { checkOptions, millisecondsOption, optionInvalid } from "@wadesk/core/ports";

/** What `unofficial()` takes; all of it holds for the process. */
export interface UnofficialOptions {
  /** What a phone that links by QR lists this device as; "Windows" when absent. By code WhatsApp lets in the names of browsers alone. */
  readonly deviceName?: string | undefined;
  /** The version of WhatsApp Web to log in as, e.g. `[2, 3000, 1043857760]`; the one that Baileys knows when absent. For `client_outdated`. */
  readonly version?: readonly [number, number, number] | undefined;
  /** One address in place of WhatsApp's own, such as the `url` of a WhatsApp Web server for tests. */
  readonly webSocketUrl?: string | undefined;
  /** Milliseconds for which each QR is shown; a minute for the first and 20 seconds for the others when absent, as WhatsApp does. */
  readonly qrTimeoutMs?: number | undefined;
  /** Milliseconds that one question to WhatsApp may take; 20000 by default. */
  readonly timeoutMs?: number | undefined;
}

/** The channel's platform-wide settings: there are none yet. */
export type UnofficialSettings = Readonly<Record<never, never>>;

/** How WhatsApp Web is reached, for the life of the process. */
export interface Transport {
  readonly deviceName?: string;
  readonly version?: readonly [number, number, number];
  readonly webSocketUrl?: string;
  readonly qrTimeoutMs?: number;
  readonly timeoutMs: number;
}

/** Reads the options. Throws `configuration_invalid` naming the option and what it should be. */
export function readOptions(options: UnofficialOptions): Transport {
  checkOptions<UnofficialOptions>("unofficial", options, {
    deviceName: "text",
    version: "list",
    webSocketUrl: "text",
    qrTimeoutMs: "number",
    timeoutMs: "number",
  });
  const { version, qrTimeoutMs } = options;
  const deviceName = options.deviceName?.trim();
  const webSocketUrl = options.webSocketUrl?.trim();
  if (version !== undefined && (version.length !== 3 || !version.every((part) => Number.isSafeInteger(part) && part >= 0)))
    throw optionInvalid("unofficial", "version", "must be three whole numbers, such as [2, 3000, 1043857760]");
  if (webSocketUrl && !/^wss?:\/\//i.test(webSocketUrl))
    throw optionInvalid("unofficial", "webSocketUrl", "must begin with ws:// or wss://");
  return {
    ...(deviceName && { deviceName }),
    ...(version !== undefined && { version }),
    ...(webSocketUrl && { webSocketUrl }),
    ...(qrTimeoutMs !== undefined && { qrTimeoutMs: millisecondsOption("unofficial", qrTimeoutMs, "qrTimeoutMs") }),
    timeoutMs: millisecondsOption("unofficial", options.timeoutMs ?? 20_000, "timeoutMs"),
  };
}
