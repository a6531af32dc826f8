import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCacheableSignalKeyStore, useMultiFileAuthState } from "@whiskeysockets/baileys";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type KeyChanges, type KeyStore, type KeyTypes, loadBaileys } from "../baileys/baileys.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { freshAuthState, storedAuthState } from "./auth-state.ts";

const bytes = fc.uint8Array({ maxLength: 40 }).map((value) => Buffer.from(value));
const pair = fc.record({ public: bytes, private: bytes });
const VALUES: { readonly [Type in keyof KeyTypes]: fc.Arbitrary<unknown> } = {
  "pre-key": pair,
  session: fc.record({
    version: fc.constant("v1"),
    _sessions: fc.dictionary(fc.constantFrom("a1", "b2", "c3"), fc.record({ counter: fc.nat(), key: bytes })),
  }),
  "sender-key": bytes,
  "sender-key-memory": fc.dictionary(fc.constantFrom("1:1@lid", "2:0@lid"), fc.boolean()),
  "app-state-sync-key": fc.record({ keyData: bytes, timestamp: fc.nat() }),
  "app-state-sync-version": fc.record({
    version: fc.nat(),
    hash: bytes,
    indexValueMap: fc.dictionary(fc.constantFrom("a1", "b2", "c3"), fc.record({ valueMac: bytes })),
  }),
  "lid-mapping": fc.string(),
  "device-list": fc.array(fc.string()),
  tctoken: fc.record({ token: bytes, timestamp: fc.string(), senderTimestamp: fc.nat() }),
  "identity-key": bytes,
};
const TYPES = Object.keys(VALUES) as (keyof KeyTypes)[];
// names that a file can have, since the folder of files is what it is compared with
const id: fc.Arbitrary<string> = fc.constantFrom("1", "2", "3_reverse", "15550001111.0", "15550001111_1.99", "__index");
const change = fc
  .array(
    fc.constantFrom(...TYPES).chain((type) => fc.tuple(fc.constant(type), id, fc.option(VALUES[type]))),
    { maxLength: 6 },
  )
  .map((rows) => {
    const changes: Record<string, Record<string, unknown>> = {};
    for (const [type, each, value] of rows) changes[type] = { ...changes[type], [each]: value };
    return changes as KeyChanges;
  });
const asked = fc.tuple(fc.constantFrom(...TYPES), fc.uniqueArray(id));
const call = fc.oneof(
  change.map((changes) => ({ changes })),
  asked.map((asked) => ({ asked })),
);
const silent = { level: "silent", child: () => silent, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** What a store answers to the same calls, without what it says of what is not there: `null` or nothing. */
async function answersOf(
  store: KeyStore,
  calls: readonly (typeof call extends fc.Arbitrary<infer Call> ? Call : never)[],
): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const each of calls) {
    if ("changes" in each) await store.set(each.changes);
    else answers.push(Object.fromEntries(Object.entries(await store.get(...each.asked)).filter(([, value]) => value != null)));
  }
  return answers;
}

it("answers every call as Baileys' own folder of files does, with its cache and without, and after a restart", async () => {
  const baileys = await loadBaileys();
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 12 }), async (calls) => {
      const folder = await mkdtemp(join(tmpdir(), "auth-"));
      try {
        const records = memoryRecords();
        const ours = freshAuthState(baileys, records);
        Object.assign(ours.auth.creds, { account: { details: Buffer.from("signed") } });
        ours.keepCredentials();
        await ours.flush();
        const { state: theirs, saveCreds } = await useMultiFileAuthState(folder);
        Object.assign(theirs.creds, ours.auth.creds);
        await saveCreds();
        expect(await answersOf(ours.auth.keys, calls)).toEqual(await answersOf(theirs.keys, calls));

        const reads = TYPES.map((type) => ({
          asked: [type, ["1", "2", "3_reverse", "15550001111.0", "15550001111_1.99", "__index"]] as [keyof KeyTypes, string[]],
        }));
        const again = await storedAuthState(baileys, records);
        const { state: theirsAgain } = await useMultiFileAuthState(folder);
        if (again === undefined) throw new Error("the device is gone");
        expect({ ...again.auth.creds }).toEqual({ ...theirsAgain.creds });
        expect(await answersOf(again.auth.keys, reads)).toEqual(
          await answersOf(makeCacheableSignalKeyStore(theirsAgain.keys, silent), reads),
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 30 },
  );
});
