import type { InboundEvent } from "@wadesk/core/ports";
import { recordingLogger } from "@wadesk/testing";
import { expect, it } from "vitest";
import type { AuthState } from "../auth/auth-state.ts";
import { type Body, loadBaileys } from "../baileys/baileys.ts";
import type { Chats } from "../content/create-chats.ts";
import type { Connecting } from "../socket/connecting.ts";
import { memoryRecords } from "../testing/memory-records.ts";
import { createReceiver } from "./create-receiver.ts";

const baileys = await loadBaileys();

/** A session that decrypts one message, with core having it when it says so. */
async function decrypted(body: Body) {
  const records = memoryRecords();
  const { log } = recordingLogger();
  const stored = Promise.withResolvers<void>();
  const told: InboundEvent[] = [];
  const receive = async (events: readonly InboundEvent[]): Promise<void> => {
    await stored.promise;
    told.push(...events);
  };
  const keep: AuthState["keep"] = async (_values, changes) => void (await records.set(changes as Parameters<typeof records.set>[0]));
  const keepLater: AuthState["keepLater"] = (changes) => void keep({}, changes);
  const state = {
    auth: { creds: { me: { id: "15550001111:2@s.whatsapp.net" } } },
    keep,
    keepLater,
    fail: () => {},
  } as unknown as AuthState;
  const chats = {
    files: async () => ({ seal: () => "a file" }),
    known: { changesOf: async () => new Map(), find: async () => undefined },
    people: { complete: async (contact: unknown) => contact },
    prompts: { answerTo: async () => undefined },
    own: () => ({}),
  } as unknown as Chats;
  const receiver = createReceiver(
    { route: "unofficial:acme:1", connectionId: "con_1", records, voice: { receive }, log, now: () => 1 } as unknown as Connecting,
    { baileys, state, chats, presence: false },
  );
  const ciphertext = Uint8Array.of(1, 2, 3);
  const attrs = { id: "3EB0A", from: "222@lid", t: "1800000000" };
  const plaintext = Uint8Array.from([...baileys.proto.Message.encode(body).finish(), 1]);
  receiver.frame({ tag: "message", attrs, content: [{ tag: "enc", attrs: {}, content: ciphertext }] });
  await records.set((await receiver.hooks.opened(ciphertext, plaintext)) as Parameters<typeof records.set>[0]);
  await receiver.hooks.read(ciphertext, plaintext);
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const entries = (): number => [...records.rows.keys()].filter((key) => key.startsWith("in/")).length;
  return {
    receiver,
    entries,
    told,
    /** Core cannot take it. */
    refuse: () => stored.reject(new Error("core could not take it")),
    /** Core has it. */
    async store(): Promise<void> {
      stored.resolve();
      await receiver.settled();
      await turn();
    },
  };
}

it.each([
  ["a reaction", { reactionMessage: { text: "x" } }],
  ["a vote", { pollUpdateMessage: {} }],
])("%s without a key, which Baileys never hands over, is in the journal until core has it and no longer", async (_what, body) => {
  const { entries, store } = await decrypted(body);
  expect(entries()).toBe(1);
  await store();
  expect(entries()).toBe(0);
});

it("any other is in the journal until Baileys hands it over", async () => {
  const { entries, store, receiver, told } = await decrypted({ conversation: "Hello" });
  await store();
  expect([entries(), told.map(({ type }) => type)]).toEqual([1, ["message.received"]]);
  receiver.hear({ "messages.upsert": { messages: [{ key: { id: "3EB0A", remoteJid: "222@lid", fromMe: false } }], type: "notify" } });
  await store();
  expect(entries()).toBe(0);
});

it("what follows a message that core could not take is not told before it", async () => {
  const { receiver, told, refuse } = await decrypted({ conversation: "first" });
  refuse();
  const second = receiver.tell(async () => [{ type: "call.received" } as never]);
  await expect(second).rejects.toThrow();
  expect(told).toEqual([]);
});
