import { createHash } from "node:crypto";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, isWadeskError, type LiveEvents, type Wadesk } from "@wadesk/core";
import { recordingLogger, signMeta } from "@wadesk/testing";
import { expect, it, vi } from "vitest";
import { ENCRYPTION_KEYS, openWorld, VERIFY_TOKEN } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";
import { secretSearch } from "./world/secret-search.ts";
import { watchedStorage } from "./world/watched-storage.ts";

const hello = { kind: "text", text: "Hello" } as const;
const MESSAGES = "POST /{Phone-Number-ID}/messages";
const NEW_KEY = Buffer.from("a second key of thirty-two bytes");
const NEW_VERIFY_TOKEN = "another/verify token".replace(" ", "+");

// one row per event: a new one without a row does not compile
const EVENTS: { readonly [Name in keyof LiveEvents]: true } = {
  "message.received": true,
  "message.echoed": true,
  "message.edited": true,
  "message.revoked": true,
  "message.status": true,
  "contact.changed": true,
  "template.changed": true,
  "number.changed": true,
  "account.changed": true,
  "call.changed": true,
  "history.received": true,
  "contacts.synced": true,
  "preference.changed": true,
  "presence.changed": true,
  "group.changed": true,
  "flow.changed": true,
  "conversation.observed": true,
  "conversation.transferred": true,
  "conversion.detected": true,
  "marketing.tracked": true,
  "provider.error": true,
  "event.unknown": true,
  "event.completed": true,
  "event.died": true,
  "connection.changed": true,
  "connection.removed": true,
  "connection.step": true,
};

function listenToAll(wadesk: Wadesk<never>, note: (where: string, value: unknown) => void): void {
  for (const name of Object.keys(EVENTS) as (keyof LiveEvents)[]) wadesk.on(name, (...values) => note(`event ${name}`, values));
}

it("finds a planted secret, whole or half, however it is written and wherever it hides", () => {
  const secret = "EAAplanted0secret/with+signs%";
  const hidden = Object.defineProperty({}, "token", { value: secret });
  const PLANTS: Readonly<Record<string, unknown>> = {
    text: `Bearer ${secret}`,
    half: secret.slice(0, 14),
    field: { deep: [{ er: secret }] },
    map: new Map([["key", { secret }]]),
    hidden,
    message: new Error(`failed with ${secret}`),
    cause: new Error("failed", { cause: new Error("inner", { cause: { authorization: secret } }) }),
    url: `https://graph.facebook.com/?access_token=${encodeURIComponent(secret)}`,
    base64: [0, 1, 2].map((before) => Buffer.from(`${"x".repeat(before)}${secret}yz`).toString("base64")),
    base64url: Buffer.from(`{"token":"${secret}"}`).toString("base64url"),
    hex: Buffer.from(secret).toString("hex"),
    bytes: { stored: new TextEncoder().encode(JSON.stringify({ secret })) },
  };
  for (const [where, value] of Object.entries(PLANTS)) {
    const search = secretSearch();
    search.note(where, value);
    search.note("elsewhere", { message: "nothing to see", digest: createHash("sha256").update(secret).digest("hex") });
    expect(search.find({ token: secret })).toEqual([`token in ${where}`]);
  }
});

