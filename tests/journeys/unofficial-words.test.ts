import { expect, it } from "vitest";
import { linkShop, openPhones } from "./world/open-phones.ts";

const text = (words: string) => ({ kind: "text", text: words }) as const;

it("words go out and are read: sent, delivered, read", async () => {
  const { shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  const acme = one.wadesk.workspace("acme");
  const sent = await acme.send({ to: "+15550002222", content: text("Hello https://example.com/a") });
  const message = await ana.received();
  expect([message.id, message.content.extendedTextMessage?.text]).toEqual([sent.providerId, "Hello https://example.com/a"]);
  ana.read(message);
  const standing = async () => (await one.statuses.next()).data.standing;
  expect([await standing(), await standing(), await standing()]).toEqual(["sent", "delivered", "read"]);
  expect(await acme.message(sent.id)).toMatchObject({ status: "read" });
  // the phone of the shop has a copy
  expect((await shop.copied()).content.extendedTextMessage?.text).toBe("Hello https://example.com/a");
});

it("words come in with who wrote them, are marked as read, and are answered to the person as the event named them", async () => {
  const { shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  const acme = one.wadesk.workspace("acme");
  const id = ana.send(shop, "Are you open?");
  const { data, at } = await one.received.next();
  const lid = ana.lid.split("@")[0];
  expect(data).toMatchObject({ messageId: id, contact: { phone: "+15550002222", lid, name: "Ana" }, content: text("Are you open?") });
  expect(at).toBeGreaterThan(Date.UTC(2026, 5, 1));
  await acme.markRead({ messageId: id, typing: true });
  expect((await ana.receipt(({ type }) => type === "read")).ids).toEqual([id]);
  await acme.send({ to: data.contact, content: text("Until six") });
  expect((await ana.received()).content.extendedTextMessage?.text).toBe("Until six");
  await expect(acme.markRead({ messageId: "3EB0" })).rejects.toMatchObject({ code: "input_invalid" });
});

it("what the phone itself writes is an echo, and what was sent from here is none", async () => {
  const { shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  await one.wadesk.workspace("acme").send({ to: "+15550002222", content: text("from the host") });
  await ana.received();
  shop.send(ana, "from the phone");
  expect((await one.echoed.next()).data).toMatchObject({ content: text("from the phone"), contact: { lid: ana.lid.split("@")[0] } });
  expect(one.echoed.all).toHaveLength(1);
});

it("a number that is not on WhatsApp is refused, and WhatsApp is asked about a number once", async () => {
  const { web, shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  const acme = one.wadesk.workspace("acme");
  const asked = () => web.transcript().match(/<contact type="(in|out)">/g);
  const unknown = () => acme.send({ to: "+15559999999", content: text("Hello") });
  await expect(unknown()).rejects.toMatchObject({ code: "recipient_unreachable" });
  await expect(unknown()).rejects.toMatchObject({ code: "recipient_unreachable" });
  await acme.send({ to: "+15550002222", content: text("one") });
  await acme.send({ to: "+15550002222", content: text("two") });
  await ana.received();
  expect(asked()).toEqual(['<contact type="out">', '<contact type="in">']);
});

it("nothing private is logged: no number, no address, no words", async () => {
  const { shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  await one.wadesk.workspace("acme").send({ to: "+15550002222", content: text("a secret word") });
  await ana.received();
  ana.send(shop, "another secret word");
  await one.received.next();
  await one.wadesk.stop();
  const logged = JSON.stringify(one.lines);
  expect(one.lines.some(({ message }) => message.startsWith("Baileys: "))).toBe(true);
  for (const secret of ["15550002222", "15550001111", ana.lid.split("@")[0] ?? "", "secret word"]) expect(logged).not.toContain(secret);
  expect(one.lines.filter(({ level }) => level !== "debug")).toEqual([]);
});

it("five messages to one person give one privacy token", async () => {
  const { web, shop, ana, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  for (const words of ["1", "2", "3", "4", "5"]) await one.wadesk.workspace("acme").send({ to: "+15550002222", content: text(words) });
  await web.until("five messages", () => (ana.messages.length === 5 ? true : undefined));
  // a second one within seven days would be a complaint
  web.assertClean();
});

it("what WhatsApp does not take is refused with its reason, and what it does not answer within a minute is unknown", async () => {
  const { web, shop, ana, time, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  await linkShop(one, shop);
  const acme = one.wadesk.workspace("acme");
  web.fault({ kind: "message_refused", code: 475 });
  await expect(acme.send({ to: "+15550002222", content: text("Hello") })).rejects.toMatchObject({
    code: "spam_limited",
    vendor: { code: 475 },
  });
  // else her receipt would say that it came
  ana.goOffline();
  const fault = web.fault({ kind: "message_unacknowledged" });
  const unheard = acme.send({ to: "+15550002222", content: text("Hello again") });
  const refused = expect(unheard).rejects.toMatchObject({ code: "outcome_unknown" });
  await web.until("the message", () => (fault.spent ? true : undefined));
  await time.advance(60_000);
  await refused;
});

it("what reached nothing but a client that nobody looks at was delivered", async () => {
  const { web, shop, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  const { id } = await linkShop(one, shop);
  const acme = one.wadesk.workspace("acme");
  const other = web.addPhone({ number: "15550004444", name: "Other shop" });
  other.planHistory({ type: "initial", progress: 100, isInline: true });
  const linking = acme.connect("unofficial", { phone: "+15550004444" });
  for await (const step of linking) if (step.type === "qr") await other.scan(step.text);
  await linking;
  other.goOffline();
  const { providerId } = await acme.send({ to: "+15550004444", from: id, content: text("Are you a bot, too?") });
  expect((await one.received.next()).data.messageId).toBe(providerId);
  const { data } = await one.statuses.next(({ data: { status } }) => status === "delivered");
  expect(data.messageId).toBe(providerId);
});
