import { createRequire } from "node:module";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { keyPair } from "../keys/key-pair.ts";
import { isSignedBy, sign } from "../keys/signature.ts";
import type { KeyBundle } from "./bundle.ts";
import { type SignalDevice, signalDevice } from "./signal-device.ts";
import { typed } from "./signal-message.ts";

interface LibsignalCipher {
  encrypt(plain: Buffer): Promise<{ type: number; body: Buffer }>;
  decryptPreKeyWhisperMessage(bytes: Buffer): Promise<Buffer>;
  decryptWhisperMessage(bytes: Buffer): Promise<Buffer>;
}
interface Libsignal {
  ProtocolAddress: new (name: string, device: number) => object;
  SessionBuilder: new (store: object, address: object) => { initOutgoing(bundle: object): Promise<void> };
  SessionCipher: new (store: object, address: object) => LibsignalCipher;
}

/** libsignal as Baileys brings it: the truth that our own implementation is held to. */
const libsignal = createRequire(createRequire(import.meta.url).resolve("@whiskeysockets/baileys"))("libsignal") as Libsignal;

/** A device that libsignal runs. */
function libsignalDevice() {
  const identity = keyPair();
  const signedPreKey = keyPair();
  const preKey = keyPair();
  const sessions = new Map<string, unknown>();
  const pair = ({ public: pubKey, private: privKey }: ReturnType<typeof keyPair>) => ({ pubKey: typed(pubKey), privKey });
  const store = {
    loadSession: async (address: string) => sessions.get(address),
    storeSession: async (address: string, record: unknown) => void sessions.set(address, record),
    isTrustedIdentity: () => true,
    loadPreKey: async (id: number) => (Number(id) === 7 ? pair(preKey) : undefined),
    removePreKey: async () => {},
    loadSignedPreKey: async () => pair(signedPreKey),
    getOurRegistrationId: () => 4711,
    getOurIdentity: () => pair(identity),
  };
  const address = new libsignal.ProtocolAddress("them", 1);
  const bundle: KeyBundle = {
    registrationId: 4711,
    identityKey: identity.public,
    signedPreKey: { id: 3, publicKey: signedPreKey.public, signature: sign(identity, typed(signedPreKey.public)) },
    preKey: { id: 7, publicKey: preKey.public },
  };
  const cipher = new libsignal.SessionCipher(store, address);
  return {
    bundle,
    begin: (theirs: KeyBundle) =>
      new libsignal.SessionBuilder(store, address).initOutgoing({
        registrationId: theirs.registrationId,
        identityKey: typed(theirs.identityKey),
        signedPreKey: {
          keyId: theirs.signedPreKey.id,
          publicKey: typed(theirs.signedPreKey.publicKey),
          signature: theirs.signedPreKey.signature,
        },
        ...(theirs.preKey && { preKey: { keyId: theirs.preKey.id, publicKey: typed(theirs.preKey.publicKey) } }),
      }),
    encrypt: async (text: string) => {
      const { type, body } = await cipher.encrypt(Buffer.from(text));
      return { type: type === 3 ? "pkmsg" : "msg", ciphertext: Buffer.from(body) };
    },
    decrypt: async (type: string, ciphertext: Buffer) =>
      String(await (type === "pkmsg" ? cipher.decryptPreKeyWhisperMessage(ciphertext) : cipher.decryptWhisperMessage(ciphertext))),
  };
}

let theirs: ReturnType<typeof libsignalDevice>;
let ours: SignalDevice;
const seal = (text: string) => ours.encrypt("them.1", () => theirs.bundle, Buffer.from(text));
const open = ({ type, ciphertext }: { type: string; ciphertext: Buffer }): string => String(ours.decrypt("them.1", type, ciphertext));

// libsignal tells the console of sessions it closes
beforeAll(() => {
  for (const level of ["info", "warn", "error"] as const) vi.spyOn(console, level).mockImplementation(() => {});
});
afterAll(() => void vi.restoreAllMocks());
beforeEach(() => {
  theirs = libsignalDevice();
  ours = signalDevice({ registrationId: 42 });
});

