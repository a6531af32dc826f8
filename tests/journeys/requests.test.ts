import { type CloudApiChannel, cloudApi } from "@wadesk/cloud-api";
import { createWadesk, isWadeskError, memoryStorage, type Wadesk, type Workspace } from "@wadesk/core";
import { recordingLogger } from "@wadesk/testing";
import { type TwilioChannel, twilio } from "@wadesk/twilio";
import { describe, expect, it } from "vitest";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";

type Channels = CloudApiChannel | TwilioChannel;
/** What a program without types may call: anything with anything. */
type Loose<Side> = {
  readonly [Name in keyof Side]: Side[Name] extends (...values: never[]) => unknown ? (...values: unknown[]) => unknown : Side[Name];
};
/** A call that is wrong, the field that it is wrong in, and a piece of what is said of it. */
type Wrong<Side> = readonly [call: (side: Loose<Side>) => unknown, field: string, message: string];
/** One row per method: a new one without a row does not compile, and fails the first test. */
type Table<Side> = { readonly [Name in keyof Side]: readonly Wrong<Side>[] };

function open(): { readonly wadesk: Wadesk<Channels>; readonly acme: Workspace<Channels> } {
  const { log } = recordingLogger();
  const wadesk = createWadesk({ channels: [cloudApi(), twilio()], storage: memoryStorage(), encryptionKeys: ENCRYPTION_KEYS, log });
  return { wadesk, acme: wadesk.workspace("acme") };
}

const ids = (
  name: "cancel" | "intent" | "get" | "steps" | "setPrimary" | "disconnect" | "remove" | "check",
): readonly Wrong<Workspace<Channels>>[] => [
  [(acme) => acme[name](), "id", "the id of a connection"],
  [(acme) => acme[name](7), "id", "the id of a connection"],
  [(acme) => acme[name](""), "id", "the id of a connection"],
];
const text = { kind: "text", text: "Hello" };
const good = { phoneNumberId: "106540352242922", wabaId: "102290129340398", accessToken: "EAAGexample" };

