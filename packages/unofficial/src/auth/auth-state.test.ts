import { manualClock } from "@wadesk/testing";
import { expect, it } from "vitest";
import { loadBaileys } from "../baileys/baileys.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { freshAuthState, storedAuthState } from "./auth-state.ts";

const baileys = await loadBaileys();
const pair = () => ({ public: Buffer.from("public"), private: Buffer.from("private") });

function linked(records = memoryRecords()) {
  const state = freshAuthState(baileys, records);
  Object.assign(state.auth.creds, { account: { details: Buffer.from("signed") }, me: { id: "15550001111:1@s.whatsapp.net" } });
  return { records, state };
}

it("nothing is kept of a device that is not linked yet, and once it is, it is found again", async () => {
  const records = memoryRecords();
  const state = freshAuthState(baileys, records);
  Object.assign(state.auth.creds, { me: { id: "15550001111@s.whatsapp.net" }, pairingCode: "ABCD1234" });
  state.keepCredentials();
  await state.flush();
  expect(records.rows.size).toBe(0);
  expect(await storedAuthState(baileys, records)).toBeUndefined();
  Object.assign(state.auth.creds, { account: { details: Buffer.from("signed") } });
  state.keepCredentials();
  await state.flush();
  expect((await storedAuthState(baileys, records))?.auth.creds).toEqual({ ...state.auth.creds });
});

it("a change set of many types is one transaction, what is asked for in one turn is one reading, and a ratchet that was just written is none", async () => {
  const { records, state } = linked();
  const { keys } = state.auth;
  await keys.set({
    session: { a: Buffer.from("1") },
    "identity-key": { a: Buffer.from("2") },
    "lid-mapping": { "1": "2", "2_reverse": "1" },
  });
  expect(records.written).toEqual([["key/session/a", "key/identity-key/a", "key/lid-mapping/1", "key/lid-mapping/2_reverse"]]);
  const [sessions, mappings] = await Promise.all([keys.get("session", ["a", "b"]), keys.get("lid-mapping", ["1"])]);
  expect([sessions, mappings]).toEqual([{ a: Buffer.from("1") }, { "1": "2" }]);
  expect(records.read).toEqual([["key/session/b", "key/lid-mapping/1"]]);
});

it("prekeys and their counter are stored in one transaction, and the counter never without them", async () => {
  const { records, state } = linked();
  const { auth } = state;
  const before = auth.creds.nextPreKeyId;
  // Baileys tells the new counter inside the transaction, before the keys are committed
  Object.assign(auth.creds, { nextPreKeyId: 31, firstUnuploadedPreKeyId: 31 });
  state.keepCredentials();
  await state.flush();
  expect((await storedAuthState(baileys, records))?.auth.creds.nextPreKeyId).toBe(before);
  await auth.keys.set({ "pre-key": { "30": pair() } });
  expect(records.written.at(-1)).toEqual(["key/pre-key/30", "creds"]);
  expect((await storedAuthState(baileys, records))?.auth.creds.nextPreKeyId).toBe(31);
});

it("a prekey that was used goes without the credentials", async () => {
  const { records, state } = linked();
  await state.auth.keys.set({ "pre-key": { "1": null } });
  expect(records.written).toEqual([["key/pre-key/1"]]);
});

it("credentials are stored in their order, and are stored when flushed", async () => {
  const { records, state } = linked();
  for (let counter = 1; counter <= 20; counter += 1) {
    state.auth.creds.accountSyncCounter = counter;
    state.keepCredentials();
  }
  await state.flush();
  expect((await storedAuthState(baileys, records))?.auth.creds.accountSyncCounter).toBe(20);
  expect(records.written.length).toBeLessThan(4);
});

it("history that was processed is remembered by its newest hundred", async () => {
  const { records, state } = linked();
  state.auth.creds.processedHistoryMessages = Array.from({ length: 250 }, (_unused, index) => ({
    key: { id: `h${index}` },
    messageTimestamp: index,
  }));
  state.keepCredentials();
  await state.flush();
  const kept = (await storedAuthState(baileys, records))?.auth.creds.processedHistoryMessages ?? [];
  expect([kept.length, kept[0]?.key.id, kept.at(-1)?.key.id]).toEqual([100, "h150", "h249"]);
});

it("a write that fails is told, and nothing is written after it", async () => {
  const { records, state } = linked();
  const reason = new Error("another process took over");
  records.breakWith(reason);
  await expect(state.auth.keys.set({ session: { a: Buffer.from("1") } })).rejects.toBe(reason);
  expect(await state.failed).toBe(reason);
  records.breakWith(undefined);
  state.keepCredentials();
  await expect(state.flush()).rejects.toBe(reason);
  expect(records.rows.size).toBe(0);
});

it("what is written after it was forgotten is not kept", async () => {
  const { records, state } = linked();
  const before = state.auth.keys.set({ session: { a: Buffer.from("1") } });
  await Promise.all([before, state.forget()]);
  state.keepCredentials();
  await state.auth.keys.set({ tctoken: { "1@lid": { token: Buffer.from("1") } } });
  await state.flush();
  expect(records.rows.size).toBe(0);
});

it("what may wait is stored after five seconds, with what is kept before, or when the session is left", async () => {
  const records = memoryRecords();
  const { clock, advance } = manualClock();
  const state = freshAuthState(baileys, records, clock.after);
  const kept = new Map([["out/1", { value: new Uint8Array([1]) }]]);
  await state.keep({}, kept);
  const count = (): number => [...records.rows.keys()].filter((key) => key.startsWith("out/")).length;
  state.keepLater(new Map([["out/1", undefined]]));
  await advance(4999);
  expect(count()).toBe(1);
  await advance(1);
  await state.flush();
  expect(count()).toBe(0);
});