it("shows no secret in any log line, error, event, answer, JSON or inspection of a full journey, and keeps none in clear", async () => {
  const search = secretSearch();
  const { note } = search;
  for (const method of ["debug", "info", "log", "warn", "error", "trace"] as const) {
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => note(`console.${method}`, values));
  }
  const world = await openWorld({
    inbox: { maxAttempts: 1 },
    watch: (storage) => watchedStorage(storage, (call, values) => note(`storage ${call}`, values)),
  });
  const { meta, app, wadesk, storage, lines, account, graphUrl, callback } = world;
  const { log, lines: otherLines } = recordingLogger();
  const firstSecret = app.secret;
  const expired = meta.addToken({ appId: app.id, wabaIds: [account.wabaId], expiresAt: 1_000 });
  const fresh = meta.addToken({ appId: app.id, wabaIds: [account.wabaId] });
  const never = `EAA${"n3ver".repeat(20)}`;
  const acme = wadesk.workspace("acme");
  const codes = new Set<string>();
  const ask = async <Result>(where: string, call: () => Result): Promise<Awaited<Result>> => {
    const outcome = await outcomeOf(call);
    note(where, outcome);
    if (isWadeskError(outcome)) codes.add(outcome.code);
    return outcome as Awaited<Result>;
  };
  /** Another process on the same storage. */
  const other = (options: {
    readonly encryptionKeys?: string;
    readonly fetch?: typeof fetch;
    readonly timeoutMs?: number;
    readonly url?: string;
  }) => {
    const { timeoutMs, url = graphUrl, ...rest } = options;
    const secrets = { appId: app.id, appSecret: app.secret, verifyToken: VERIFY_TOKEN };
    const channel = cloudApi({ ...secrets, graphUrl: url, retryDelayMs: 1, timeoutMs });
    return createWadesk({ encryptionKeys: ENCRYPTION_KEYS, log, storage, ...rest, channels: [channel] });
  };
  listenToAll(wadesk as never, note);
  wadesk.process("message.received", (event) => {
    note("handler", event);
    if (event.data.content.kind === "text" && event.data.content.text === "poison") throw new Error("cannot be read");
  });
  wadesk.process("message.status", (event) => note("handler", event));

  // set-up that cannot work
  await ask("short key", () => other({ encryptionKeys: "k1:c2hvcnQta2V5LW9mLW5vLXVzZQ" }));
  await ask("key without id", () => other({ encryptionKeys: NEW_KEY.toString("base64url") }));
  await ask("start", () => wadesk.start());

  // connecting that fails, in every way
  const connect = (where: string, change: object = {}) => ask(where, () => acme.connect("cloud-api", { ...account.input, ...change }));
  await connect("unknown token", { accessToken: never });
  await connect("expired token", { accessToken: expired });
  await connect("app token", { accessToken: `${app.id}|${app.secret}` });
  await connect("token with Bearer", { accessToken: `Bearer ${account.token}` });
  await connect("token in the wrong field", { phoneNumberId: account.token, surplus: account.token });
  const quoting = {
    kind: "refused",
    code: 190,
    status: 401,
    details: `Cannot parse ${account.token}`,
  } as const;
  // the first question about a token is asked with the app's own
  meta.fault({ ...quoting, code: 613, details: `Too many calls of ${app.token}`, operation: "GET /debug_token" });
  expect(await connect("app secret quoted")).toMatchObject({ code: "rate_limited", vendor: { message: "Too many calls of [secret]" } });
  for (const operation of ["GET /debug_token", "GET /{Phone-Number-ID}", "POST /{WABA-ID}/subscribed_apps"] as const) {
    for (const fault of [quoting, { kind: "connection_dropped" }, { kind: "answer_lost" }, { kind: "rate_limited" }] as const) {
      const striking = meta.fault({ ...fault, operation, times: 9 });
      await connect(`${fault.kind} at ${operation}`);
      striking.end();
    }
  }

  // the life of a connection
  const linking = acme.connect("cloud-api", { ...account.input, accessToken: ` ${account.token}\n` });
  for await (const step of linking) note("step", step);
  const { id } = await ask("connected", () => linking);
  await connect("number in use");
  const ana = meta.addContact({ phone: "+5511999990000" });
  for (const body of ["Hi", "poison"]) ana.send(account.numberId, { type: "text", text: { body } });
  await meta.settled();
  const send = (where: string, from = acme) => ask(where, () => from.send({ to: ana.phone ?? "", content: hello }));
  const sent = await send("sent");
  await meta.settled();
  await ask("message", () => acme.message(sent.id));
  for (const fault of [
    { ...quoting, code: 100, details: `Bad ${account.token}` },
    { kind: "connection_dropped" },
    { kind: "answer_lost" },
    { kind: "rate_limited" },
    { kind: "server_error", envelope: false },
    { kind: "failed_status", code: 131026, details: "undeliverable" },
  ] as const) {
    meta.fault({ ...fault, operation: MESSAGES });
    await send(`send with ${fault.kind}`);
  }

  // failures below HTTP, which carry the request with them
  const gone = await meta.listen();
  await gone.close();
  await send("nobody listens", other({ url: gone.url }).workspace("acme"));
  const leaky: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    const headers = Object.fromEntries(request.headers);
    return Promise.reject(
      Object.assign(new TypeError(`failed: ${JSON.stringify(headers)}`, { cause: new Error(JSON.stringify(headers)) }), {
        request,
        headers,
      }),
    );
  };
  await send("a fetch that tells all", other({ fetch: leaky }).workspace("acme"));
  await ask("a check through it", () => other({ fetch: leaky }).workspace("acme").check(id));
  meta.fault({ kind: "slow_answer", byMs: 2_000, operation: MESSAGES });
  await send("a timeout", other({ timeoutMs: 100 }).workspace("acme"));

  // webhooks that are refused, and Meta's challenge
  const post = (where: string, body: string, headers: Record<string, string>) =>
    ask(where, async () => {
      const answer = await fetch(callback, { method: "POST", body, headers });
      return [answer.status, Object.fromEntries(answer.headers), await answer.text()];
    });
  await post("forged", "{}", { "x-hub-signature-256": signMeta("{}", "guess") });
  await post("unsigned", "{}", {});
  await post("no JSON", "{", { "x-hub-signature-256": signMeta("{", app.secret) });
  await ask("challenge", async () => (await fetch(`${callback}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=guess`)).text());

  // the admin's settings
  const settings = (where: string, change: object) => ask(where, () => wadesk.settings.change("cloud-api", change));
  await settings("secret set directly", { appSecret: app.secret });
  await settings("secret in two words", { appSecret: { add: `${app.secret} ${app.secret}` } });
  await settings("secret in a plain field", { graphVersion: app.secret, appSecrets: { add: app.secret } });
  await settings("new secret", { appSecret: { add: ` ${app.resetSecret()} ` }, verifyToken: { add: `${NEW_VERIFY_TOKEN}\n` } });
  await settings("old secret retired", { appSecret: { retire: "option-1" } });
  await ask("settings", () => wadesk.settings.read("cloud-api"));

  // a token that dies, and its successor
  meta.expireToken(account.token, 460);
  await send("send with a dead token");
  await send("send again");
  await ask("check", () => acme.check(id));
  await ask("reconnect refused", () => acme.reconnect(id, "cloud-api", { ...account.input, accessToken: expired }));
  await ask("reconnected", () => acme.reconnect(id, "cloud-api", { ...account.input, accessToken: fresh }));
  await send("sent again");
  await meta.settled();

  // keys: rotated, and forgotten
  const keys = `k2:${NEW_KEY.toString("base64url")}`;
  await ask("key unknown", () => other({ encryptionKeys: keys }).workspace("acme").check(id));
  const rotating = other({ encryptionKeys: `${keys},${ENCRYPTION_KEYS}` });
  expect(await ask("rotated", () => rotating.rotateKeys())).toBeGreaterThan(3);
  await ask("checked with the new key", () => other({ encryptionKeys: keys }).workspace("acme").check(id));
  await ask("key of before", () => acme.check(id));

  // what can be listed, and the end
  await ask("list", () => acme.list());
  await ask("get", () => acme.get(id));
  await ask("steps", () => rotating.workspace("acme").steps(id));
  await ask("dead letters", () => wadesk.deadLetters.list());
  note("the client", [wadesk, acme, rotating, linking]);
  await ask("disconnected", () => rotating.workspace("acme").disconnect(id));
  await ask("removed", () => rotating.workspace("acme").remove(id));
  await ask("stop", () => wadesk.stop());
  note("log", [lines, otherLines]);

  expect(new Set(lines.map(({ level }) => level))).toEqual(new Set(["error", "warn", "debug"]));
  expect([...codes].sort()).toEqual([
    "credentials_rejected",
    "encryption_key_invalid",
    "encryption_key_unknown",
    "input_invalid",
    "number_in_use",
    "outcome_unknown",
    "provider_refused",
    "provider_unavailable",
    "rate_limited",
    "token_expired",
  ]);
  expect(search.size).toBeGreaterThan(200);
  const secrets = {
    "the access token": account.token,
    "the fresh token": fresh,
    "the expired token": expired,
    "the unknown token": never,
    "the app secret": firstSecret,
    "the new app secret": app.secret,
    "the verify token": VERIFY_TOKEN,
    "the new verify token": NEW_VERIFY_TOKEN,
    "the encryption key": Buffer.from(ENCRYPTION_KEYS.slice(3), "base64url"),
    "the encryption key as text": ENCRYPTION_KEYS.slice(3),
    "the new encryption key": NEW_KEY,
    "the new encryption key as text": NEW_KEY.toString("base64url"),
  };
  expect(search.find(secrets)).toEqual([]);
});