const WORKSPACE: Table<Workspace<Channels>> = {
  id: [],
  connect: [
    [
      (acme) => acme.connect("cloud-api", { ...good, accessToken: undefined, accesToken: "EAAG" }),
      "accesToken",
      "accesToken is not a field; did you mean accessToken?",
    ],
    [(acme) => acme.connect("cloud-api", { ...good, bussinessId: "1" }), "bussinessId", "did you mean businessId?"],
    [(acme) => acme.connect("cloud-api", { ...good, label: 7 }), "label", "must be a text"],
    [(acme) => acme.connect("cloud-api"), "", "must be an object with phoneNumberId"],
    [(acme) => acme.connect("twilio", { mode: "sandbox", token: "x" }), "token", "did you mean authToken?"],
    [(acme) => acme.connect("cloud-api", { ...good, phoneNumberId: 106540352242922 }), "phoneNumberId", "must be a text; paste the Phone"],
    [(acme) => acme.connect("cloud-api", { ...good, accessToken: {} }), "accessToken", "must be a text; generate one"],
    [(acme) => acme.connect("twilio", { mode: "sandbox", accountSid: 7 }), "accountSid", "must be a text"],
    [(acme) => acme.connect(), "kind", "must be a text"],
  ],
  reconnect: [
    [(acme) => acme.reconnect(undefined, "cloud-api", good), "id", "the id of a connection"],
    [(acme) => acme.reconnect("con_1", 7, good), "kind", "must be a text"],
  ],
  signup: [
    [(acme) => acme.signup(7, { userId: "ana" }), "kind", "must be a text"],
    [(acme) => acme.signup("twilio", { userId: "ana" }), "kind", "twilio has no signup; use connect()"],
  ],
  list: [
    [(acme) => acme.list({ limit: 0 }), "limit", "a whole number from 1 to 200"],
    [(acme) => acme.list({ limit: 201 }), "limit", "a whole number from 1 to 200"],
    [(acme) => acme.list({ limit: 1.5 }), "limit", "a whole number from 1 to 200"],
    [(acme) => acme.list({ limit: "10" }), "limit", "a whole number from 1 to 200"],
    [(acme) => acme.list({ state: "conected" }), "state", "conected is not a state; did you mean connected?"],
    [(acme) => acme.list({ search: 7 }), "search", "must be a text"],
    [(acme) => acme.list({ search: "x".repeat(201) }), "search", "at most 200 characters"],
    [(acme) => acme.list({ states: ["failed"] }), "states", "did you mean state?"],
    [(acme) => acme.list({ region: 55 }), "region", "must be a text"],
    [(acme) => acme.list({ cursor: 7 }), "cursor", "must be a text"],
    [(acme) => acme.list({ cursor: "gibberish" }), "cursor", "no list answered"],
    [(acme) => acme.list(null), "", "must be an object with"],
  ],
  changedSince: [
    [(acme) => acme.changedSince(), "cursor", "give the `changes` of a list"],
    [(acme) => acme.changedSince("0"), "cursor", "give the `changes` of a list"],
    [(acme) => acme.changedSince('["cloud-api","x"]'), "cursor", "give the `changes` of a list"],
    [(acme) => acme.changedSince('["cloud-api","0"]', { limit: 0 }), "limit", "a whole number from 1 to 200"],
    [(acme) => acme.changedSince('["cloud-api","0"]', { limits: 1 }), "limits", "did you mean limit?"],
  ],
  watch: [[(acme) => acme.watch(), "listener", "must be a function"]],
  get: ids("get"),
  steps: ids("steps"),
  setPrimary: ids("setPrimary"),
  rename: [
    [(acme) => acme.rename(undefined, "Shop"), "id", "the id of a connection"],
    [(acme) => acme.rename("con_1", " "), "label", "a text that is not empty"],
  ],
  cancel: ids("cancel"),
  intent: ids("intent"),
  disconnect: ids("disconnect"),
  remove: ids("remove"),
  check: ids("check"),
  send: [
    [(acme) => acme.send(), "", "must be an object with to, content"],
    [(acme) => acme.send({ to: "+5511999990001", content: text, idempotencykey: "1" }), "idempotencykey", "did you mean idempotencyKey?"],
    [(acme) => acme.send({ to: "+5511999990001", content: { ...text, txt: "x" } }), "content.txt", "did you mean text?"],
    [(acme) => acme.send({ to: { fone: "+5511999990001" }, content: text }), "to.fone", "did you mean phone?"],
    [(acme) => acme.send({ to: "+5511999990001", content: { kind: "txt" } }), "content.kind", "did you mean text?"],
    [(acme) => acme.send({ to: "+5511999990001", content: { kind: "text" } }), "content.text", "is missing; it must be a text"],
    [(acme) => acme.send({ to: "+5511999990001", content: { ...text, text: 7 } }), "content.text", "must be a text"],
    [(acme) => acme.send({ to: "+5511999990001", content: text, replyTo: 7 }), "replyTo", "must be a text"],
    [(acme) => acme.send({ to: "+5511999990001", content: text, fallback: true }), "fallback", 'must be "text"'],
    [(acme) => acme.send({ to: { groupId: "" }, content: text }), "to.groupId", "must not be empty"],
    [(acme) => acme.send({ to: "+5511999990001", content: text, from: "" }), "from", "must not be empty"],
  ],
  lastNumberOf: [
    [(acme) => acme.lastNumberOf(), "contact", "give a phone, or a contact"],
    [(acme) => acme.lastNumberOf(null), "contact", "give a phone, or a contact"],
    [(acme) => acme.lastNumberOf({ phone: 7 }), "phone", "must be a text"],
    [(acme) => acme.lastNumberOf({ fone: "+5511999990001" }), "fone", "did you mean phone?"],
  ],
  media: [
    [({ media }) => media.download({ id: "1" }, { form: "con_1" } as never), "form", "did you mean from?"],
    [({ media }) => media.download({} as never), "media", "the content.media of the event"],
    [({ media }) => media.upload({ data: "text", mimeType: "text/plain" } as never), "data", "must be bytes"],
    [({ media }) => media.upload({ data: new Uint8Array(1), mimetype: "text/plain" } as never), "mimetype", "did you mean mimeType?"],
  ],
  operations: [
    [(acme) => acme.operations(7, "con_1"), "kind", "must be a text"],
    [(acme) => acme.operations("twilio", "con_1"), "kind", "twilio has no operations"],
    [(acme) => (acme.operations("cloud-api", 7) as { displayName(): unknown }).displayName(), "id", "the id of a connection"],
  ],
  groups: [
    [({ groups }) => groups.get("" as never), "groupId", "the groupId of an event"],
    [({ groups }) => groups.list({ form: "con_1" } as never), "form", "did you mean from?"],
    [({ groups }) => groups.create({ subject: " ", members: [] }), "subject", "a text that is not empty"],
    [({ groups }) => groups.create({ subject: "x".repeat(101), members: [] }), "subject", "more than 100 characters"],
    [({ groups }) => groups.create({ subject: "Team", members: [7] } as never), "members.0", "a phone in E.164"],
    [({ groups }) => groups.change("1", { topic: "x" } as never), "topic", "is not a field"],
    [({ groups }) => groups.change("1", { disappearAfter: 1.5 }), "disappearAfter", "whole seconds"],
    [({ groups }) => groups.invite("1", { renew: 1 } as never), "renew", "must be true or false"],
    [({ groups }) => groups.join(" "), "invite", "the address of the invitation"],
  ],
  message: [[(acme) => acme.message(7), "id", "the id of a message"]],
  markRead: [
    [(acme) => acme.markRead(), "", "must be an object with messageId"],
    [(acme) => acme.markRead({}), "messageId", "the messageId of the event"],
    [(acme) => acme.markRead({ messageId: "wamid.1", typing: "yes" }), "typing", "must be true or false"],
    [(acme) => acme.markRead({ messageId: "wamid.1", form: "con_1" }), "form", "did you mean from?"],
  ],
};

