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
  if (mended) keepPrivacyTokens({ authState: { creds: auth.creds, keys } }, auth.keys);
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
