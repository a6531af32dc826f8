import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, ERROR_TABLE, type ErrorCode, isWadeskError, memoryStorage } from "@wadesk/core";
import { postgresStorage } from "@wadesk/storage/postgres";
import { createFakeMeta, createFakeTwilio, recordingLogger } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { unofficial } from "@wadesk/unofficial";
import { expect, it, onTestFinished } from "vitest";
import { outcomeOf } from "./world/rendered.ts";

const ENCRYPTION_KEYS = `k1:${Buffer.alloc(32, 1).toString("base64url")}`;
const PASTED = { meta: `EAAB${"x".repeat(60)}`, sid: `AC${"a".repeat(32)}`, token: "b".repeat(32) };

async function openAcme() {
  const [meta, vendor] = [createFakeMeta(), createFakeTwilio()];
  const [{ url: graphUrl }, { url: apiUrl }] = [await meta.listen(), await vendor.listen()];
  onTestFinished(async () => void (await Promise.all([meta.close(), vendor.close()])));
  const channels = [cloudApi({ graphUrl, appId: "1", appSecret: "a".repeat(32), verifyToken: "v" }), twilio({ apiUrl }), unofficial()];
  const wadesk = createWadesk({ channels, storage: memoryStorage(), encryptionKeys: ENCRYPTION_KEYS });
  return wadesk.workspace("acme");
}

it.each([
  ["28P01", "configuration_invalid", "none"],
  ["57P03", "storage_unavailable", "retry"],
])("a start at a PostgreSQL that answers %s is %s, whose remedy is %s", async (code, expected, remedy) => {
  const pool = {
    connect: () => Promise.reject(Object.assign(new Error("refused"), { code })),
    on: () => undefined,
    removeListener: () => undefined,
  };
  const storage = postgresStorage({ pool, schema: "wadesk", log: recordingLogger().log });
  const wadesk = createWadesk({ channels: [unofficial()], storage, encryptionKeys: ENCRYPTION_KEYS });
  expect(await outcomeOf(() => wadesk.start())).toMatchObject({ code: expected, remedy });
  await wadesk.stop();
});

// what a vendor says of credentials, whichever attempt they came with
const OF_CREDENTIALS: readonly ErrorCode[] = [
  "credentials_rejected",
  "token_expired",
  "scope_missing",
  "app_mismatch",
  "number_mismatch",
  "number_not_registered",
];

it("no sentence about credentials speaks of a reconnect, since a first connect has nothing to reconnect", () => {
  for (const code of OF_CREDENTIALS) expect(ERROR_TABLE[code].text).not.toContain("reconnect");
});

it.each([
  ["cloud-api", { phoneNumberId: "106540352242922", wabaId: "102290129340398", accessToken: PASTED.meta }],
  ["twilio", { mode: "production", accountSid: PASTED.sid, authToken: PASTED.token, from: "+15550100002" }],
] as const)("a first connect of %s with credentials that are refused says what to give, and leaves no row", async (kind, input) => {
  const acme = await openAcme();
  const error = await outcomeOf(() => acme.connect(kind as never, input as never));
  expect(error).toMatchObject({ code: "credentials_rejected", httpStatus: 401 });
  expect((error as Error).message).toContain("again");
  expect((error as Error).message).not.toContain("reconnect");
  expect((await acme.list()).items).toEqual([]);
});

// the sentences of the library that checks: `Invalid input: expected string, received number`
const RAW = /Invalid input|expected string|received (undefined|null|number|array)|Unrecognized key|ZodError|too_small|invalid_type/;

it.each([
  undefined,
  null,
  7,
  [],
  {},
  { phone: 7 },
  { phoneNumberId: 7, wabaId: null, accessToken: [] },
  { mode: "prod", from: {} },
  { nothing: 1 },
])("what %j is refused with is in our words on every channel, and names a field", async (input) => {
  const acme = await openAcme();
  for (const kind of ["cloud-api", "twilio", "unofficial"] as const) {
    const error = await outcomeOf(() => acme.connect(kind, input as never));
    if (!isWadeskError(error, "input_invalid")) throw new Error(`${kind} took it`, { cause: error });
    expect(error.issues.length).toBeGreaterThan(0);
    expect(JSON.stringify(error)).not.toMatch(RAW);
  }
  const sent = await outcomeOf(() => acme.send(input as never));
  expect(sent).toMatchObject({ code: "input_invalid" });
  expect(JSON.stringify(sent)).not.toMatch(RAW);
});
