import { isWadeskError, type SentMessage } from "@wadesk/core";
import type { Phone } from "@wadesk/testing/whatsapp-web";
import { expect, it } from "vitest";
import { openPhones, type PhoneHost, type PhoneWorld } from "./world/open-phones.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;
const wordsOf = ({ content }: Phone["messages"][number]): string => content.extendedTextMessage?.text ?? "";

/** A host with several phones of one workspace linked, by the ids of their connections. */
async function linked(world: PhoneWorld, count: number) {
  const one = world.host();
  await one.wadesk.start();
  const phones = new Map<string, Phone>();
  for (let index = 0; index < count; index += 1) phones.set(...(await link(world, one, `1555010${1000 + index}`)));
  return { one, acme: one.wadesk.workspace("acme"), phones };
}

async function link({ web }: PhoneWorld, { wadesk }: PhoneHost, number: string): Promise<[id: string, phone: Phone]> {
  const phone = web.addPhone({ number, name: `Shop ${number}` });
  phone.planHistory({ type: "initial", progress: 100, isInline: true });
  const linking = wadesk.workspace("acme").connect("unofficial", { phone: `+${number}` });
  for await (const step of linking) if (step.type === "qr") await phone.scan(step.text);
  return [(await linking).id, phone];
}

it("300 messages over three numbers, one of which is banned in the middle: none is lost, none comes twice", async () => {
  const world = await openPhones();
  const { web } = world;
  const { one, acme, phones } = await linked(world, 3);
  const people = Array.from({ length: 100 }, (_unused, index) =>
    web.addPhone({ number: `15559${100_000 + index}`, name: `Person ${index}` }),
  );
  let done = 0;
  const half = Promise.withResolvers<void>();
  const round = (words: string) =>
    people.map(async (person): Promise<SentMessage | string> => {
      try {
        return await acme.send({ to: `+${person.number}`, content: text(`${words} to ${person.number}`) });
      } catch (error) {
        return isWadeskError(error) ? error.code : String(error);
      } finally {
        done += 1;
        if (done === 150) half.resolve();
      }
    });
  const first = await Promise.all(round("one"));
  const sharesOf = (sent: readonly (SentMessage | string)[]) =>
    [...phones.keys()].map((id) => sent.filter((each) => typeof each === "object" && each.connectionId === id).length);
  expect(Math.min(...sharesOf(first))).toBeGreaterThan(15);
  const [banned = ""] = phones.keys();

  const others = [...round("two"), ...round("three")];
  await half.promise;
  phones.get(banned)?.restrict(406);
  const sent = [...first, ...(await Promise.all(others))];
  const went = sent.filter((each) => typeof each === "object");
  // nobody knows of those alone that had left when their number was banned
  expect(new Set([...sent.filter((each) => typeof each === "string"), "outcome_unknown"])).toEqual(new Set(["outcome_unknown"]));
  expect(went.length).toBeGreaterThan(200);
  const arrived = () => people.flatMap(({ messages }) => messages);
  await web.until("all of them", () => (went.every(({ providerId }) => arrived().some(({ id }) => id === providerId)) ? true : undefined));
  expect(new Set(arrived().map(wordsOf)).size).toBe(arrived().length);
  expect(arrived().length).toBeLessThanOrEqual(300);

  await one.changes.next((status) => status === "failed · banned");
  const last = (await Promise.all(round("four"))) as SentMessage[];
  expect(sharesOf(last)[0]).toBe(0);
  // whoever was with another number stayed there
  const moved = last.filter(({ connectionId }, index) => connectionId !== (first[index] as SentMessage).connectionId);
  expect(moved.length).toBe(first.filter((each) => typeof each === "object" && each.connectionId === banned).length);

  const [fourth] = await link(world, one, "15550109999");
  const after = (await Promise.all(round("five"))) as SentMessage[];
  expect(after.map(({ connectionId }) => connectionId)).toEqual(last.map(({ connectionId }) => connectionId));
  expect(after.some(({ connectionId }) => connectionId === fourth)).toBe(false);
  web.assertClean();
});

it("whoever writes to a number is answered from it, by whichever name, and later too", async () => {
  const world = await openPhones();
  const { ana } = world;
  const { one, acme, phones } = await linked(world, 3);
  for (const [id, phone] of phones) {
    ana.send(phone, `to ${phone.number}`);
    const { data } = await one.received.next();
    for (const to of [data.contact, "+15550002222", { lid: data.contact.lid ?? "" }])
      expect((await acme.send({ to, content: text("From where you wrote") })).connectionId).toBe(id);
  }
});

it("a number that is cut, or silent for 90 seconds, holds up nobody: its chats go on from another", async () => {
  const world = await openPhones();
  const { time, ana, web } = world;
  const { one, acme, phones } = await linked(world, 2);
  const from = async (): Promise<Phone | undefined> =>
    phones.get((await acme.send({ to: "+15550002222", content: text("Hello") })).connectionId);
  const first = await from();
  first?.clients[0]?.drop();
  await one.changes.next((status) => status === "disconnected · connection_lost");
  const second = await from();
  expect(second?.number).not.toBe(first?.number);
  for (let step = 0; step < 10 && first?.clients[0]?.isConnected !== true; step += 1) await time.advance(2000);
  await first?.clients[0]?.connected();
  expect((await from())?.number).toBe(second?.number);

  second?.clients[0]?.goDeaf();
  await time.advance(91_000);
  ana.send(first ?? ana, "here");
  await one.received.next();
  await time.advance(2000);
  expect((await from())?.number).toBe(first?.number);
  expect(web.complaints).toEqual([]);
});
