import { randomBytes } from "node:crypto";
import { BufferJSON, initAuthCreds } from "@whiskeysockets/baileys";
import { describe, expect, it } from "vitest";
import { phoneOf, readCredentials } from "./read-credentials.ts";
import { readKeys } from "./read-keys.ts";

const pair = { public: Buffer.alloc(33, 5), private: Buffer.alloc(32, 7) };
const SOUND: Readonly<Record<string, unknown>> = {
  "pre-key-1": pair,
  "session-1.0": { _sessions: {}, version: "v1" },
  "sender-key-1@g.us::1::0": Buffer.from("[]"),
  "sender-key-memory-1@g.us": { "1:1@lid": true },
  "app-state-sync-key-AA": { keyData: "AAAA" },
  "app-state-sync-version-regular": { version: 1, hash: Buffer.alloc(128), indexValueMap: {} },
  "lid-mapping-1": "2",
  "device-list-1": ["0", "1"],
  "tctoken-1@lid": { token: Buffer.alloc(0), senderTimestamp: 1 },
  "identity-key-1.0": Buffer.alloc(33, 5),
};
const WRONG: readonly unknown[] = [7, true, [], [7], {}, { private: pair.private }, "", Buffer.alloc(0)];

describe("the keys of a session", () => {
  it("are taken, each as it is", () => {
    const { keys, left } = readKeys({ ...SOUND, creds: "{}" });
    expect(keys.map(({ value }) => value)).toEqual(Object.values(SOUND));
    expect(left).toEqual([]);
  });

  it.each(Object.keys(SOUND))("%s is refused by its name where it cannot be one, and says nothing of what stands in it", (name) => {
    const refused = WRONG.filter((value) => {
      try {
        readKeys({ [name]: JSON.stringify(value, BufferJSON.replacer) });
        return false;
      } catch (error) {
        expect(error).toMatchObject({ code: "input_invalid", message: expect.stringContaining(`session.keys: ${name} is no`) });
        return true;
      }
    });
    expect(refused.length).toBeGreaterThan(3);
  });

  it("the list that older Baileys kept of a group's sender becomes the bytes that it is now", () => {
    const states = [{ senderKeyId: 1, senderChainKey: { iteration: 2, seed: Buffer.from("seed") } }];
    const [key] = readKeys({ "sender-key-1@g.us::1::0": states }).keys;
    expect(JSON.parse(Buffer.from(key?.value as Uint8Array).toString(), BufferJSON.reviver)).toEqual(states);
  });
});

describe("the credentials of a session", () => {
  const { processedHistoryMessages: _none, ...fresh } = initAuthCreds();
  const signature = randomBytes(64).toString("base64");
  const account = { details: "AAAA", accountSignature: signature, deviceSignature: signature, accountSignatureKey: "AAAA" };
  const sound = { ...fresh, account, me: { id: "15550001111:3@s.whatsapp.net", lid: "9:3@lid" }, novelty: 1 };

  it("are taken with what is new in them, and what they lack is made anew", () => {
    const read = readCredentials(JSON.stringify(sound, BufferJSON.replacer), initAuthCreds());
    expect(read).toEqual({ ...sound, processedHistoryMessages: [] });
    expect(phoneOf(read)).toBe("+15550001111");
  });

  it.each([
    ["noiseKey", { noiseKey: { ...sound.noiseKey, private: Buffer.alloc(31) } }, "noiseKey is no pair of keys"],
    ["signature", { signedPreKey: { ...sound.signedPreKey, signature: Buffer.alloc(63) } }, "signedPreKey.signature is no signature"],
    ["counter", { nextPreKeyId: "1" }, "nextPreKeyId is no number"],
    ["account", { account: { ...account, details: "" } }, "account.details is not there"],
    ["me", { me: { id: "9@lid" } }, "me.id names no number"],
  ])("are refused for their %s, which is named, and no key stands in what is said", (_what, change, message) => {
    const read = (): unknown => readCredentials({ ...sound, ...change }, initAuthCreds());
    expect(read).toThrow(`session.creds: ${message}`);
    try {
      read();
    } catch (error) {
      const said = `${JSON.stringify(error)} ${String(error)}`;
      for (const secret of [sound.advSecretKey, Buffer.from(sound.noiseKey.public).toString("base64"), signature])
        expect(said).not.toContain(secret);
    }
  });
});
