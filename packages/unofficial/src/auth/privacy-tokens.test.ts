import { expect, it } from "vitest";
import { type KeyChanges, loadBaileys } from "../baileys/baileys.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { freshAuthState } from "./auth-state.ts";
import { keepPrivacyTokens } from "./privacy-tokens.ts";

const baileys = await loadBaileys();
const silent = { level: "silent", child: () => silent, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const TOKEN: KeyChanges = { tctoken: { "1@lid": { token: Buffer.alloc(0), senderTimestamp: 5 } } };

/** A send as Baileys does it: what gives the token begins inside its transaction, and has an answer after it. */
async function send(mended: boolean): Promise<readonly string[]> {
  const records = memoryRecords();
  const { auth } = freshAuthState(baileys, records);
  const keys = baileys.addTransactionCapability(auth.keys, silent, { maxCommitRetries: 1, delayBetweenTriesMs: 0 });
  if (mended) keepPrivacyTokens({ authState: { creds: auth.creds, keys } }, { store: auth.keys, isSending: () => false, now: () => 0 });
  const answered = Promise.withResolvers<void>();
  let giving = Promise.resolve();
  await keys.transaction(async () => {
    giving = answered.promise.then(() => keys.set(TOKEN));
  }, "me");
  answered.resolve();
  await giving;
  return [...records.rows.keys()];
}

it("a privacy token that was given after a send is kept", async () => {
  expect(await send(true)).toEqual(["key/tctoken/1@lid"]);
});

// where this fails, Baileys keeps them by itself: then `privacy-tokens.ts` can go
it("Baileys by itself still loses it", async () => {
  expect(await send(false)).toEqual([]);
});

it("that a token will be given is stored when the message leaves, and not again within the week", async () => {
  const records = memoryRecords();
  const { auth, flush } = freshAuthState(baileys, records);
  const keys = baileys.addTransactionCapability(auth.keys, silent, { maxCommitRetries: 1, delayBetweenTriesMs: 0 });
  const week = 604_800_000;
  let [isSending, now] = [true, 4 * week];
  keepPrivacyTokens({ authState: { creds: auth.creds, keys } }, { store: auth.keys, isSending: () => isSending, now: () => now });
  const read = async (): Promise<unknown> => {
    const { "1@lid": token } = await keys.get("tctoken", ["1@lid"]);
    await flush();
    return token;
  };
  expect([await read(), (await auth.keys.get("tctoken", ["1@lid"]))["1@lid"]]).toEqual([
    undefined,
    { token: Buffer.alloc(0), senderTimestamp: (4 * week) / 1000 },
  ]);
  now += week - 1000;
  await read();
  expect(records.written).toHaveLength(1);
  now += 1000;
  isSending = false;
  await read();
  expect(records.written).toHaveLength(1);
  isSending = true;
  await read();
  expect(records.written).toHaveLength(2);
});
