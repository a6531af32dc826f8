import type { Environment } from "@wadesk/core";
import { appAbove, whyNoApp } from "../../bridge/bridge-options.ts";
import { isBridgeName, LEAST_SECRET } from "../../bridge-protocol/signing/canonical-text.ts";
import { HIGHEST_LIMIT, isTestRoot, type LimitOptions } from "../../options.ts";
import type { VariableName } from "./variables.ts";

/** What the service was told. */
export interface ServiceConfig {
  readonly host: string;
  readonly port: number;
  /** The address of the app. */
  readonly app: string;
  readonly allowHttp: boolean;
  /** The shared secret, and the former one where there is one. */
  readonly secrets: readonly string[];
  readonly name: string;
  /** A file of SQLite's, as it was written, or PostgreSQL's address. */
  readonly database: { readonly file: string } | { readonly url: string };
  /** Absent beside an SQLite file: then one is made and kept. */
  readonly encryptionKeys?: string;
  readonly metricsToken?: string;
  readonly logLevel: string;
  readonly waitForAppMs: number;
  readonly whatsapp: LimitOptions & { readonly deviceName?: string; readonly webSocketUrl?: string; readonly webSocketRootKey?: string };
}

/** What was read, or everything that is wrong with it: a sentence for each variable, with its fix and without what was given where that is a secret. */
export type ReadVariables = { readonly config: ServiceConfig } | { readonly problems: readonly string[] };

const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];
const LEAST_METRICS_TOKEN = 16;
const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 24;
const KEY = /^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9_-]{43}=?$/;
const MAKE_KEY = `node -p "'k1:'+require('node:crypto').randomBytes(32).toString('base64url')"`;

