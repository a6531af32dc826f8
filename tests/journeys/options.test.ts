import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, isWadeskError, memoryStorage } from "@wadesk/core";
import { postgresStorage } from "@wadesk/storage/postgres";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { twilio } from "@wadesk/twilio";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toExpress } from "@wadesk/webhooks/express";
import { toFastify } from "@wadesk/webhooks/fastify";
import { toNext } from "@wadesk/webhooks/next";
import { toNode } from "@wadesk/webhooks/node";
import { describe, expect, it } from "vitest";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";

type Factory = (options?: unknown) => unknown;
/** Options that are wrong, the one that is, and a piece of what is said of it. */
type Wrong = readonly [options: unknown, field: string, message: string];

const good = { channels: [cloudApi()], encryptionKeys: ENCRYPTION_KEYS };
const client: Factory = (options) => createWadesk(options as never);
const { log } = console;

const WADESK: readonly Wrong[] = [
  [undefined, "", "must be an object with channels"],
  [{ ...good, pubicUrl: "https://chat.example.com" }, "pubicUrl", "pubicUrl is not an option; did you mean publicUrl?"],
  [{ ...good, inbox: { concurency: 3 } }, "inbox.concurency", "did you mean concurrency?"],
  [{ ...good, inbox: { leaseMs: "30000" } }, "inbox.leaseMs", "must be a number"],
  [{ ...good, inbox: 3 }, "inbox", "must be an object"],
  [{ ...good, upkeep: { keepMessageMs: 3 } }, "upkeep.keepMessageMs", "did you mean keepMessagesMs?"],
  [{ ...good, upkeep: { checkEveryMs: "6h" } }, "upkeep.checkEveryMs", "must be a number, or false"],
  [{ ...good, channels: cloudApi() }, "channels", "must be a list"],
  [{ ...good, channels: [cloudApi] }, "channels.0", "is no channel; call it: cloudApi()"],
  [{ ...good, channels: [twilio] }, "channels.0", "is no channel; call it: twilio()"],
  [{ ...good, channels: [undefined] }, "channels.0", "is no channel"],
  [{ ...good, channels: [{ kind: "cloud-api" }] }, "channels.0", "is made for another version"],
  [{ ...good, storage: memoryStorage }, "storage", "is no storage; call it: memoryStorage()"],
  [{ ...good, storage: sqliteStorage }, "storage", "is no storage; call it: sqliteStorage()"],
  [{ ...good, storage: "wadesk.db" }, "storage", "is no storage; give the text to one, e.g. sqliteStorage(path)"],
  [{ ...good, storage: Promise.resolve(memoryStorage()) }, "storage", "is a promise; await it first"],
  [{ ...good, storage: { connections: {} } }, "storage", "has no messages"],
  [{ ...good, clock: { now: Date.now() } }, "clock", "must have the functions now and after"],
  [{ ...good, log: { info: log, warn: log, error: log } }, "log", "must have the functions debug, info, warn and error"],
  [{ ...good, fetch: "fetch" }, "fetch", "must be a function"],
  [{ ...good, publicUrl: new URL("https://chat.example.com") }, "publicUrl", "must be a text"],
  [{ ...good, activeChannel: 1 }, "activeChannel", "must be a text"],
  [{ ...good, encryptionKeys: [ENCRYPTION_KEYS] }, "encryptionKeys", "must be a text"],
];

const CHANNELS: readonly (readonly [string, Factory, readonly Wrong[]])[] = [
  [
    "cloudApi",
    (options) => cloudApi(options as never),
    [
      [{ appSecrets: "x" }, "appSecrets", "appSecrets is not an option; did you mean appSecret?"],
      [{ appId: 12 }, "appId", "must be a text"],
      [{ appSecret: [1] }, "appSecret", "must be a text, or a list of texts"],
      [{ appSecret: '"0a1b"' }, "appSecret", "stands in quotes; give it without them"],
      [{ verifyToken: ["open", "'sesame'"] }, "verifyToken", "stands in quotes; give it without them"],
      [{ timeoutMs: "3" }, "timeoutMs", "must be a number"],
      [{ timeoutMs: -1 }, "timeoutMs", "must be milliseconds, not negative"],
      [null, "", "must be an object with"],
    ],
  ],
  [
    "twilio",
    (options) => twilio(options as never),
    [
      [{ authTokens: "x" }, "authTokens", "did you mean authToken?"],
      [{ accountSid: 12 }, "accountSid", "must be a text"],
      [{ authToken: '"0a1b"' }, "authToken", "stands in quotes; give it without them"],
      [{ senders: "acme" }, "senders", "must be a list"],
      [{ senders: [{ workspace: "acme", number: "+15550100001" }] }, "senders.0.workspace", "did you mean workspaceId?"],
      [{ senders: [{ workspaceId: "acme", number: 1 }] }, "senders.0.number", "must be a text"],
      [{ senders: [{ workspaceId: "acme" }] }, "senders.0.number", '"+" with country code and number'],
      [{ senders: [{ number: "+15550100001" }] }, "senders.0.workspaceId", "must name a workspace"],
    ],
  ],
];