const CLIENT: Table<Wadesk<Channels>> = {
  workspace: [[(wadesk) => wadesk.workspace(" "), "workspaceId", "the id of your tenant"]],
  settings: [
    [({ settings }) => settings.setActiveChannel(7 as never), "kind", "must be a text"],
    [({ settings }) => settings.read(undefined as never), "kind", "must be a text"],
    [({ settings }) => settings.change("cloud-api", undefined as never), "", "must be an object"],
    [({ settings }) => settings.change("cloud-api", { graphVerion: "v24.0" } as never), "graphVerion", "did you mean graphVersion?"],
    [({ settings }) => settings.change("twilio", { webhookURLs: undefined } as never), "webhookURLs", "did you mean webhookUrl?"],
    [({ settings }) => settings.change("cloud-api", { graphVersion: 24 } as never), "graphVersion", "must be a text"],
    [({ settings }) => settings.change("twilio", { senders: "acme" } as never), "senders", "must be a list"],
    [({ settings }) => settings.change("cloud-api", { appSecrets: { add: "x" } } as never), "appSecrets", "did you mean appSecret?"],
    [
      ({ settings }) => settings.change("cloud-api", { appSecret: { add: "x", retier: "option-1" } } as never),
      "appSecret.retier",
      "did you mean retire?",
    ],
    [
      ({ settings }) => settings.change("twilio", { senders: [{ workspace: "acme", number: "+15550100001" }] } as never),
      "senders.0.workspace",
      "has workspaceId and number, and nothing else",
    ],
  ],
  process: [
    [(wadesk) => wadesk.process("mesage.received", () => {}), "type", "mesage.received is not an event; did you mean message.received?"],
    [
      (wadesk) => wadesk.process("connection.changed", () => {}),
      "type",
      "connection.changed is not an event that process handles; listen with on",
    ],
    [(wadesk) => wadesk.process("message.received"), "handler", "must be a function"],
  ],
  on: [
    [(wadesk) => wadesk.on("connection.change", () => {}), "name", "did you mean connection.changed?"],
    [(wadesk) => wadesk.on("constructor", () => {}), "name", "is not an event"],
    [(wadesk) => wadesk.on("connection.changed", {}), "listener", "must be a function"],
  ],
  drain: [
    [(wadesk) => wadesk.drain({ budgetMs: -1 }), "budgetMs", "milliseconds, 0 or more"],
    [(wadesk) => wadesk.drain({ budgetMs: "9" }), "budgetMs", "must be a number"],
    [(wadesk) => wadesk.drain({ budget: 9 }), "budget", "did you mean budgetMs?"],
  ],
  deadLetters: [
    [({ deadLetters }) => deadLetters.list({ limit: 0 }), "limit", "a whole number from 1 to 200"],
    [({ deadLetters }) => deadLetters.list({ cursor: "gibberish" }), "cursor", "no list answered"],
    [({ deadLetters }) => deadLetters.list({ workspace: "acme" } as never), "workspace", "did you mean workspaceId?"],
    [({ deadLetters }) => deadLetters.list({ workspaceId: undefined } as never), "workspaceId", "leave it out for all"],
    [({ deadLetters }) => deadLetters.replay("one" as never), "keys", "must be a list of the keys"],
    [({ deadLetters }) => deadLetters.replay([1] as never), "keys", "must be a list of the keys"],
    [({ deadLetters }) => deadLetters.replay(["1"], { workspaceId: undefined } as never), "workspaceId", "leave it out for all"],
    [({ deadLetters }) => deadLetters.replay(["1"], { workspaceId: "" }), "workspaceId", "the id of your tenant"],
  ],
  rotateKeys: [],
  eventCounts: [
    [(wadesk) => wadesk.eventCounts({ workspaceId: "" }), "workspaceId", "the id of your tenant"],
    [(wadesk) => wadesk.eventCounts({ workspaceId: undefined }), "workspaceId", "leave it out for all"],
    [(wadesk) => wadesk.eventCounts({ id: "acme" }), "id", "is not a field"],
  ],
  exportWorkspace: [[(wadesk) => wadesk.exportWorkspace(""), "workspaceId", "the id of your tenant"]],
  deleteWorkspace: [
    [(wadesk) => wadesk.deleteWorkspace(""), "workspaceId", "the id of your tenant"],
    [(wadesk) => wadesk.deleteWorkspace("acme", { forced: true }), "forced", "did you mean force?"],
    [(wadesk) => wadesk.deleteWorkspace("acme", { force: "no" }), "force", "must be true or false"],
  ],
  start: [],
  stop: [],
  inbound: [],
  screen: [],
};