describe("our Signal and libsignal", () => {
  it("read each other when libsignal begins, over many turns", async () => {
    await theirs.begin(ours.takeBundle());
    const types: string[] = [];
    for (const turn of ["a", "b", "c", "d"]) {
      const sent = await theirs.encrypt(`${turn} from libsignal`);
      types.push(sent.type);
      expect(open(sent)).toBe(`${turn} from libsignal`);
      const back = seal(`${turn} from us`);
      types.push(back.type);
      expect(await theirs.decrypt(back.type, back.ciphertext)).toBe(`${turn} from us`);
    }
    expect(types).toEqual(["pkmsg", "msg", "msg", "msg", "msg", "msg", "msg", "msg"]);
  });

  it("read each other when we begin, with and without a one-time prekey", async () => {
    for (const preKey of [theirs.bundle.preKey, undefined]) {
      theirs = libsignalDevice();
      const bundle = { ...theirs.bundle, preKey: preKey && theirs.bundle.preKey };
      ours = signalDevice({ registrationId: 42 });
      const first = ours.encrypt("them.1", () => bundle, Buffer.from("hello"));
      expect(first.type).toBe("pkmsg");
      expect(await theirs.decrypt(first.type, first.ciphertext)).toBe("hello");
      expect(open(await theirs.encrypt("hello back"))).toBe("hello back");
      expect(seal("settled").type).toBe("msg");
    }
  });

  it("carry the beginning along until the other side has answered", async () => {
    for (const text of ["one", "two", "three"]) {
      const sent = seal(text);
      expect(sent.type).toBe("pkmsg");
      expect(await theirs.decrypt(sent.type, sent.ciphertext)).toBe(text);
    }
  });

  it("read messages that come out of order, across a turn of the ratchet", async () => {
    await theirs.begin(ours.takeBundle());
    const [first, second, third] = [await theirs.encrypt("1"), await theirs.encrypt("2"), await theirs.encrypt("3")];
    expect(open(third)).toBe("3");
    const back = seal("turn");
    await theirs.decrypt(back.type, back.ciphertext);
    expect(open(await theirs.encrypt("4"))).toBe("4");
    expect([open(second), open(first)]).toEqual(["2", "1"]);
  });

  it("agree to begin anew when the other side has lost its session", async () => {
    await theirs.begin(ours.takeBundle());
    open(await theirs.encrypt("old"));
    await theirs.begin(ours.takeBundle());
    expect(open(await theirs.encrypt("new"))).toBe("new");
    const back = seal("seen");
    expect(await theirs.decrypt(back.type, back.ciphertext)).toBe("seen");
  });
});

describe("our Signal refuses", () => {
  it("a message with any one bit of its body or MAC flipped, and reads the true one afterwards", async () => {
    await theirs.begin(ours.takeBundle());
    open(await theirs.encrypt("hello"));
    const back = seal("hello");
    await theirs.decrypt(back.type, back.ciphertext);
    const sent = await theirs.encrypt("true");
    expect(sent.type).toBe("msg");
    for (let bit = 0; bit < sent.ciphertext.length * 8; bit += 1) {
      const flipped = Buffer.from(sent.ciphertext);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => open({ type: "msg", ciphertext: flipped }), `bit ${bit}`).toThrow();
    }
    expect(open(sent)).toBe("true");
  });

  it("a message that was read before", async () => {
    await theirs.begin(ours.takeBundle());
    const sent = await theirs.encrypt("once");
    open(sent);
    expect(() => open(sent)).toThrow("read before");
  });

  it("a message so far in the future that two thousand keys were missed, and reads the one before", () => {
    const [sender, receiver] = [signalDevice({ registrationId: 1 }), signalDevice({ registrationId: 2 })];
    const sent = Array.from({ length: 2_002 }, (_unused, index) => sender.encrypt("r", receiver.takeBundle, Buffer.from(String(index))));
    const read = (index: number) => String(receiver.decrypt("s", sent[index]?.type ?? "", sent[index]?.ciphertext ?? Buffer.alloc(0)));
    expect(() => read(2_000)).toThrow("too far in the future");
    expect(read(1_999)).toBe("1999");
    expect(read(2_001)).toBe("2001");
  });

  it("a beginning whose one-time prekey was used by another, or never given", async () => {
    const bundle = ours.takeBundle();
    await theirs.begin(bundle);
    open(await theirs.encrypt("mine"));
    const late = libsignalDevice();
    await late.begin(bundle);
    const sent = await late.encrypt("also mine");
    expect(() => ours.decrypt("late.1", sent.type, sent.ciphertext)).toThrow("one-time prekey");
  });

  it("a message without a session, and a type it does not know", async () => {
    expect(() => open({ type: "msg", ciphertext: Buffer.alloc(60, 3) })).toThrow("no session");
    expect(() => open({ type: "skmsg", ciphertext: Buffer.alloc(60) })).toThrow("skmsg");
  });

  it("a bundle whose signed prekey somebody else signed", () => {
    const forged = { ...theirs.bundle, signedPreKey: { ...theirs.bundle.signedPreKey, signature: sign(keyPair(), Buffer.from("x")) } };
    expect(() => ours.encrypt("them.1", () => forged, Buffer.from("x"))).toThrow("not signed by its identity");
  });
});

it("a bundle of ours is signed by its identity, and gives each prekey once", () => {
  const [one, two] = [ours.takeBundle(), ours.takeBundle()];
  expect(isSignedBy(one.identityKey, typed(one.signedPreKey.publicKey), one.signedPreKey.signature)).toBe(true);
  expect([one.preKey?.id, two.preKey?.id]).toEqual([1, 2]);
});