const STORAGES: readonly (readonly [string, Factory, readonly Wrong[]])[] = [
  [
    "memoryStorage",
    (options) => memoryStorage(options as never),
    [
      [{ clock: Date.now }, "clock", "clock is not an option"],
      [{ now: 3 }, "now", "must be a function"],
      [Date.now, "", "must be an object with now"],
    ],
  ],
  [
    "sqliteStorage",
    (options) => sqliteStorage(options as never),
    [
      [undefined, "path", "give the path of a file, or a database"],
      [{}, "path", "give the path of a file, or a database"],
      [{ file: "wadesk.db" }, "file", "file is not an option"],
      [{ path: ":memory:", migration: "by-hand" }, "migration", "did you mean migrations?"],
      [{ path: ":memory:", migrations: "by hand" }, "migrations", "must be on-start or by-hand"],
      [{ path: ":memory:", database: {} }, "database", "give a path or a database, not both"],
      [{ path: ":memory:", now: 3 }, "now", "must be a function"],
      [{ path: ":memory:", log: null }, "log", "must be a logger"],
    ],
  ],
  [
    "postgresStorage",
    (options) => postgresStorage(options as never),
    [
      [undefined, "url", "give a url, a pool or a dialect"],
      [{ schema: "wadesk" }, "url", "give a url, a pool or a dialect"],
      [{ url: "postgres://localhost/app", connection: 3 }, "connection", "did you mean connections?"],
      [{ url: "postgres://localhost/app", connections: 0 }, "connections", "must be a whole number of 1 or more"],
      [{ url: "postgres://localhost/app", pool: {} }, "pool", "give one of url, pool and dialect"],
      [{ url: "postgres://localhost/app", shema: "x" }, "shema", "did you mean schema?"],
      [{ url: "postgres://localhost/app", schema: "" }, "schema", "must not be empty"],
      [{ url: "postgres://localhost/app", listen: "yes" }, "listen", "must be true or false"],
      [{ connectionString: "postgres://localhost/app" }, "connectionString", "is not an option"],
    ],
  ],
];

const handler = async (): Promise<Response> => new Response();
const WEBHOOKS: readonly (readonly [string, Factory, readonly Wrong[]])[] = [
  [
    "createWebhookHandler",
    (options) => createWebhookHandler(createWadesk(good), options as never),
    [
      [{ bodylimit: 3 }, "bodylimit", "did you mean bodyLimit?"],
      [{ basePath: 3 }, "basePath", "must be a text"],
      [{ basePath: "webhooks" }, "basePath", 'must start with "/"'],
      [{ bodyLimit: "4mb" }, "bodyLimit", "must be a number"],
      [{ bodyLimit: 1.5 }, "bodyLimit", "a number of bytes above 0"],
      [{ trustForwarded: "yes" }, "trustForwarded", "must be true or false"],
    ],
  ],
  [
    "createWebhookHandler of",
    (wadesk) => createWebhookHandler(wadesk as never),
    [
      [{}, "wadesk", "the client that createWadesk answers"],
      [undefined, "wadesk", "the client that createWadesk answers"],
    ],
  ],
  [
    "toExpress",
    (value) => toExpress(value as never),
    [[createWadesk(good), "handler", "must be the function that createWebhookHandler answers"]],
  ],
  ["toNode", (value) => toNode(value as never), [[undefined, "handler", "must be the function that createWebhookHandler answers"]]],
  ["toFastify", (value) => toFastify(value as never), [[undefined, "handler", "must be the function that createWebhookHandler answers"]]],
  ["toNext", (value) => toNext(value as never), [[undefined, "handler", "must be the function that createWebhookHandler answers"]]],
  [
    "toNext with",
    (options) => toNext(handler, options as never),
    [
      [{ afer: () => {} }, "afer", "did you mean after?"],
      [{ after: true }, "after", "must be a function"],
    ],
  ],
];

describe("an option that is wrong", () => {
  it.each([["createWadesk", client, WADESK] as const, ...CHANNELS, ...STORAGES, ...WEBHOOKS])(
    "is refused when it is given, named with the fix: %s",
    async (_name, factory, rows) => {
      for (const [options, field, message] of rows) {
        const outcome = await outcomeOf(() => factory(options));
        expect(outcome, JSON.stringify(options)).toMatchObject({ code: "configuration_invalid" });
        expect(isWadeskError(outcome) && outcome.issues, JSON.stringify(options)).toContainEqual(
          expect.objectContaining({ field, code: expect.not.stringMatching(/^invalid$/), message: expect.stringContaining(message) }),
        );
        expect(String(outcome)).toContain(message);
      }
    },
  );

  it("does not keep the right ones from being taken", () => {
    const storage = { ...memoryStorage({ now: Date.now }) };
    const wadesk = createWadesk({
      ...good,
      storage,
      publicUrl: "https://chat.example.com",
      inbox: { concurrency: 3 },
      upkeep: { checkEveryMs: false },
    });
    const served = createWebhookHandler(wadesk, { basePath: "/hooks", bodyLimit: 1000, trustForwarded: true });
    expect([toExpress(served), toNode(served), toFastify(served), toNext(served)].every(Boolean)).toBe(true);
    expect(sqliteStorage({ path: ":memory:", migrations: "by-hand" }).durable).toBe(false);
    expect(postgresStorage({ url: "postgres://localhost/app", listen: false, connections: 2 }).durable).toBe(true);
  });
});
