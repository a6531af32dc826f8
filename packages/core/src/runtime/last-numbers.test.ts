import { describe, expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { Contact } from "../model/contact.ts";
import { faultyStorage } from "../testing/faulty-storage.ts";
import { createLastNumbers, type LastNumbers } from "./last-numbers.ts";

const phone = "+5511999990000";
const MINUTE = 60_000;

/** Last numbers over a memory, the calls that its records get, and a time that moves. */
function open() {
  const clock = { now: 1_760_000_000_000 };
  const { storage, callsOf } = faultyStorage(memoryStorage({ now: () => clock.now }));
  const numbers = createLastNumbers(storage.records, { now: () => clock.now, after: () => () => {} });
  const say = (contact: Contact, connectionId: string, at: number): Promise<void> => numbers.note("acme", { contact, connectionId, at });
  const of = (contact: Contact): Promise<string | undefined> => numbers.of("acme", contact);
  return { clock, storage, callsOf, numbers, say, of };
}

async function allOf(numbers: LastNumbers, workspaceId: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const each of numbers.all(workspaceId)) all.push(each);
  return all;
}

describe("the number that a contact last spoke with", () => {
  it("is the connection of what was said last, whatever order it is told in, and of no other workspace", async () => {
    const { numbers, say, of } = open();
    expect(await of({ phone })).toBeUndefined();
    await say({ phone }, "con_1", 1000);
    await say({ phone }, "con_2", 3000);
    await say({ phone }, "con_1", 2000);
    expect(await of({ phone })).toBe("con_2");
    expect(await numbers.of("rival", { phone })).toBeUndefined();
    expect(await of({})).toBeUndefined();
  });

  it.each<[string, Contact]>([
    ["a business-scoped id", { userId: "BR.1" }],
    ["a LID", { lid: "1234@lid" }],
  ])("is found by the phone and by %s, once both were told together", async (_name, id) => {
    const { say, of } = open();
    await say(id, "con_1", 1000);
    await say({ phone }, "con_2", 2000);
    expect([await of(id), await of({ phone })]).toEqual(["con_1", "con_2"]);
    await say({ ...id, phone }, "con_1", 3000);
    await say({ phone }, "con_2", 4000);
    expect([await of(id), await of({ phone })]).toEqual(["con_2", "con_2"]);
    await say(id, "con_1", 5000);
    expect([await of(id), await of({ phone }), await of({ ...id, phone })]).toEqual(["con_1", "con_1", "con_1"]);
  });

  it("is one for both spellings of a Brazilian number", async () => {
    const { say, of } = open();
    await say({ phone: "+551187654321" }, "con_1", 1000);
    expect(await of({ phone: "+5511987654321" })).toBe("con_1");
  });

  it("is written when it changes or a minute has passed, and costs one read otherwise", async () => {
    const { callsOf, say, of } = open();
    await say({ phone }, "con_1", 1000);
    for (let at = 2000; at < 1000 + MINUTE; at += 1000) await say({ phone }, "con_1", at);
    expect([callsOf("get"), callsOf("set")]).toEqual([60, 1]);
    await say({ phone }, "con_1", 1000 + MINUTE);
    await say({ phone }, "con_2", 1001 + MINUTE);
    expect([await of({ phone }), callsOf("set")]).toEqual(["con_2", 3]);
  });

  it("of a hundred contacts who speak at once is one read and one write", async () => {
    const { callsOf, say, of } = open();
    const contacts = Array.from({ length: 100 }, (_, index) => ({ phone: `+55119999900${index}` }));
    await Promise.all(contacts.map((contact, index) => say(contact, `con_${index}`, 1000)));
    expect([callsOf("get"), callsOf("set")]).toEqual([1, 1]);
    expect(await of({ phone: "+5511999990099" })).toBe("con_99");
  });

  it("is forgotten half a year after the last word, with its connection and with its workspace", async () => {
    const { clock, storage, numbers, say, of } = open();
    await say({ phone }, "con_1", clock.now);
    await say({ phone: "+4915100000000", userId: "DE.1" }, "con_2", clock.now);
    await numbers.note('acme"/', { contact: { phone }, connectionId: "con_3", at: clock.now });
    await numbers.forgetConnection("acme", "con_2");
    expect([await of({ userId: "DE.1" }), await of({ phone: "+4915100000000" }), await of({ phone })]).toEqual([
      undefined,
      undefined,
      "con_1",
    ]);
    expect(await allOf(numbers, "acme")).toEqual([{ contact: { phone }, connectionId: "con_1", at: clock.now }]);
    await numbers.forgetWorkspace("acme");
    expect([await of({ phone }), await numbers.of('acme"/', { phone })]).toEqual([undefined, "con_3"]);
    clock.now += 180 * 24 * 60 * MINUTE;
    expect(await storage.records.prune(9)).toBe(1);
    expect(await numbers.of('acme"/', { phone })).toBeUndefined();
  });

  it("is told again by the next word where its record was damaged", async () => {
    const { storage, say, of } = open();
    await say({ phone }, "con_1", 1000);
    const [place] = (await storage.records.scan("")).items;
    await storage.records.set(place?.namespace ?? "", new Map([[place?.key ?? "", { value: new Uint8Array([123]) }]]));
    expect(await of({ phone })).toBeUndefined();
    await say({ phone }, "con_1", 1001);
    expect(await of({ phone })).toBe("con_1");
  });

  it("fails with the storage, and what was told along with it is told again", async () => {
    const inner = faultyStorage(memoryStorage());
    const numbers = createLastNumbers(inner.storage.records, { now: Date.now, after: () => () => {} });
    const note = (connectionId: string): Promise<void> => numbers.note("acme", { contact: { phone }, connectionId, at: 5 });
    inner.setAway(true);
    const all = await Promise.allSettled([note("con_1"), note("con_1"), note("con_1")]);
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    inner.setAway(false);
    await note("con_1");
    expect(await numbers.of("acme", { phone })).toBe("con_1");
  });
});