/** Reads all of them. An empty one counts as unset. `newSecret` makes a secret to paste, of 32 characters or more. */
export function readVariables(environment: Environment, newSecret: () => string): ReadVariables {
  const problems: string[] = [];
  const read = (name: VariableName): string | undefined => environment[name]?.trim() || undefined;
  const wrong = (name: VariableName, what: string): void => void problems.push(`${name} ${what}`);
  const whole = (name: VariableName, least: number, most: number): number | undefined => {
    const text = read(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    wrong(name, `is ${JSON.stringify(text)}. Write a whole number from ${least} to ${most}.`);
    return undefined;
  };
  const secret = (name: "NODE_WEBHOOK_TOKEN" | "NODE_WEBHOOK_TOKEN_OLD"): readonly string[] => {
    const text = read(name);
    if (text === undefined) {
      if (name === "NODE_WEBHOOK_TOKEN") wrong(name, `is not set. ${PASTE}\n    ${name}=${newSecret()}`);
      return [];
    }
    if (text.length >= LEAST_SECRET) return [text];
    const length = `has ${text.length} characters, and ${LEAST_SECRET} are the least: a shorter secret can be guessed.`;
    wrong(name, name === "NODE_WEBHOOK_TOKEN" ? `${length} ${PASTE}\n    ${name}=${newSecret()}` : `${length} Leave it out.`);
    return [];
  };

  const allowHttp = flag(read("APP_ALLOW_HTTP"));
  if (allowHttp === undefined) wrong("APP_ALLOW_HTTP", `is ${JSON.stringify(read("APP_ALLOW_HTTP"))}. Write 1, or leave it out.`);
  const app = read("APP_DOMAIN_NAME");
  if (app === undefined) wrong("APP_DOMAIN_NAME", "is not set. Write the app's address, such as APP_DOMAIN_NAME=https://chat.example.com");
  else {
    const why = whyNoApp(app, allowHttp ?? false);
    if (why !== undefined) wrong("APP_DOMAIN_NAME", `is ${shown(app)}, and ${APP_FAULTS[why](app)}`);
  }
  const secrets = [...secret("NODE_WEBHOOK_TOKEN"), ...secret("NODE_WEBHOOK_TOKEN_OLD")];
  const name = read("BRIDGE_NAME") ?? "default";
  if (!isBridgeName(name))
    wrong("BRIDGE_NAME", `is ${JSON.stringify(name)}. Write letters, digits, hyphens and underscores, 40 at most, as the app calls it.`);

  const url = read("DATABASE_URL");
  const encryptionKeys = read("WADESK_ENCRYPTION_KEYS");
  if (url !== undefined && read("DATABASE") !== undefined)
    wrong("DATABASE", "is set, and DATABASE_URL too. Leave one of them out: the first is a file of SQLite's, the second PostgreSQL's.");
  if (url !== undefined && !/^postgres(ql)?:\/\/./.test(url))
    wrong("DATABASE_URL", "is no address of PostgreSQL's. Write postgres://user:password@host/database, or leave it out for SQLite.");
  else if (encryptionKeys === undefined && url !== undefined)
    wrong(
      "WADESK_ENCRYPTION_KEYS",
      `is not set, and beside PostgreSQL none is made: every node needs the same. Make one by\n    ${MAKE_KEY}`,
    );
  if (encryptionKeys !== undefined && !encryptionKeys.split(",").every((key) => KEY.test(key.trim())))
    wrong("WADESK_ENCRYPTION_KEYS", `is not of the form id:<base64url of 32 bytes>. Make one by\n    ${MAKE_KEY}`);

  const metricsToken = read("METRICS_TOKEN");
  if (metricsToken !== undefined && metricsToken.length < LEAST_METRICS_TOKEN)
    wrong(
      "METRICS_TOKEN",
      `has ${metricsToken.length} characters, and ${LEAST_METRICS_TOKEN} are the least. Write a longer one, or leave it out.`,
    );
  const logLevel = read("LOG_LEVEL") ?? "info";
  if (!LEVELS.includes(logLevel)) wrong("LOG_LEVEL", `is ${JSON.stringify(logLevel)}. Write one of ${LEVELS.join(", ")}.`);
  const webSocketUrl = read("WHATSAPP_WEB_URL");
  if (webSocketUrl !== undefined && !/^wss?:\/\//i.test(webSocketUrl))
    wrong("WHATSAPP_WEB_URL", `is ${JSON.stringify(webSocketUrl)}. It begins with ws:// or wss://; leave it out for WhatsApp's own.`);
  const webSocketRootKey = read("WHATSAPP_WEB_ROOT_KEY");
  if (webSocketRootKey !== undefined && !isTestRoot(webSocketRootKey, webSocketUrl))
    wrong("WHATSAPP_WEB_ROOT_KEY", "is not 64 hexadecimal digits beside a WHATSAPP_WEB_URL of this computer. Correct it, or leave it out.");
  const deviceName = read("WHATSAPP_DEVICE_NAME");
  const port = whole("PORT", 0, 65_535) ?? 8888;
  const days = whole("WAIT_FOR_APP_DAYS", 1, MOST_DAYS) ?? 7;
  const limits = Object.entries(LIMITS).map(([option, variable]) => [option, whole(variable, 1, HIGHEST_LIMIT)] as const);
  if (problems.length > 0 || app === undefined) return { problems };
  return {
    config: {
      host: read("HOST") ?? "127.0.0.1",
      port,
      app,
      allowHttp: allowHttp ?? false,
      secrets,
      name,
      database: url === undefined ? { file: read("DATABASE") ?? "bridge.db" } : { url },
      ...(encryptionKeys !== undefined && { encryptionKeys }),
      ...(metricsToken !== undefined && { metricsToken }),
      logLevel,
      waitForAppMs: days * DAY_MS,
      whatsapp: {
        ...Object.fromEntries(limits.filter(([, limit]) => limit !== undefined)),
        ...(deviceName !== undefined && { deviceName }),
        ...(webSocketUrl !== undefined && { webSocketUrl }),
        ...(webSocketRootKey !== undefined && { webSocketRootKey }),
      },
    },
  };
}

const PASTE = "Paste this line here, and the same secret into the app's settings:";

const LIMITS: Readonly<Record<keyof LimitOptions, VariableName>> = {
  messagesPerMinute: "MESSAGES_PER_MINUTE",
  messagesPerHour: "MESSAGES_PER_HOUR",
  messagesPerDay: "MESSAGES_PER_DAY",
  newChatsPerDay: "NEW_CHATS_PER_DAY",
};

const APP_FAULTS: Readonly<Record<NonNullable<ReturnType<typeof whyNoApp>>, (app: string) => string>> = {
  form: (app) =>
    /^[\w.-]+\.[a-z]{2,}(:\d+)?(\/[\w./-]*)?$/i.test(app)
      ? `the whole address is needed. Write APP_DOMAIN_NAME=https://${app}`
      : "that is no address of an app. Write it whole and without a query, such as https://chat.example.com",
  below: (app) => `that is the address of its webhook, which lies below it. Write APP_DOMAIN_NAME=${appAbove(app)}, without the path.`,
  open: (app) =>
    `messages go there, so it must begin with https://. Write APP_DOMAIN_NAME=${app.replace(/^http:/i, "https:")}, or APP_ALLOW_HTTP=1 where the network between is your own.`,
};

function flag(text: string | undefined): boolean | undefined {
  if (text === undefined || text === "0") return false;
  return text === "1" ? true : undefined;
}

// an address may hold a password, or a key in its query
function shown(text: string): string {
  return /[@?#]/.test(text) ? "set" : JSON.stringify(text);
}
