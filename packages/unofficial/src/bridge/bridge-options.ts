import type { Clock, Logger, Lookup, Storage } from "@wadesk/core";
import { checkOptions, optionInvalid, secretList } from "@wadesk/core/ports";
import { isBridgeName, LEAST_SECRET } from "../bridge-protocol/signing/canonical-text.ts";
import { REPORT_PATH } from "../bridge-protocol/messages/reports.ts";
import type { UnofficialOptions } from "../options.ts";

/** What `createBridge` takes. */
export interface BridgeOptions {
  /** The address of the app, to which reports go: `https://chat.example.com`. Plain http only on loopback, or with `allowHttp`. */
  readonly app: string;
  /** The shared secret, of 32 characters at least; several while it is exchanged, and then the app may have either. */
  readonly secrets: string | readonly string[];
  /** What the app calls this bridge; `default` when absent. Lower case, digits and hyphens. */
  readonly name?: string | undefined;
  /** Where sessions, and what waits for the app, are kept. It must outlive the process. */
  readonly storage: Storage;
  /** As `createWadesk` has it: `k1:<base64url of 32 bytes>`. */
  readonly encryptionKeys: string | undefined;
  /** How WhatsApp Web is reached, and how fast each number may send. */
  readonly whatsapp?: Omit<UnofficialOptions, "numbers"> | undefined;
  /** For how long what came in waits for an app that is away, in milliseconds; 7 days when absent. Then it is a dead letter. */
  readonly waitForAppMs?: number | undefined;
  /** Whether reports may go over plain http to another machine, where the network between is your own; false when absent. */
  readonly allowHttp?: boolean | undefined;
  /** How the app is called; the platform's own by default. */
  readonly fetch?: typeof fetch | undefined;
  /** Time and timers; the system's by default. */
  readonly clock?: Clock | undefined;
  /** Where is said what happens; the console from `warn` on by default. */
  readonly log?: Logger | undefined;
  /** All addresses of a host; the system's resolver by default. */
  readonly lookup?: Lookup | undefined;
  /** From 0 to 1; spreads retries. */
  readonly random?: (() => number) | undefined;
  /** A fresh identifier that nobody can guess. */
  readonly randomId?: (() => string) | undefined;
}

/** What of the options was read. */
export interface ReadBridgeOptions {
  readonly name: string;
  readonly secrets: readonly string[];
  /** The whole address of reports. */
  readonly app: URL;
  readonly waitForAppMs: number;
}

const MOST_SECRETS = 4;
const WEEK_MS = 7 * 24 * 60 * 60_000;
/** No timer waits for longer. */
const MOST_WAIT_MS = 24 * 24 * 60 * 60_000;

/** Reads the options. Throws `configuration_invalid`, naming the option and what to write. */
export function readBridgeOptions(options: BridgeOptions): ReadBridgeOptions {
  checkOptions<BridgeOptions>("createBridge", options, {
    app: "text",
    secrets: "texts",
    name: "text",
    storage: "object",
    encryptionKeys: "text",
    whatsapp: "object",
    waitForAppMs: "number",
    allowHttp: "flag",
    fetch: "function",
    clock: "object",
    log: "object",
    lookup: "function",
    random: "function",
    randomId: "function",
  });
  const { app, name = "default", waitForAppMs = WEEK_MS, allowHttp = false } = options;
  if (!isBridgeName(name))
    throw invalid(
      "name",
      'must be letters, digits, hyphens and underscores, 40 at most, such as "eu-1": it is what the app calls this bridge',
    );
  const secrets = secretList(options.secrets);
  if (secrets.length === 0 || secrets.length > MOST_SECRETS || secrets.some((secret) => secret.length < LEAST_SECRET))
    throw invalid("secrets", `must be one secret of ${LEAST_SECRET} characters at least, or up to ${MOST_SECRETS} while it is exchanged`);
  if (options.storage === undefined) throw invalid("storage", "is missing; give one that outlives the process, such as sqliteStorage()");
  if (waitForAppMs <= 0 || waitForAppMs > MOST_WAIT_MS) throw invalid("waitForAppMs", "must be milliseconds above 0, 24 days at most");
  return { name, secrets, app: readApp(app, allowHttp), waitForAppMs };
}

/** Why a text is no address of an app: not of its `form`, `open`, without https to another machine, or `below` it, the address of its webhook. Nothing where it is one. */
export function whyNoApp(text: string, allowHttp: boolean): "form" | "open" | "below" | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "" || url.username !== "") return "form";
  const isOpen = url.protocol === "http:" && !allowHttp && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (isOpen) return "open";
  return appAbove(text) === undefined ? undefined : "below";
}

/** The address of the app above the address of its webhook; nothing where a text is not the latter. */
export function appAbove(text: string): string | undefined {
  return /^(https?:\/\/.*?)\/webhooks\/wadesk-bridge\/*$/i.exec(text)?.[1];
}

function readApp(text: string, allowHttp: boolean): URL {
  const why = whyNoApp(text, allowHttp);
  if (why === "form") throw invalid("app", 'must be the whole address of the app, such as "https://chat.example.com"');
  if (why === "open")
    throw invalid("app", `must begin with https://, since messages go there. Where the network between is your own, set allowHttp: true`);
  if (why === "below") throw invalid("app", `must be the app's address without the path of its webhook: write "${appAbove(text)}"`);
  const url = new URL(text);
  return new URL(`${url.origin}${url.pathname.replace(/\/$/, "")}${REPORT_PATH}`);
}

function invalid(field: string, message: string): Error {
  return optionInvalid("createBridge", field, message);
}
