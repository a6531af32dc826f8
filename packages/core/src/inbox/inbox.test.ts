import { describe, expect, it } from "vitest";
import type { WadeskEvent } from "../model/event.ts";
import { type EchoWorld, openEcho, receivedText, statusOf } from "../testing/open-echo.ts";

async function connected(
  options: Parameters<typeof openEcho>[0] = {},
): Promise<EchoWorld & { readonly receive: EchoWorld["wadesk"]["inbound"]["receive"] }> {
  const world = openEcho(options);
  await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1", account: "A" });
  return { ...world, receive: world.wadesk.inbound.receive };
}

describe("an inbound event", () => {
  it("reaches its handler with the connection it came in on", async () => {
    const { wadesk, receive } = await connected();
    const seen: WadeskEvent<"message.received">[] = [];
    wadesk.process("message.received", async (event) => void seen.push(event));
    await receive("echo", [receivedText({ id: "m1", text: "hi" })]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      type: "message.received",
      workspaceId: "acme",
      data: { content: { kind: "text", text: "hi" }, contact: { phone: "+4915100000001" }, connection: { channel: "echo", phone: "+111" } },
    });
  });

  it("bears the moment at which it was taken in where its vendor gives no time", async () => {
    const { wadesk, receive, clock } = await connected();
    const times: number[] = [];
    wadesk.process("message.received", (event) => void times.push(event.at));
    const timed = receivedText({ id: "m1" });
    await receive("echo", [timed, { ...receivedText({ id: "m2" }), at: 0 }]);
    expect(times).toEqual([timed.at, clock.now()]);
  });

  it("completes once, though it is delivered ten times at once and once more later", async () => {
    const { wadesk, receive } = await connected();
    const gate = Promise.withResolvers<void>();
    let starts = 0;
    wadesk.process("message.received", async () => {
      starts += 1;
      await gate.promise;
    });
    const completions: string[] = [];
    wadesk.on("event.completed", (event) => void completions.push(event.key));
    const deliveries = Array.from({ length: 10 }, () => receive("echo", [receivedText({ id: "m1" })]));
    gate.resolve();
    await Promise.all(deliveries);
    await receive("echo", [receivedText({ id: "m1" })]);
    expect(starts).toBe(1);
    expect(completions).toHaveLength(1);
  });

  it("of a type without a handler is completed unseen", async () => {
    const { wadesk, receive } = await connected();
    await receive("echo", [receivedText({ id: "m1" })]);
    wadesk.process("message.received", () => {
      throw new Error("came too late");
    });
    await receive("echo", [receivedText({ id: "m1" })]);
    expect((await wadesk.deadLetters.list()).items).toEqual([]);
  });

  it("of an unknown number is logged and passed over, and its siblings go on", async () => {
    const { wadesk, receive, log } = await connected();
    const seen: string[] = [];
    wadesk.process("message.received", (event) => void seen.push(event.data.messageId));
    await receive("echo", [receivedText({ id: "m1", route: "echo:+999" }), receivedText({ id: "m2" })]);
    expect(seen).toEqual(["m2"]);
    expect(log.filter((line) => line.includes("echo:+999"))).toHaveLength(1);
  });

  it("that another channel hands over for a route that is not its own is passed over", async () => {
    const { wadesk, receive } = await connected();
    const seen: string[] = [];
    wadesk.process("message.received", (event) => void seen.push(event.key));
    await receive("other", [receivedText({ id: "m1" })]);
    expect(seen).toEqual([]);
  });

  it("about a whole account reaches every workspace on it once", async () => {
    const { wadesk, receive } = await connected();
    for (const number of ["+222", "+333"]) await wadesk.workspace("second").connect("echo", { number, token: "t", account: "A" });
    await wadesk.workspace("third").connect("echo", { number: "+444", token: "t", account: "B" });
    const seen: string[] = [];
    wadesk.process("account.changed", (event) => void seen.push(event.workspaceId));
    const event = { key: "echo:A|1", route: "echo:A", scope: "account", orderKey: "account", type: "account.changed", at: 1 } as const;
    await receive("echo", [{ ...event, data: { change: "review", raw: {} } }]);
    await receive("echo", [{ ...event, data: { change: "review", raw: {} } }]);
    expect(seen.sort()).toEqual(["acme", "second"]);
  });

  it("about one number of an account reaches its own workspace only", async () => {
    const { wadesk, receive } = await connected();
    await wadesk.workspace("second").connect("echo", { number: "+222", token: "t", account: "A" });
    const seen: string[] = [];
    wadesk.process("number.changed", (event) => void seen.push(event.workspaceId));
    const place = { key: "echo:A|1", route: "echo:A", scope: "account", phone: "+222", orderKey: "account" } as const;
    await receive("echo", [{ ...place, type: "number.changed", at: 1, data: { change: "quality", raw: {} } }]);
    await receive("echo", [{ ...place, key: "2", phone: "+999", type: "number.changed", at: 1, data: { change: "quality", raw: {} } }]);
    expect(seen).toEqual(["second"]);
  });

  it("from before the connection was made says nothing about its health", async () => {
    const { wadesk, receive, clock } = await connected();
    const [row] = (await wadesk.workspace("acme").list()).items;
    const event = { key: "k", route: "echo:+111", orderKey: "o", type: "account.changed", at: clock.now() - 1000 } as const;
    await receive("echo", [{ ...event, data: { change: "ban", raw: {} }, health: { type: "failed", code: "banned" } }]);
    expect((await wadesk.workspace("acme").get(row?.id ?? "")).status.state).toBe("connected");
  });

  it("is forgotten when it was completed longer ago than the vendor delivers again", async () => {
    const { receive, storage, clock } = await connected();
    const old = receivedText({ id: "m1" });
    await receive("echo", [old]);
    await clock.advance(8 * 24 * 60 * 60 * 1000 + 1);
    await receive("echo", [receivedText({ id: "m2" })]);
    await clock.advance(0);
    expect([...(await storage.inbox.states([old.key])).values()]).toEqual(["absent"]);
  });

  it("that tells of the connection's health moves its status, once", async () => {
    const { wadesk, receive, clock } = await connected();
    const [row] = (await wadesk.workspace("acme").list()).items;
    const event = { key: "k", route: "echo:+111", orderKey: "o", type: "account.changed", at: clock.now() } as const;
    await receive("echo", [{ ...event, data: { change: "ban", raw: {} }, health: { type: "failed", code: "banned" } }]);
    expect((await wadesk.workspace("acme").get(row?.id ?? "")).status).toMatchObject({ state: "failed", reason: "banned" });
  });
});

