import { expect, it } from "vitest";
import { type LinkedNumber, linkedNumber } from "../testing/linked-number.ts";

const ANA = { phone: "+15550002222" };

/** How often the storage was written to, by the channel and by core for it, until nothing is under way any more. */
async function transactionsOf({ records, received, client, web }: LinkedNumber, work: () => Promise<unknown>): Promise<number> {
  const written = (): number => records.written.length + received.length;
  const atRest = async (): Promise<number> => {
    await web.until("an empty queue", () => (client.waiting === 0 ? true : undefined));
    for (let before = -1; before !== written(); ) {
      before = written();
      // what Baileys holds back for a tenth of a second too
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return written();
  };
  const start = await atRest();
  await work();
  return (await atRest()) - start;
}

it("a message in costs three transactions, and a message out three", async () => {
  const number = await linkedNumber();
  const { shop, ana, received, session } = number;
  // both know each other's devices and have given their tokens
  ana.send(shop, "Hello");
  await session.line.send({ id: "msg_0", to: ANA, content: { kind: "text", text: "Hello yourself" } });
  await ana.received();
  ana.goOffline();
  expect(
    await transactionsOf(number, async () => {
      ana.send(shop, "one in");
    }),
  ).toBeLessThanOrEqual(3);
  expect(received.at(-1)).toMatchObject([{ type: "message.received", data: { content: { text: "one in" } } }]);
  expect(
    await transactionsOf(number, () => session.line.send({ id: "msg_1", to: ANA, content: { kind: "text", text: "one out" } })),
  ).toBeLessThanOrEqual(3);
  expect(received.at(-1)).toMatchObject([{ type: "message.status", data: { status: "sent", reference: "msg_1" } }]);
});
