import { expect, it, vi } from "vitest";
import { printed } from "../secrets/printed.ts";
import { watchKeys } from "../secrets/watch-keys.ts";
import { linkShop, openPhones, SHOP } from "./world/open-phones.ts";
import { outcomeOf, rendered } from "./world/rendered.ts";

const print = printed();
watchKeys((key) => print.key(key));
const say = (where: string, ...values: readonly unknown[]): void => print.note(where, ...values.map(rendered));
const text = (words: string) => ({ to: "+15550002222", content: { kind: "text", text: words } }) as const;

it("no object, error, event, log line or inspection of a linked phone's life shows a key, a ratchet or what was said", async () => {
  // libsignal writes there by itself, and Baileys where it is given no logger
  for (const method of ["debug", "info", "log", "warn", "error", "trace"] as const)
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => say(`console.${method}`, ...values));
  const { web, shop, ana, host, time } = await openPhones();
  const one = host();
  const acme = one.wadesk.workspace("acme");
  const ask = async (where: string, call: () => unknown): Promise<void> => say(where, await outcomeOf(call));
  await one.wadesk.start();

  // links that fail, with what stands in their errors
  await ask("not on WhatsApp", () => acme.connect("unofficial", { phone: "+15559999999", method: "code" }));
  const stranger = web.addPhone({ number: "15550003333", name: "Stranger" });
  await ask("another phone", async () => {
    for await (const step of acme.connect("unofficial", { phone: SHOP })) if (step.type === "qr") await stranger.scan(step.text);
  });

  const { id } = await linkShop(one, shop);
  const words = ["what goes out to Ana", "what Ana sends back", "what goes nowhere at all", "what WhatsApp refuses"] as const;
  for (const each of words) print.words(each);
  await ask("sent", () => acme.send(text(words[0])));
  await ana.received();
  const messageId = ana.send(shop, words[1]);
  await one.received.next();
  await ask("read", () => acme.markRead({ messageId, typing: true }));
  web.fault({ kind: "message_refused", code: 475 });
  await ask("refused", () => acme.send(text(words[3])));
  const fault = web.fault({ kind: "message_unacknowledged" });
  const unheard = outcomeOf(() => acme.send(text(words[2])));
  await web.until("the message", () => (fault.spent ? true : undefined));
  shop.clients[0]?.drop();
  say("unheard", await unheard);

  // what does not decrypt makes libsignal speak
  await one.changes.next((status) => status === "disconnected · connection_lost");
  for (let step = 0; step < 20 && shop.clients[0]?.isConnected !== true; step += 1) await time.advance(1000);
  await ask("elsewhere", () => host().wadesk.workspace("acme").send(text(words[0])));
  await ask("checked", () => acme.check(id));
  await ask("listed", () => acme.list());
  // not its steps: a QR is there to be shown, and holds a key

  say("the client", one.wadesk, acme, web.transcript());
  shop.unlink();
  await one.changes.next((status) => status === "disconnected · unlinked");
  await ask("get", () => acme.get(id));
  await ask("not connected", () => acme.send(text(words[0])));
  say("the log", one.lines);
  await one.wadesk.stop();
  say("the client after its end", one.wadesk, acme);

  expect(print.counts.keys).toBeGreaterThan(500);
  expect(print.counts.lines).toBeGreaterThan(12);
  expect(print.found()).toEqual([]);
});
