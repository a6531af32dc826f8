/** The name of a variable that the service reads. */
export type VariableName =
  | "APP_DOMAIN_NAME"
  | "NODE_WEBHOOK_TOKEN"
  | "NODE_WEBHOOK_TOKEN_OLD"
  | "PORT"
  | "HOST"
  | "BRIDGE_NAME"
  | "DATABASE"
  | "DATABASE_URL"
  | "WADESK_ENCRYPTION_KEYS"
  | "APP_ALLOW_HTTP"
  | "METRICS_TOKEN"
  | "LOG_LEVEL"
  | "WAIT_FOR_APP_DAYS"
  | "MESSAGES_PER_MINUTE"
  | "MESSAGES_PER_HOUR"
  | "MESSAGES_PER_DAY"
  | "NEW_CHATS_PER_DAY"
  | "WHATSAPP_DEVICE_NAME"
  | "WHATSAPP_WEB_URL"
  | "WHATSAPP_WEB_ROOT_KEY";

/** One variable of the environment that the service reads. */
export interface Variable {
  readonly name: VariableName;
  /** What it is and what counts without it, in one line of `--help`. */
  readonly about: string;
}

/** All that the service reads, in the order of `--help`; those that must be set come first. */
export const VARIABLES: readonly Variable[] = [
  { name: "APP_DOMAIN_NAME", about: "the app's address, such as https://chat.example.com; must be set" },
  { name: "NODE_WEBHOOK_TOKEN", about: "the shared secret, 32 characters or more, the same as in the app's settings; must be set" },
  { name: "NODE_WEBHOOK_TOKEN_OLD", about: "the former secret, which counts too while it is exchanged" },
  { name: "PORT", about: "where it listens; 8888 by default" },
  { name: "HOST", about: "on which address of this machine it listens; 127.0.0.1 by default" },
  { name: "BRIDGE_NAME", about: "what the app calls this bridge; default by default" },
  { name: "DATABASE", about: "the SQLite file that keeps sessions, and what waits for the app; bridge.db by default" },
  { name: "DATABASE_URL", about: "a PostgreSQL database in its place, postgres://…" },
  { name: "WADESK_ENCRYPTION_KEYS", about: "what seals the sessions; beside an SQLite file it is made once and kept in a file" },
  { name: "APP_ALLOW_HTTP", about: "1: the app may be another machine without https, where the network between is your own" },
  { name: "METRICS_TOKEN", about: "16 characters or more: who reads /metrics from elsewhere sends it as Bearer token" },
  { name: "LOG_LEVEL", about: "trace, debug, info, warn, error, fatal or silent; info by default" },
  { name: "WAIT_FOR_APP_DAYS", about: "for how long what came in waits for an app that is away, 24 at most; 7 by default" },
  { name: "MESSAGES_PER_MINUTE", about: "how many messages one number sends in any minute; 8 by default" },
  { name: "MESSAGES_PER_HOUR", about: "the same in any hour; 200 by default" },
  { name: "MESSAGES_PER_DAY", about: "the same in any day; 1500 by default" },
  { name: "NEW_CHATS_PER_DAY", about: "with how many people one number begins a chat in any day; 5 by default" },
  { name: "WHATSAPP_DEVICE_NAME", about: "what phones list this device as; Windows by default" },
  { name: "WHATSAPP_WEB_URL", about: "an address in place of WhatsApp's own, for tests" },
  { name: "WHATSAPP_WEB_ROOT_KEY", about: "the root key of a WhatsApp Web server for tests on this computer, which is trusted then" },
];

/** What `--help` prints. */
export function usage(): string {
  const width = Math.max(...VARIABLES.map(({ name }) => name.length));
  const rows = VARIABLES.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`);
  return `Keeps the sessions of linked phones for an app, and brings it what comes in.

  wadesk-bridge                    runs the bridge
  wadesk-bridge dead-letters       lists what the app has refused for good, with the reason and a key
  wadesk-bridge replay [key …]     has the bridge that runs bring those to the app again; all of them without a key

All are told by the environment, or by a file .env in the folder in which it starts; the environment counts over the file.

${rows.join("\n")}
`;
}