async function expectRefused<Side>(side: Side, [call, field, message]: Wrong<Side>): Promise<void> {
  const outcome = await outcomeOf(() => call(side as Loose<Side>));
  expect(outcome).toMatchObject({ code: "input_invalid", remedy: "change-request" });
  const issues = isWadeskError(outcome) ? outcome.issues : [];
  expect(issues).toContainEqual(expect.objectContaining({ field, message: expect.stringContaining(message) }));
  expect(issues.filter(({ code }) => code === "invalid")).toEqual([]);
  expect(String(outcome)).toContain(message);
}

describe("a request that is wrong", () => {
  it("has its row below for each method of the client and of a workspace", () => {
    const { wadesk, acme } = open();
    expect(Object.keys(acme).sort()).toEqual(Object.keys(WORKSPACE).sort());
    expect(Object.keys(wadesk).sort()).toEqual(Object.keys(CLIENT).sort());
  });

  it.each(Object.entries(WORKSPACE))("is refused by a workspace, naming the field and the fix: %s", async (_name, rows) => {
    for (const row of rows) await expectRefused(open().acme, row);
  });

  it.each(Object.entries(CLIENT))("is refused by the client, naming the field and the fix: %s", async (_name, rows) => {
    for (const row of rows) await expectRefused(open().wadesk, row as Wrong<Wadesk<Channels>>);
  });
});

const GARBAGE: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  Number.NaN,
  "",
  "x",
  "\0\ud800",
  "x".repeat(100_000),
  Symbol("s"),
  1n,
  [],
  [null],
  {},
  Object.create(null),
  () => {},
  new Date(0),
  new Map(),
];

describe("whatever is handed to a method", () => {
  const { wadesk, acme } = open();
  const { settings, deadLetters } = wadesk;
  const methods = Object.entries({
    ...wadesk,
    ...acme,
    ...settings,
    list: acme.list,
    listDead: deadLetters.list,
    replay: deadLetters.replay,
  });
  const called = methods.filter(([name, method]) => typeof method === "function" && !["start", "stop", "rotateKeys"].includes(name));

  it.each(called)("is done, or refused by an error of ours: %s", async (name, method) => {
    for (const first of GARBAGE) {
      for (const values of [[first], ["cloud-api", first], ["con_1", "cloud-api", first], [first, "x", () => {}]]) {
        const outcome = await outcomeOf(() => (method as unknown as (...given: unknown[]) => unknown)(...values));
        if (outcome instanceof Error && !isWadeskError(outcome)) throw new Error(`${name}(${values.map(String)})`, { cause: outcome });
      }
    }
  });
});
