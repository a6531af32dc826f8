import { expect, it } from "vitest";
import { linkedNumber } from "../testing/linked-number.ts";

const NOWHERE = "ws://127.0.0.1:1/ws/chat";

it("a message that core could not take is not acknowledged, and is handed on when the session is opened again, before WhatsApp is reached", async () => {
  const { shop, ana, client, received, session, fails, reopen, records } = await linkedNumber();
  fails(true);
  const id = ana.send(shop, "are you there?");
  await session.ended;
  expect([client.waiting, received.flat()]).toEqual([1, []]);
  expect([...records.rows.keys()].filter((key) => key.startsWith("in/"))).toHaveLength(1);
  fails(false);
  const elsewhere = await reopen(NOWHERE);
  expect(received.flat()).toMatchObject([{ type: "message.received", data: { messageId: id, content: { text: "are you there?" } } }]);
  await elsewhere.close();
  expect([...records.rows.keys()].filter((key) => key.startsWith("in/"))).toEqual([]);
  // WhatsApp gives it once more, and gets its receipt; what it says was said
  const again = await reopen();
  await expect.poll(() => client.waiting).toBe(0);
  expect(received.flat()).toHaveLength(1);
  await again.close();
});

it("a session is not opened while core cannot take what was left", async () => {
  const { shop, ana, session, fails, reopen } = await linkedNumber();
  fails(true);
  ana.send(shop, "are you there?");
  await session.ended;
  await expect(reopen()).rejects.toMatchObject({ code: "storage_unavailable" });
});

it("a message whose row may not be written is not sent, and its sender hears that nobody knows whether the next session sends it", async () => {
  const { ana, session, records } = await linkedNumber();
  const to = { phone: "+15550002222" };
  await session.line.send({ id: "msg_1", to, content: { kind: "text", text: "one" } });
  await ana.received();
  const before = ana.messages.length;
  records.breakWith(new Error("the disk is full"));
  await expect(session.line.send({ id: "msg_2", to, content: { kind: "text", text: "two" } })).rejects.toMatchObject({
    code: "outcome_unknown",
  });
  await session.ended;
  records.breakWith(undefined);
  expect(ana.messages.length).toBe(before);
});
