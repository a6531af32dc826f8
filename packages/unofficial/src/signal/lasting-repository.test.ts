import { describe, expect, it } from "vitest";
import { type SignalParty, says, signalParty } from "../testing/signal-party.ts";

const SHOP = "111@lid";
const ANA = "222@lid";
const ANA_BY_NUMBER = "15550002222@s.whatsapp.net";

/** Two who have spoken with each other. */
async function spoken(kind: "ours" | "bare"): Promise<readonly [shop: SignalParty, ana: SignalParty]> {
  const [shop, ana] = [await signalParty(kind), await signalParty("bare")];
  await shop.signal.injectE2ESession({ jid: ANA, session: await ana.bundle() });
  await says(shop, ANA, ana, SHOP, "Hello");
  await says(ana, SHOP, shop, ANA, "Hello yourself");
  return [shop, ana];
}

describe("a session that was begun anew while the other side writes in the former one", () => {
  const afterwards = async (kind: "ours" | "bare"): Promise<string> => {
    const [shop, ana] = await spoken(kind);
    await shop.signal.injectE2ESession({ jid: ANA, session: await ana.bundle() });
    await says(ana, SHOP, shop, ANA, "in the former one");
    return says(shop, ANA, ana, SHOP, "in the new one");
  };

  it("is read by the other side", async () => {
    expect(await afterwards("ours")).toBe("in the new one");
  });

  // where this fails, libsignal tries sessions without moving them: then `onEachSession` can go
  it("libsignal by itself has moved in vain, so that nobody reads what is written in it", async () => {
    await expect(afterwards("bare")).rejects.toThrow("MAC");
  });
});

describe("a person who is written to by number and writes by LID at the same time", () => {
  /** Whether what was moved by one is still moved after the other: the next is read, and what was read once is not read again. */
  const atOnce = async (kind: "ours" | "bare"): Promise<readonly string[]> => {
    const [shop, ana] = await spoken(kind);
    await shop.signal.lidMapping.storeLIDPNMappings([{ lid: ANA, pn: ANA_BY_NUMBER }]);
    const { type, ciphertext } = await ana.signal.encryptMessage({ jid: SHOP, data: Buffer.from("by LID") });
    const decrypt = async (): Promise<string> => Buffer.from(await shop.signal.decryptMessage({ jid: ANA, type, ciphertext })).toString();
    const [sent] = await Promise.all([shop.signal.encryptMessage({ jid: ANA_BY_NUMBER, data: Buffer.from("by number") }), decrypt()]);
    const next = await shop.signal.encryptMessage({ jid: ANA, data: Buffer.from("the next") });
    const read = (each: typeof sent): Promise<string> =>
      ana.signal.decryptMessage({ jid: SHOP, ...each }).then(
        (words) => Buffer.from(words).toString(),
        () => "not read",
      );
    return [await read(sent), await read(next), await decrypt().catch(() => "read before")];
  };

  it("reads both messages, since one waits for the other", async () => {
    expect(await atOnce("ours")).toEqual(["by number", "the next", "read before"]);
  });

  // where this fails, Baileys holds a person and not an address: then `person-locks.ts` can go
  it("Baileys by itself lets one overwrite what the other has moved", async () => {
    expect(await atOnce("bare")).not.toEqual(["by number", "the next", "read before"]);
  });
});

