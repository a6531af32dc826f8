import { addTransactionCapability, DEFAULT_CONNECTION_CONFIG, initAuthCreds, type SignalDataTypeMap } from "@whiskeysockets/baileys";
import { describe, expect, it } from "vitest";
import { keyPair } from "../keys/key-pair.ts";
import { sign } from "../keys/signature.ts";
import { encodeFields } from "./protobuf-fields.ts";
import { isReadBefore } from "./read-before.ts";
import { type SenderKeys, senderKeys } from "./sender-key.ts";
import { typed, VERSION } from "./signal-message.ts";

const GROUP = "120363000000000001@g.us";
const AUTHOR = "15550001111:1@s.whatsapp.net";

/** The other implementation of the same keys, as Baileys brings it. */
function baileysRepository() {
  const rows = new Map<string, unknown>();
  const { makeSignalRepository } = DEFAULT_CONNECTION_CONFIG;
  const logger = DEFAULT_CONNECTION_CONFIG.logger.child({});
  logger.level = "silent";
  const store = addTransactionCapability(
    {
      get: async (type, ids) =>
        Object.fromEntries(ids.map((id) => [id, rows.get(`${type}/${id}`)])) as Record<string, SignalDataTypeMap[typeof type]>,
      set: async (data) => {
        for (const [type, values] of Object.entries(data))
          for (const [id, value] of Object.entries(values ?? {})) rows.set(`${type}/${id}`, value);
      },
    },
    logger,
    { maxCommitRetries: 1, delayBetweenTriesMs: 1 },
  );
  return makeSignalRepository({ creds: initAuthCreds(), keys: store }, logger);
}

function pair(): { readonly sender: SenderKeys; readonly reader: SenderKeys } {
  const sender = senderKeys();
  const reader = senderKeys();
  reader.learn(GROUP, "sender", sender.distribution(GROUP));
  return { sender, reader };
}
const read = (reader: SenderKeys, message: Uint8Array) => reader.decrypt(GROUP, "sender", message).toString();

describe("sender keys agree with Baileys", () => {
  it("whose messages are read here", async () => {
    const repository = baileysRepository();
    const reader = senderKeys();
    for (const text of ["one", "two", "three"]) {
      const { ciphertext, senderKeyDistributionMessage } = await repository.encryptGroupMessage({
        group: GROUP,
        meId: AUTHOR,
        data: Buffer.from(text),
      });
      if (text === "one") reader.learn(GROUP, "sender", senderKeyDistributionMessage);
      expect(read(reader, ciphertext)).toBe(text);
    }
  });

  it("which reads what is written here", async () => {
    const repository = baileysRepository();
    const sender = senderKeys();
    const item = { groupId: GROUP, axolotlSenderKeyDistributionMessage: sender.distribution(GROUP) };
    await repository.processSenderKeyDistributionMessage({ item, authorJid: AUTHOR });
    for (const text of ["one", "two", "three"]) {
      const plain = await repository.decryptGroupMessage({
        group: GROUP,
        authorJid: AUTHOR,
        msg: sender.encrypt(GROUP, Buffer.from(text)),
      });
      expect(Buffer.from(plain).toString()).toBe(text);
    }
  });

  it("which refuses what was signed by another key", async () => {
    const repository = baileysRepository();
    const { sender } = pair();
    const item = { groupId: GROUP, axolotlSenderKeyDistributionMessage: sender.distribution(GROUP) };
    await repository.processSenderKeyDistributionMessage({ item, authorJid: AUTHOR });
    const message = sender.encrypt(GROUP, Buffer.from("signed"));
    message[message.length - 20]! ^= 1;
    await expect(repository.decryptGroupMessage({ group: GROUP, authorJid: AUTHOR, msg: message })).rejects.toThrow("signature");
  });
});

describe("a sender key", () => {
  it("is given to each address once, until it is another", () => {
    const { sender } = pair();
    expect(sender.distributionFor(GROUP, "a")).toEqual(sender.distribution(GROUP));
    expect(sender.distributionFor(GROUP, "a")).toBeUndefined();
    expect(sender.distributionFor(GROUP, "b")).toBeDefined();
    sender.rotate(GROUP);
    expect(sender.distributionFor(GROUP, "a")).toBeDefined();
  });

  it("reads nothing that was written before it was given", () => {
    const sender = senderKeys();
    const early = sender.encrypt(GROUP, Buffer.from("early"));
    const reader = senderKeys();
    reader.learn(GROUP, "sender", sender.distribution(GROUP));
    expect(() => read(reader, early)).toThrow();
    expect(read(reader, sender.encrypt(GROUP, Buffer.from("now")))).toBe("now");
  });

  it("reads nothing that was written after another took its place", () => {
    const { sender, reader } = pair();
    sender.rotate(GROUP);
    expect(() => read(reader, sender.encrypt(GROUP, Buffer.from("secret")))).toThrow("no sender key");
  });

  it("is of one sender and one group", () => {
    const { sender, reader } = pair();
    const message = sender.encrypt(GROUP, Buffer.from("here"));
    expect(() => reader.decrypt("other@g.us", "sender", message)).toThrow("no sender key");
    expect(() => reader.decrypt(GROUP, "somebody", message)).toThrow("no sender key");
    reader.forget("sender");
    expect(() => read(reader, message)).toThrow("no sender key");
  });
});

describe("a group's message", () => {
  it("is refused with any one byte changed, and readable unchanged after that", () => {
    const { sender, reader } = pair();
    const message = sender.encrypt(GROUP, Buffer.from("exactly this"));
    for (let at = 0; at < message.length; at += 1) {
      const changed = Buffer.from(message);
      changed[at]! ^= 1;
      expect(() => read(reader, changed), `byte ${at}`).toThrow();
    }
    expect(read(reader, message)).toBe("exactly this");
  });

  it("is read once; that it was read before is told from every other failure", () => {
    const { sender, reader } = pair();
    const message = sender.encrypt(GROUP, Buffer.from("once"));
    read(reader, message);
    let failure: unknown;
    try {
      read(reader, message);
    } catch (error) {
      failure = error;
    }
    expect(isReadBefore(failure)).toBe(true);
    expect(isReadBefore(new Error("something else"))).toBe(false);
  });

  it("is read in any order", () => {
    const { sender, reader } = pair();
    const messages = ["one", "two", "three"].map((text) => sender.encrypt(GROUP, Buffer.from(text)));
    expect([2, 0, 1].map((index) => read(reader, messages[index] ?? Buffer.alloc(0)))).toEqual(["three", "one", "two"]);
  });

  it.each([
    [2_000, "as far as one may be", "final block"],
    [2_001, "too far", "too far"],
  ])("%i ahead is %s", (iteration, _what, error) => {
    const signing = keyPair();
    const reader = senderKeys();
    const versioned = (fields: Buffer) => Buffer.concat([Buffer.from([VERSION]), fields]);
    reader.learn(GROUP, "sender", versioned(encodeFields({ 1: 7, 2: 0, 3: Buffer.alloc(32), 4: typed(signing.public) })));
    const body = versioned(encodeFields({ 1: 7, 2: iteration, 3: Buffer.from("any") }));
    expect(() => read(reader, Buffer.concat([body, sign(signing, body)]))).toThrow(error);
  });
});
