import { expect, it } from "vitest";
import { linkShop, openPhones, type PhoneHost } from "./world/open-phones.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;

/** The chats of all that a host was told of, each once. */
function chatsOf({ received, echoed, statuses }: PhoneHost): readonly (string | undefined)[] {
  return [...new Set([...received.all, ...echoed.all, ...statuses.all].map(({ chat }) => chat))];
}

it("a person who writes by number and by LID, and is written to by either, has one chat, over a restart too", async () => {
  const { shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  const acme = one.wadesk.workspace("acme");
  // nobody knows her LID yet
  await acme.send({ to: "+15550002222", content: text("Hello") });
  ana.read(await ana.received());
  for (let status = 0; status < 3; status += 1) await one.statuses.next();
  ana.send(shop, "by LID", { addressing: "lid" });
  const { data } = await one.received.next();
  ana.send(shop, "by number", { addressing: "number" });
  await one.received.next();
  shop.send(ana, "from the phone");
  await one.echoed.next();
  for (const to of [data.contact, { lid: data.contact.lid ?? "" }, "+15550002222"]) {
    await acme.send({ to, content: text("Until six") });
    ana.read(await ana.received());
    for (let status = 0; status < 3; status += 1) await one.statuses.next();
  }
  expect(chatsOf(one)).toHaveLength(1);
  await one.wadesk.stop();
  const other = host();
  await other.wadesk.start();
  ana.send(shop, "by number again", { addressing: "number" });
  await other.received.next();
  ana.send(shop, "by LID again", { addressing: "lid" });
  await other.received.next();
  expect(chatsOf(other)).toEqual(chatsOf(one));
});

it("two people are two chats, and a group is neither's", async () => {
  const { web, shop, ana, host } = await openPhones();
  const eve = web.addPhone({ number: "15550005555", name: "Eve" });
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  for (const phone of [ana, eve]) {
    phone.send(shop, "one", { addressing: "lid" });
    await one.received.next();
    phone.send(shop, "two", { addressing: "number" });
    await one.received.next();
  }
  const group = ana.createGroup({ subject: "Team", members: [shop, eve], addressing: "lid" });
  for (const phone of [ana, eve]) {
    phone.send(group, "to all");
    await one.received.next();
  }
  expect(one.received.all.map(({ chat }) => chatsOf(one).indexOf(chat))).toEqual([0, 0, 1, 1, 2, 2]);
});
