import { createSignupHandler } from "@wadesk/cloud-api/signup";
import { prepareSignup } from "@wadesk/cloud-api/browser";
import { postgresMigrations } from "@wadesk/storage/postgres";
import { sqliteMigrations } from "@wadesk/storage/sqlite";
import { createFakeMeta, createFakeTwilio, signTwilio } from "@wadesk/testing";
import { webhookSourceContract } from "@wadesk/testing/contracts";
import { controlEndpoint, createWhatsAppWeb, phonesPage } from "@wadesk/testing/whatsapp-web";
import { importSession } from "@wadesk/unofficial";
import { runBridge } from "@wadesk/unofficial/service";
import { expect, it } from "vitest";
import { outcomeOf } from "./world/rendered.ts";

const meta = createFakeMeta();
const business = meta.addBusiness();
const waba = meta.addWaba({ businessId: business.id });
const app = meta.addApp();
const vendor = createFakeTwilio();
const account = vendor.addAccount();
const sender = vendor.addSender({ accountSid: account.sid });
const nothing = {} as never;
const mounted = { authorize: () => undefined, page: "/settings" };

/** What is called, what it is given, and the option that it was meant to be. */
const CALLS: readonly (readonly [string, (options: never) => unknown, object, string])[] = [
  ["createFakeMeta", createFakeMeta, { clok: 1 }, "clock"],
  ["createFakeMeta: pace", createFakeMeta, { pace: { sendMs: 1 } }, "sentMs"],
  ["createFakeMeta.listen", (options) => meta.listen(options), { prt: 1 }, "port"],
  ["createFakeMeta.addApp", (options) => meta.addApp(options), { secrt: "x" }, "secret"],
  ["createFakeMeta.addBusiness", (options) => meta.addBusiness(options), { nam: "x" }, "name"],
  ["createFakeMeta.addWaba", (options) => meta.addWaba(options), { bussinessId: "1" }, "businessId"],
  ["createFakeMeta.addCatalog", (options) => meta.addCatalog(options), { bussinessId: business.id }, "businessId"],
  ["createFakeMeta.addNumber", (options) => meta.addNumber(options), { wabaId: waba.id, verifedName: "x" }, "verifiedName"],
  ["createFakeMeta.addToken", (options) => meta.addToken(options), { appId: app.id, wabaids: [waba.id], scope: [] }, "wabaIds"],
  [
    "createFakeMeta.addTemplate",
    (options) => meta.addTemplate(options),
    { wabaId: waba.id, name: "x", lang: "pt_BR", categry: "" },
    "category",
  ],
  ["createFakeMeta.addContact", (options) => meta.addContact(options), { phne: "1" }, "phone"],
  ["createFakeMeta.fault", (options) => meta.fault(options), { kind: "refused", cod: 4 }, "code"],
  ["createFakeMeta.fault", (options) => meta.fault(options), { kind: "refused", code: 4, time: 2 }, "times"],
  ["createFakeTwilio", createFakeTwilio, { clok: 1 }, "clock"],
  ["createFakeTwilio: pace", createFakeTwilio, { pace: { readMS: 1 } }, "readMs"],
  ["createFakeTwilio.listen", (options) => vendor.listen(options), { prt: 1 }, "port"],
  ["createFakeTwilio.addAccount", (options) => vendor.addAccount(options), { authtoken: "x" }, "authToken"],
  ["createFakeTwilio.addSender", (options) => vendor.addSender(options), { accountSid: account.sid, webhok: {} }, "webhook"],
  ["createFakeTwilio.addContent", (options) => vendor.addContent(options), { accountSid: account.sid, type: {} }, "types"],
  ["createFakeTwilio.addContact", (options) => vendor.addContact(options), { phne: "1" }, "phone"],
  [
    "createFakeTwilio.addFile",
    (options) => vendor.addFile(options),
    { url: "http://x.example/a", contenttype: "image/png" },
    "contentType",
  ],
  ["createFakeTwilio.fault", (options) => vendor.fault(options), { kind: "slow_answer", byMS: 4 }, "byMs"],
  ["contact.change", (options) => meta.addContact().change(options), { read: false }, "reads"],
  ["contact.change", (options) => vendor.addContact().change(options), { block: true }, "blocks"],
  ["app.setWebhook", (options) => app.setWebhook(options), { url: "http://127.0.0.1:1", verifytoken: "x" }, "verifyToken"],
  ["app.addConfiguration", (options) => app.addConfiguration(options), { redirectURI: [] }, "redirectUris"],
  ["sender.setWebhook", (options) => sender.setWebhook(options), { callbackURI: "x" }, "callbackUrl"],
  ["sandbox.setWebhook", (options) => vendor.sandbox.setWebhook(options), { callbackURI: "x" }, "callbackUrl"],
  ["createWhatsAppWeb", createWhatsAppWeb, { prt: 1 }, "port"],
  ["controlEndpoint", (options) => controlEndpoint(nothing, [], options), { prt: 1 }, "port"],
  ["phonesPage", (options) => phonesPage(nothing, [], options), { complaint: () => [] }, "complaints"],
  ["signTwilio", signTwilio, { url: "https://x.example", params: {}, authtoken: "x" }, "authToken"],
  [
    "webhookSourceContract",
    (options) => webhookSourceContract("x", options),
    { kind: "x", connectionSecret: () => [] },
    "connectionSecrets",
  ],
  ["createSignupHandler", (options) => createSignupHandler(nothing, options), { ...mounted, basepath: "/app" }, "basePath"],
  ["postgresMigrations", postgresMigrations, { shema: "wadesk" }, "schema"],
  ["sqliteMigrations", sqliteMigrations, { afer: "x" }, "after"],
  ["importSession", (options) => importSession(nothing, options), { form: { folder: "x" } }, "from"],
  ["runBridge", runBridge, { foldr: "x", words: ["--help"] }, "folder"],
];

it.each(CALLS)("%s refuses an option that it does not know, and names the one that was meant", async (of, call, options, meant) => {
  const outcome = await outcomeOf(async () => call(options as never));
  expect(String(outcome)).toContain(of.split(":")[0]?.split(".")[0]);
  expect(String(outcome)).toContain(`did you mean ${meant}?`);
});

it("a fault is of a kind that there is", () => {
  expect(() => meta.fault({ kind: "expired_tokn" } as never)).toThrow(
    "createFakeMeta.fault: kind must be one of expired_token, missing_scope,",
  );
  expect(() => vendor.fault({ kind: "expired_token" } as never)).toThrow(
    "createFakeTwilio.fault: kind must be one of credentials_rejected,",
  );
});

it("a fault names an operation that there is", () => {
  const kind = "refused";
  expect(() => meta.fault({ kind, code: 4, operation: "POST /messages" as never })).toThrow("must be one of GET /debug_token");
  expect(() => vendor.fault({ kind, code: 4, operation: "POST /Messages.json" as never })).toThrow("must be one of GET /2010-04-01");
});

it("prepareSignup refuses an option that it does not know, and says which there are", async () => {
  const outcome = await outcomeOf(async () => prepareSignup({ pth: "/app" } as never));
  expect(String(outcome)).toBe("TypeError: prepareSignup: pth is not an option; there is path, features, nonce, page");
});
