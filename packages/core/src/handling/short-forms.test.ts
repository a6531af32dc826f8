import { describe, expect, expectTypeOf, it } from "vitest";
import type { SentMessage } from "../api/sending.ts";
import type { WadeskEvent } from "../model/event.ts";
import { type EchoWorld, openEcho, receivedText, statusOf } from "../testing/open-echo.ts";

async function connected(): Promise<EchoWorld & { readonly acme: ReturnType<EchoWorld["wadesk"]["workspace"]>; readonly id: string }> {
  const world = openEcho();
  const acme = world.wadesk.workspace("acme");
  const { id } = await acme.connect("echo", { number: "+111", token: "tok-1" });
  return { ...world, acme, id };
}

describe("send in short", () => {
  it("sends a text, or any content, as the long form does", async () => {
    const { acme, vendor } = await connected();
    const words = { kind: "text", text: "See you", preview: false } as const;
    const first = await acme.send("+4915100000001", "Hello");
    await acme.send({ phone: "+4915100000001" }, words, { replyTo: "wamid.1" });
    expect(vendor.sent).toEqual([
      expect.objectContaining({ id: first.id, to: { phone: "+4915100000001" }, content: { kind: "text", text: "Hello" } }),
      expect.objectContaining({ to: { phone: "+4915100000001" }, content: words, replyTo: "wamid.1" }),
    ]);
  });

  it("knows the options of the long form: the number, and the key that sends once", async () => {
    const { acme } = await connected();
    const second = await acme.connect("echo", { number: "+222", token: "tok-2" });
    const options = { from: second.id, idempotencyKey: "order-7" };
    const sent = await acme.send("+4915100000001", "Hello", options);
    expect(sent.connectionId).toBe(second.id);
    expect(await acme.send("+4915100000001", "Hello", options)).toEqual(sent);
  });

  it.each([
    ["content", ["+4915100000001", undefined]],
    ["content.text", ["+4915100000001", ""]],
    ["to", [5, "Hello"]],
    ["idempotencykey", ["+4915100000001", "Hello", { idempotencykey: "x" }]],
    ["content", ["+4915100000001"]],
  ])("names %s where it is wrong", async (field, given) => {
    const { acme, vendor } = await connected();
    const error = await acme.send(...(given as unknown as Parameters<typeof acme.send>)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "input_invalid", issues: expect.arrayContaining([expect.objectContaining({ field })]) });
    expect(vendor.sent).toEqual([]);
  });
});

describe("an answer", () => {
  it("goes to who wrote, from the number that they wrote to, though another one is the primary", async () => {
    const { wadesk, acme, vendor, id } = await connected();
    const second = await acme.connect("echo", { number: "+222", token: "tok-2" });
    await acme.setPrimary(second.id);
    const sent: SentMessage[] = [];
    wadesk.process("message.received", async ({ reply, key }) => void sent.push(await reply("Hi", { idempotencyKey: key })));
    await wadesk.inbound.receive("echo", [receivedText({ id: "m1", from: "+4915100000009" })]);
    expect(sent).toMatchObject([{ connectionId: id }]);
    expect(vendor.sent).toMatchObject([{ to: { phone: "+4915100000009" }, content: { kind: "text", text: "Hi" } }]);
  });

  it("is no part of what the event says", async () => {
    const { wadesk } = await connected();
    const seen: WadeskEvent<"message.received">[] = [];
    wadesk.process("message.received", (event) => void seen.push(event));
    await wadesk.inbound.receive("echo", [receivedText({ id: "m1" })]);
    const [event] = seen;
    expect(JSON.stringify(event)).not.toContain("reply");
    expect(structuredClone(event)).toEqual({ ...event });
  });

  it("stands on a message that came in alone", async () => {
    const { wadesk } = await connected();
    wadesk.process("message.status", (event) => {
      expect(event).not.toHaveProperty("reply");
      // @ts-expect-error a status is answered by nobody
      expectTypeOf(event.reply);
    });
    await wadesk.inbound.receive("echo", [statusOf("echo.1", "read")]);
    expect(await wadesk.eventCounts()).toMatchObject({ done: 1 });
  });
});
