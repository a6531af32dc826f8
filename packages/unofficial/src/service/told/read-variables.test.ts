import { describe, expect, it } from "vitest";
import { readVariables, type ServiceConfig } from "./read-variables.ts";
import { usage, VARIABLES } from "./variables.ts";

const SECRET = "correct horse battery staple, 32+";
const RIGHT = { APP_DOMAIN_NAME: "https://chat.example.com", NODE_WEBHOOK_TOKEN: SECRET };
const KEY = `k1:${Buffer.alloc(32, 7).toString("base64url")}`;
const PASTED = "a-secret-that-was-made-for-this-1";

const read = (environment: Readonly<Record<string, string>>) => readVariables(environment, () => PASTED);
const configOf = (over: Readonly<Record<string, string>> = {}): ServiceConfig => {
  const found = read({ ...RIGHT, ...over });
  if ("problems" in found) throw new Error(found.problems.join("\n"));
  return found.config;
};
const problemsOf = (over: Readonly<Record<string, string>>): readonly string[] => {
  const found = read({ ...RIGHT, ...over });
  return "problems" in found ? found.problems : [];
};

describe("the variables of the bridge", () => {
  it("have defaults but for the app's address and the secret", () => {
    expect(configOf()).toEqual({
      host: "127.0.0.1",
      port: 8888,
      app: "https://chat.example.com",
      allowHttp: false,
      secrets: [SECRET],
      name: "default",
      database: { file: "bridge.db" },
      logLevel: "info",
      waitForAppMs: 7 * 24 * 60 * 60_000,
      whatsapp: {},
    });
  });

  it("are read without the blanks around them, and an empty one counts as unset", () => {
    const { secrets, port, database, whatsapp, encryptionKeys, waitForAppMs } = configOf({
      NODE_WEBHOOK_TOKEN: ` ${SECRET} `,
      NODE_WEBHOOK_TOKEN_OLD: "another secret of thirty-two chars",
      PORT: "0",
      BRIDGE_NAME: "",
      DATABASE_URL: "postgres://bridge:pass@db/bridge",
      WADESK_ENCRYPTION_KEYS: KEY,
      MESSAGES_PER_MINUTE: "20",
      NEW_CHATS_PER_DAY: "50",
      WHATSAPP_DEVICE_NAME: "Shop",
      WAIT_FOR_APP_DAYS: "2",
    });
    expect([secrets, port, encryptionKeys]).toEqual([[SECRET, "another secret of thirty-two chars"], 0, KEY]);
    expect(database).toEqual({ url: "postgres://bridge:pass@db/bridge" });
    expect(whatsapp).toEqual({ messagesPerMinute: 20, newChatsPerDay: 50, deviceName: "Shop" });
    expect(waitForAppMs).toBe(2 * 24 * 60 * 60_000);
  });

  it.each([
    "https://chat.example.com",
    "https://chat.example.com/base/",
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
  ])("let the app be at %s", (app) => {
    expect(configOf({ APP_DOMAIN_NAME: app }).app).toBe(app);
  });

  it("let the app be elsewhere without https where that is said", () => {
    expect(configOf({ APP_DOMAIN_NAME: "http://app.internal", APP_ALLOW_HTTP: "1" })).toMatchObject({ allowHttp: true });
  });

  it.each<[name: string, value: string, fix: string]>([
    ["APP_DOMAIN_NAME", "", "Write the app's address, such as APP_DOMAIN_NAME=https://chat.example.com"],
    ["APP_DOMAIN_NAME", "chat.example.com", "Write APP_DOMAIN_NAME=https://chat.example.com"],
    ["APP_DOMAIN_NAME", "http://chat.example.com", "Write APP_DOMAIN_NAME=https://chat.example.com, or APP_ALLOW_HTTP=1"],
    ["APP_DOMAIN_NAME", "ftp://chat.example.com", "Write it whole and without a query"],
    ["APP_DOMAIN_NAME", "https://chat.example.com/?key=1", "Write it whole and without a query"],
    ["APP_DOMAIN_NAME", "https://chat.example.com/webhooks/wadesk-bridge", "Write APP_DOMAIN_NAME=https://chat.example.com,"],
    ["APP_DOMAIN_NAME", "https://chat.example.com/in/webhooks/wadesk-bridge/", "Write APP_DOMAIN_NAME=https://chat.example.com/in,"],
    ["APP_ALLOW_HTTP", "yes", "Write 1, or leave it out"],
    ["NODE_WEBHOOK_TOKEN", "", `Paste this line here, and the same secret into the app's settings:\n    NODE_WEBHOOK_TOKEN=${PASTED}`],
    ["NODE_WEBHOOK_TOKEN", "hunter2hunter2", `has 14 characters, and 32 are the least`],
    ["NODE_WEBHOOK_TOKEN_OLD", "short", "Leave it out"],
    ["PORT", "http", "Write a whole number from 0 to 65535"],
    ["PORT", "70000", "Write a whole number from 0 to 65535"],
    ["BRIDGE_NAME", "eu west", "Write letters, digits, hyphens and underscores"],
    ["DATABASE_URL", "mysql://db/bridge", "Write postgres://user:password@host/database"],
    ["WADESK_ENCRYPTION_KEYS", "k1:short", "Make one by"],
    ["METRICS_TOKEN", "short", "Write a longer one, or leave it out"],
    ["LOG_LEVEL", "loud", "Write one of trace, debug"],
    ["WAIT_FOR_APP_DAYS", "30", "Write a whole number from 1 to 24"],
    ["MESSAGES_PER_MINUTE", "0", "Write a whole number from 1 to 1000000"],
    ["MESSAGES_PER_HOUR", "many", "Write a whole number from 1"],
    ["MESSAGES_PER_DAY", "1.5", "Write a whole number from 1"],
    ["NEW_CHATS_PER_DAY", "-1", "Write a whole number from 1"],
    ["WHATSAPP_WEB_URL", "https://127.0.0.1", "begins with ws:// or wss://"],
    ["WHATSAPP_WEB_ROOT_KEY", "ab".repeat(32), "beside a WHATSAPP_WEB_URL of this computer"],
  ])("name %s that is %j, and say what to write", (name, value, fix) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(`${name} `)).toBe(true);
    expect(problems[0]).toContain(fix);
  });

  it("let a WhatsApp Web server for tests on this computer be trusted, and one elsewhere not", () => {
    const [url, rootKey] = ["ws://127.0.0.1:4403/ws/chat", "ab".repeat(32)];
    const trusted = { WHATSAPP_WEB_URL: url, WHATSAPP_WEB_ROOT_KEY: rootKey };
    expect(configOf(trusted).whatsapp).toEqual({ webSocketUrl: url, webSocketRootKey: rootKey });
    expect(problemsOf({ ...trusted, WHATSAPP_WEB_URL: "wss://elsewhere.example" })).toHaveLength(1);
    expect(problemsOf({ ...trusted, WHATSAPP_WEB_ROOT_KEY: "ab" })).toHaveLength(1);
  });

  it("want one database, and a key of their own beside PostgreSQL", () => {
    expect(problemsOf({ DATABASE: "a.db", DATABASE_URL: "postgres://db/a", WADESK_ENCRYPTION_KEYS: KEY })).toEqual([
      expect.stringMatching(/^DATABASE is set, and DATABASE_URL too/),
    ]);
    expect(problemsOf({ DATABASE_URL: "postgres://db/a" })).toEqual([expect.stringMatching(/^WADESK_ENCRYPTION_KEYS is not set/)]);
  });

  it("are all told at once, and nothing of a secret is repeated", () => {
    const problems = problemsOf({
      APP_DOMAIN_NAME: "https://ana:hunter2@chat.example.com",
      NODE_WEBHOOK_TOKEN: "hunter2hunter2",
      PORT: "x",
      DATABASE_URL: "mysql://ana:hunter2@db",
      METRICS_TOKEN: "hunter2",
      WADESK_ENCRYPTION_KEYS: "hunter2",
    });
    expect(problems).toHaveLength(6);
    expect(problems.join("\n")).not.toContain("hunter2");
  });

  it("are listed by --help, each once", () => {
    expect(
      VARIABLES.map(
        ({ name }) =>
          usage()
            .split("\n")
            .filter((line) => line.trim().startsWith(`${name} `)).length,
      ),
    ).toEqual(VARIABLES.map(() => 1));
  });
});
