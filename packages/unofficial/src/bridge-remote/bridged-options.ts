import { checkOptions, millisecondsOption, type NumberRule, optionInvalid, type RequestChannel, secretList } from "@wadesk/core/ports";
import { isBridgeName, LEAST_SECRET } from "../bridge-protocol/signing/canonical-text.ts";
import type { UnofficialDetails } from "../details.ts";

/** What `unofficial()` takes for phones whose sessions bridges keep. */
export interface BridgedOptions {
  /** The bridges by their names; a number is linked through `default` unless it says another one. An admin's stored settings count over these. */
  readonly bridges: Readonly<Record<string, BridgeOption>>;
  /** Milliseconds that one call to a bridge may take; 30000 by default. */
  readonly timeoutMs?: number | undefined;
  /** Which of a workspace's numbers a message goes out from that names none; `steadyNumbers` of `@wadesk/core/ports` when absent. */
  readonly numbers?: NumberRule | undefined;
}

/** One bridge as an option. */
export interface BridgeOption {
  /** Where it listens: `http://localhost:8888`. */
  readonly url: string;
  /** The secret that its `NODE_WEBHOOK_TOKEN` is, of 32 characters at least; several while it is exchanged. */
  readonly secrets: string | readonly string[];
}

/** One bridge in the settings. */
export interface BridgeSettings {
  /** Where the bridge answers, e.g. `https://bridge.example.com`. */
  readonly url: string;
  /** What both sides sign with: several count while they are changed. */
  readonly secrets: readonly string[];
}

/** The channel's platform-wide settings. */
export interface BridgedSettings {
  /** Each by the name that a number is linked with. */
  readonly bridges: Readonly<Record<string, BridgeSettings>>;
}

/** What a person gives to link a phone through a bridge. */
export interface BridgedInput {
  /** The number of the phone, E.164 with the plus. Whoever scans with another one is refused. */
  readonly phone: string;
  /** Whether the phone scans a QR, or the person types a code of eight characters into it; `qr` when absent. */
  readonly method?: "qr" | "code" | undefined;
  /** The name of a bridge that the host or its admin configured; `default` when absent. Never an address. */
  readonly bridge?: string | undefined;
}

/** What is known of a number that is linked through a bridge. */
export interface BridgedDetails extends UnofficialDetails {
  /** The name of its bridge. */
  readonly bridge: string;
}

/** What is sealed for such a connection: which bridge has its session. */
export interface BridgedSecret {
  /** The bridge's name in the settings. */
  readonly bridge: string;
}

/** The channel that `unofficial({ bridges })` makes. */
export type BridgedChannel = RequestChannel<"unofficial", BridgedInput, BridgedDetails, BridgedSecret, BridgedSettings>;

/** What was read of the options. */
export interface ReadBridged {
  readonly defaults: BridgedSettings;
  readonly timeoutMs: number;
}

/** The bridge of a number that names none. */
export const DEFAULT_BRIDGE = "default";

/** Reads the options. Throws `configuration_invalid`, naming the option and what to write. */
export function readBridged(options: BridgedOptions): ReadBridged {
  checkOptions<BridgedOptions>("unofficial", options, { bridges: "object", timeoutMs: "number", numbers: "function" });
  const bridges: Record<string, BridgeSettings> = {};
  for (const [name, bridge] of Object.entries(options.bridges)) {
    const field = `bridges.${name}`;
    if (!isBridgeName(name)) throw optionInvalid("unofficial", "bridges", "must have names of letters, digits, - and _, 40 at most");
    checkOptions<BridgeOption>(`unofficial: ${field}`, bridge, { url: "text", secrets: "texts" });
    if (!isAddress(bridge.url)) throw optionInvalid("unofficial", `${field}.url`, `must be ${ADDRESS}`);
    const secrets = secretList(bridge.secrets);
    if (secrets.some((secret) => secret.length < LEAST_SECRET))
      throw optionInvalid(
        "unofficial",
        `${field}.secrets`,
        `must have ${LEAST_SECRET} characters at least: it is NODE_WEBHOOK_TOKEN of the bridge`,
      );
    bridges[name] = { url: bridge.url.trim(), secrets };
  }
  return { defaults: { bridges }, timeoutMs: millisecondsOption("unofficial", options.timeoutMs ?? 30_000, "timeoutMs") };
}

/** What an address of a bridge is, in words. */
export const ADDRESS = 'the whole address on which the bridge listens, such as "http://localhost:8888"';

/** Whether a text is one. */
export function isAddress(text: string): boolean {
  if (!URL.canParse(text.trim())) return false;
  const { protocol, search, hash, username } = new URL(text.trim());
  return /^https?:$/.test(protocol) && search === "" && hash === "" && username === "";
}