describe("what is written to a group, message after message", () => {
  const GROUP = "120363000000000001@g.us";
  /** How long the record of the own chain is after so many messages, and what a member reads. */
  const written = async (kind: "ours" | "bare", count: number): Promise<{ readonly length: number; readonly read: readonly string[] }> => {
    const [shop, ana] = [await signalParty(kind), await signalParty("bare")];
    const encrypt = (words: string) => shop.signal.encryptGroupMessage({ group: GROUP, meId: SHOP, data: Buffer.from(words) });
    const first = await encrypt("0");
    const item = { groupId: GROUP, axolotlSenderKeyDistributionMessage: first.senderKeyDistributionMessage };
    await ana.signal.processSenderKeyDistributionMessage({ authorJid: SHOP, item });
    const sent = [first];
    for (let index = 1; index < count; index += 1) sent.push(await encrypt(String(index)));
    const read: string[] = [];
    for (const { ciphertext } of sent) {
      const opened = await ana.signal.decryptGroupMessage({ group: GROUP, authorJid: SHOP, msg: ciphertext });
      read.push(Buffer.from(opened).toString());
    }
    const [[, record] = []] = Object.entries(await shop.state.auth.keys.get("sender-key", [`${GROUP}::111_1::0`]));
    return { length: record?.length ?? 0, read };
  };

  it("leaves a record of the own chain that does not grow, and everything is read", async () => {
    const [few, many] = [await written("ours", 2), await written("ours", 12)];
    expect(few.length).toBeGreaterThan(0);
    // digits of what is in it
    expect(many.length).toBeLessThan(few.length + 100);
    expect(many.read).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
  });

  // where this fails, Baileys keeps no keys that it passed over: then `passed-keys.ts` can go
  it("Baileys by itself keeps a key that nobody needs with each", async () => {
    const [few, many] = [await written("bare", 2), await written("bare", 12)];
    expect(many.length).toBeGreaterThan(few.length + 1000);
  });
});

describe("what a member of a group wrote before what came first", () => {
  const GROUP = "120363000000000001@g.us";
  /** What is read where the last of four came before the two in the middle. */
  const late = async (kind: "ours" | "bare"): Promise<readonly string[]> => {
    const [shop, ana] = [await signalParty(kind), await signalParty("bare")];
    const encrypt = (words: string) => ana.signal.encryptGroupMessage({ group: GROUP, meId: ANA, data: Buffer.from(words) });
    const first = await encrypt("0");
    const sent = [first, await encrypt("1"), await encrypt("2"), await encrypt("3")];
    const item = { groupId: GROUP, axolotlSenderKeyDistributionMessage: first.senderKeyDistributionMessage };
    await shop.signal.processSenderKeyDistributionMessage({ authorJid: ANA, item });
    const read: string[] = [];
    for (const place of [0, 3, 1, 2, 1]) {
      const msg = sent[place]?.ciphertext ?? new Uint8Array();
      const opened = shop.signal.decryptGroupMessage({ group: GROUP, authorJid: ANA, msg });
      read.push(
        await opened.then(
          (words) => Buffer.from(words).toString(),
          () => "not read",
        ),
      );
    }
    return read;
  };

  it("is read, and once", async () => {
    expect(await late("ours")).toEqual(["0", "3", "1", "2", "not read"]);
  });

  // where this fails, Baileys reads the keys that it keeps: then `late-keys.ts` can go
  it("Baileys by itself cannot open it", async () => {
    expect(await late("bare")).toEqual(["0", "3", "not read", "not read", "not read"]);
  });
});

it("an outgoing message is encrypted once for a device, and stored together with the ratchet", async () => {
  const sealed = new Map<string, { type: "pkmsg" | "msg"; ciphertext: Uint8Array }>();
  const outgoing = {
    sealed: (jid: string) => sealed.get(jid),
    groupSealed: () => undefined,
    note: (jid: string, each: { type: "pkmsg" | "msg"; ciphertext: Uint8Array }) => {
      sealed.set(jid, each);
      return new Map([["out/1", each.ciphertext]]);
    },
    noteGroup: () => new Map(),
    stored: () => {},
  };
  const hooks = { opened: async () => new Map(), read: async () => {}, openedBefore: async () => undefined, outgoing: () => outgoing };
  const [shop, ana] = [await signalParty("ours", { hooks, attempted: () => {} }), await signalParty("bare")];
  await shop.signal.injectE2ESession({ jid: ANA, session: await ana.bundle() });
  await shop.state.flush();
  const before = shop.records.written.length;
  const first = await shop.signal.encryptMessage({ jid: ANA, data: Buffer.from("once") });
  await shop.state.flush();
  expect(await shop.signal.encryptMessage({ jid: ANA, data: Buffer.from("once") })).toBe(first);
  await shop.state.flush();
  expect(shop.records.written.slice(before)).toEqual([["out/1", "key/session/222_1.0"]]);
});