describe("the status ladder", () => {
  it("ends as read when read comes before delivered and both before the send row", async () => {
    const { wadesk, receive, vendor } = await connected();
    const acme = wadesk.workspace("acme");
    const seen: unknown[] = [];
    wadesk.process("message.status", (event) => void seen.push([event.data.status, event.data.standing, event.data.message?.id]));
    vendor.onSend = async () => {
      await receive("echo", [statusOf("echo.1", "read")]);
      await receive("echo", [statusOf("echo.1", "delivered")]);
      return { providerId: "echo.1", acceptedAt: 1 };
    };
    const sent = await acme.send({ to: "+4915100000001", content: { kind: "text", text: "x" } });
    await receive("echo", [statusOf("echo.1", "sent")]);
    expect((await acme.message(sent.id))?.status).toBe("read");
    expect(seen).toEqual([
      ["read", "read", undefined],
      ["delivered", "read", undefined],
      ["sent", "read", sent.id],
    ]);
  });

  it("keeps the reason of a failure on the message", async () => {
    const { wadesk, receive } = await connected();
    const acme = wadesk.workspace("acme");
    const sent = await acme.send({ to: "+4915100000001", content: { kind: "text", text: "x" } });
    const failure = { code: "window_closed", remedy: "change-request", message: "send a template" } as const;
    const event = statusOf(sent.providerId, "failed");
    if (event.type === "message.status") await receive("echo", [{ ...event, data: { ...event.data, failure } }]);
    expect(await acme.message(sent.id)).toMatchObject({ status: "failed", failure: { code: "window_closed" } });
  });
});

describe("two workspaces", () => {
  it("never see each other's events or dead letters", async () => {
    const { wadesk, receive, clock } = await connected({ inbox: { maxAttempts: 1 } });
    await wadesk.workspace("rival").connect("echo", { number: "+222", token: "t" });
    wadesk.process("message.received", () => Promise.reject(new Error("no")));
    await receive("echo", [receivedText({ id: "m1" }), receivedText({ id: "m2", route: "echo:+222" })]);
    await clock.advance(1);
    const letters = await wadesk.deadLetters.list({ workspaceId: "rival" });
    expect(letters.items.map((letter) => letter.event.workspaceId)).toEqual(["rival"]);
    expect((await wadesk.deadLetters.list()).items).toHaveLength(2);
  });
});
