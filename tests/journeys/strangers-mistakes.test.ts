import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { createFakeMeta, metaText, signMeta } from "@wadesk/testing";
import { metaHandlers, twilioHandlers } from "@wadesk/testing/msw";
import { createWebhookHandler, verifyMetaSignature, verifyTwilioSignature } from "@wadesk/webhooks";
import { expect, it } from "vitest";
import { ENCRYPTION_KEYS } from "./world/open-world.ts";
import { outcomeOf } from "./world/rendered.ts";

const meta = createFakeMeta();
const number = meta.addNumber({ wabaId: meta.addWaba().id });
const ana = meta.addContact({ name: "Ana" });
const body = new Uint8Array();
const [ID, VALUE] = ENCRYPTION_KEYS.split(":");

/** What somebody does who has read the papers in a hurry, and what is said to it. */
const MISTAKES: readonly (readonly [string, () => unknown, string])[] = [
  [
    "a fake number is written to by its phone",
    () => ana.send(number.phone, { type: "text" }),
    `it is called by its id, ${number.id}: write ana.send(number.id, …)`,
  ],
  [
    "a person writes without a number",
    () => ana.send({ type: "text" } as never, undefined as never),
    "give the id of a number, as addNumber() answers it",
  ],
  [
    "a person writes a bare text",
    () => ana.send(number.id, "Hello" as never),
    'a message has a type, e.g. { type: "text", text: { body: "Hello" } }',
  ],
  [
    "a webhook is signed before it is written",
    () => signMeta(metaText() as never, "x"),
    "body must be a text or bytes: JSON.stringify(payload)",
  ],
  [
    "a webhook is signed without a secret",
    () => signMeta("{}", undefined as never),
    "appSecret must be a text: the app's, e.g. app.secret",
  ],
  ["MSW is given no fake", () => metaHandlers(undefined as never), "metaHandlers: meta must be what createFakeMeta answers"],
  [
    "MSW is given a fake that is on its way",
    () => twilioHandlers(Promise.resolve() as never),
    "twilioHandlers: twilio must be what createFakeTwilio answers",
  ],
  [
    "a signature is checked with a secret by another name",
    () => verifyMetaSignature({ body, signature: "sha256=00", secret: "x" } as never),
    "verifyMetaSignature: secret is not an option; did you mean appSecret?",
  ],
  [
    "a signature of Twilio's is checked with a token by another name",
    () => verifyTwilioSignature({ url: "https://x.example", body, signature: "x", token: "x" } as never),
    "verifyTwilioSignature: token is not an option; did you mean authToken?",
  ],
  [
    "SQLite is given PostgreSQL's address",
    () => sqliteStorage("postgres://db/app"),
    "path: is an address, and no file; a PostgreSQL is opened by postgresStorage()",
  ],
  ["SQLite's memory is misspelt", () => sqliteStorage("memory:"), 'path: must be ":memory:" for a database in memory'],
  [
    "a key is written in base64",
    () => keyed(`k1:${Buffer.alloc(32, 251).toString("base64")}`),
    "key 1 is base64; base64url has - for + and _ for /",
  ],
  ["a key keeps the quotes of its file", () => keyed(`"${ENCRYPTION_KEYS}"`), "key 1 stands in quotes; give it without them"],
  ["a key has no id", () => keyed(VALUE ?? ""), `key 1 has no id; write k1: before it`],
  ["a key is hexadecimal", () => keyed(`${ID}:${"ab".repeat(32)}`), "key 1 is hexadecimal; write its 32 bytes as base64url"],
];

const keyed = (encryptionKeys: string) => createWadesk({ channels: [cloudApi()], encryptionKeys });

it.each(MISTAKES)("%s, and is told what to do", async (_mistake, make, said) => {
  expect(String(await outcomeOf(make))).toContain(said);
});

it("what is called beside the webhooks' paths is told them", async () => {
  const handler = createWebhookHandler(createWadesk({ channels: [cloudApi()], encryptionKeys: ENCRYPTION_KEYS }));
  const answer = await handler(new Request("https://chat.example.com/webhook/whatsapp/inbound", { method: "POST", body: "{}" }));
  expect(await answer.json()).toMatchObject({
    error: { code: "not_found", message: expect.stringMatching(/the exact one \(here: \/webhooks\/whatsapp\/inbound, /) },
  });
});

it("a secret that is not there verifies nothing, as before", async () => {
  expect(await verifyMetaSignature({ body, signature: `sha256=${"0".repeat(64)}`, appSecret: undefined as never })).toBe(false);
});
