import { isWadeskError } from "@wadesk/core";
import { expect, it } from "vitest";
import { linkShop, openPhones, type PhoneHost, type PhoneWorld } from "./world/open-phones.ts";

const SLOW = { messagesPerMinute: 3, newChatsPerDay: 2 };
const send = ({ wadesk }: PhoneHost, words: string, to = "+15550002222") =>
  wadesk.workspace("acme").send({ to, content: { kind: "text", text: words } });

/** Starts a host whose session is to be opened, and answers the code by which it refuses to send once it is. */
async function refusalOf(host: PhoneHost, { time, shop }: PhoneWorld): Promise<unknown> {
  await host.wadesk.start();
  const [client] = shop.clients;
  for (let step = 0; step < 10 && client?.isConnected !== true; step += 1) await time.advance(2000);
  await client?.connected();
  for (;;) {
    const refusal: unknown = await send(host, "refused").catch((error: unknown) => error);
    if (!isWadeskError(refusal, "session_opening")) return refusal;
    // a turn of the event loop
    await time.advance(1);
  }
}

async function linked() {
  const world = await openPhones();
  const one = world.host(SLOW);
  await one.wadesk.start();
  await linkShop(one, world.shop);
  return { ...world, one };
}

it("what a number has sent counts after a restart, and in the process that takes over, until its minute is over", async () => {
  const world = await linked();
  const { one, shop, ana, time } = world;
  for (const words of ["1", "2", "3"]) await send(one, words);
  const refused = { code: "pace_limited", message: expect.stringContaining("messagesPerMinute"), retryAfterMs: expect.any(Number) };
  await expect(send(one, "4")).rejects.toMatchObject(refused);
  const [client] = shop.clients;
  await one.wadesk.stop();
  await client?.disconnected();
  const restarted = world.host(SLOW);
  expect(await refusalOf(restarted, world)).toMatchObject(refused);
  const other = world.host(SLOW);
  await other.wadesk.start();
  await restarted.wadesk.stop();
  await client?.disconnected();
  expect(await refusalOf(other, world)).toMatchObject(refused);
  await time.advance(65_000);
  await send(other, "5");
  await world.web.until("the fourth", () => (ana.messages.length === 4 ? true : undefined));
  expect(ana.messages.map(({ content }) => content.extendedTextMessage?.text)).toEqual(["1", "2", "3", "5"]);
});

it("the limit is the admin's, for every process at once", async () => {
  const { one, host } = await linked();
  for (const words of ["1", "2", "3"]) await send(one, words);
  await expect(send(one, "4")).rejects.toMatchObject({ code: "pace_limited" });
  const { settings, notes } = await host(SLOW).wadesk.settings.change("unofficial", { messagesPerMinute: 4 });
  expect([settings.messagesPerMinute, notes]).toEqual([4, []]);
  await send(one, "4");
  await expect(send(one, "5")).rejects.toMatchObject({ code: "pace_limited", message: expect.stringContaining("4 messages in a minute") });
});

it("a number that WhatsApp is asked about counts as a chat that is begun, and one that is known not to be there as nothing", async () => {
  const { one, web } = await linked();
  const asked = (): number => web.transcript().match(/<contact type="(in|out)">/g)?.length ?? 0;
  for (const again of [1, 2, 3, 4, 5])
    await expect(send(one, `${again}`, "+15559999991")).rejects.toMatchObject({ code: "recipient_unreachable" });
  await expect(send(one, "2", "+15559999992")).rejects.toMatchObject({ code: "recipient_unreachable" });
  await expect(send(one, "3", "+15559999993")).rejects.toMatchObject({ code: "pace_limited" });
  expect(asked()).toBe(2);
});

it("chats that are begun are counted apart: an answer begins none, and a number that may begin no more goes on with those it has", async () => {
  const world = await openPhones();
  const { web, shop, ana } = world;
  const one = world.host({ newChatsPerDay: 2 });
  await one.wadesk.start();
  await linkShop(one, shop);
  const people = [3, 4, 5].map((index) => web.addPhone({ number: `1555000${index}${index}${index}${index}`, name: `Person ${index}` }));
  ana.send(shop, "Are you open?");
  await one.received.next();
  await send(one, "Yes");
  for (const person of people.slice(0, 2)) await send(one, "Hello", `+${person.number}`);
  const third = `+${people[2]?.number}`;
  await expect(send(one, "Hello", third)).rejects.toMatchObject({
    code: "pace_limited",
    message: expect.stringContaining("newChatsPerDay"),
  });
  await send(one, "again", `+${people[0]?.number}`);
  people[2]?.send(shop, "Hello?");
  await one.received.next();
  await send(one, "Hello", third);
});

it("a new chat begins from another number where one may begin no more", async () => {
  const world = await openPhones();
  const { web, shop } = world;
  const second = web.addPhone({ number: "15550007777", name: "Shop 2" });
  second.planHistory({ type: "initial", progress: 100, isInline: true });
  const one = world.host({ newChatsPerDay: 1 });
  await one.wadesk.start();
  await linkShop(one, shop);
  const linking = one.wadesk.workspace("acme").connect("unofficial", { phone: "+15550007777" });
  for await (const step of linking) if (step.type === "qr") await second.scan(step.text);
  const person = web.addPhone({ number: "15550003333", name: "Person" });
  const numbers = [await send(one, "Hello"), await send(one, "Hello", `+${person.number}`)].map(({ connectionId }) => connectionId);
  expect(new Set(numbers).size).toBe(2);
  await expect(send(one, "Hello", "+15550001111")).rejects.toMatchObject({ code: "pace_limited" });
});
