import { describe, expect, it } from "vitest";
import { openWorld } from "./world/open-world.ts";

const PEOPLE = 30;
const EACH = 6;

describe("many people who write at once", () => {
  it("are handled side by side, up to the limit, and each of them in order", async () => {
    const { meta, wadesk, account } = await openWorld({ inbox: { concurrency: 8 }, framework: "Express 5" });
    const order = new Map<string, string[]>();
    let running = 0;
    let most = 0;
    wadesk.process("message.received", async ({ data: { contact, content } }) => {
      running += 1;
      most = Math.max(most, running);
      // others get their turns meanwhile
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      const who = contact.phone ?? "";
      order.set(who, [...(order.get(who) ?? []), content.kind === "text" ? content.text : ""]);
      running -= 1;
    });
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    const people = Array.from({ length: PEOPLE }, () => meta.addContact());
    for (let index = 0; index < EACH; index += 1) {
      for (const person of people) person.send(account.numberId, { type: "text", text: { body: `message ${index}` } });
    }
    await meta.settled();
    expect(meta.deliveries.map(({ status, attempt }) => `${status} ${attempt}`)).toEqual(meta.deliveries.map(() => "200 1"));
    expect(order.size).toBe(PEOPLE);
    const inOrder = Array.from({ length: EACH }, (_, index) => `message ${index}`);
    for (const messages of order.values()) expect(messages).toEqual(inOrder);
    expect([most > 1, most <= 8]).toEqual([true, true]);
  });
});