it("what could not be stored settles nothing any more: neither this message nor the next, nor is one taken for unreadable", async () => {
  const [shop, ana] = await spoken("ours");
  const settled: string[] = [];
  const note = (what: string) => () => void settled.push(what);
  shop.records.breakWith(new Error("the disk is full"));
  const { type, ciphertext } = await ana.signal.encryptMessage({ jid: SHOP, data: Buffer.from("one") });
  // it may be on its way to the storage: the socket holds its receipt back
  shop.signal.decryptMessage({ jid: ANA, type, ciphertext }).catch(note("not decrypted"));
  await shop.state.failed;
  const again = shop.signal.decryptMessage({ jid: ANA, type, ciphertext });
  again.then(note("decrypted"), note("not decrypted"));
  shop.signal.encryptMessage({ jid: ANA, data: Buffer.from("two") }).then(note("encrypted"), note("not encrypted"));
  shop.signal.validateSession(ANA).then(note("validated"), note("not validated"));
  shop.signal.lidMapping.getLIDForPN(ANA_BY_NUMBER).then(note("asked"), note("not asked"));
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toEqual([]);
});

describe("two numbers of one process that talk with the same person at once", () => {
  const SHOPS = [SHOP, "333@lid"] as const;

  /** What each number wrote in one transaction, message by message, while both did the same. */
  const atOnce = async (way: "out" | "in"): Promise<readonly (readonly string[][])[]> => {
    const noted = new Map([[`${way}/a message`, new Uint8Array([1])]]);
    const outgoing = { sealed: () => undefined, groupSealed: () => undefined, note: () => noted, noteGroup: () => noted, stored() {} };
    const hooks = {
      opened: async () => noted,
      read: async () => {},
      openedBefore: async () => undefined,
      outgoing: () => (way === "out" ? outgoing : undefined),
    };
    const ana = await signalParty("bare");
    const shops = await Promise.all(SHOPS.map(() => signalParty("ours", { hooks, attempted: () => {} })));
    const data = Buffer.from("Hello");
    for (const [index, shop] of shops.entries()) {
      await shop.signal.injectE2ESession({ jid: ANA, session: await ana.bundle() });
      const sent = await shop.signal.encryptMessage({ jid: ANA, data });
      await ana.signal.decryptMessage({ jid: SHOPS[index] ?? SHOP, ...sent });
    }
    const answers = await Promise.all(SHOPS.map((jid) => ana.signal.encryptMessage({ jid, data })));
    await Promise.all(shops.map(({ state }) => state.flush()));
    for (const { records } of shops) records.written.length = 0;
    const does = (shop: SignalParty, index: number): Promise<unknown> => {
      const answer = answers[index];
      if (answer === undefined) throw new Error("nobody answered");
      return way === "out" ? shop.signal.encryptMessage({ jid: ANA, data }) : shop.signal.decryptMessage({ jid: ANA, ...answer });
    };
    await Promise.all(shops.map(does));
    await Promise.all(shops.map(({ state }) => state.flush()));
    return shops.map(({ records }) => records.written);
  };

  it.each(["out", "in"] as const)("store each its own ratchet together with its message, %s", async (way) => {
    const both = [`${way}/a message`, "key/session/222_1.0"];
    expect((await atOnce(way)).map((written) => written.map((keys) => keys.filter((key) => both.includes(key)).sort()))).toEqual([
      [both.toSorted()],
      [both.toSorted()],
    ]);
  });
});
