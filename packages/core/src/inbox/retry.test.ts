import { describe, expect, it } from "vitest";
import { retryDelayMs } from "../api/backoff.ts";
import { type EchoWorld, openEcho, receivedText } from "../testing/open-echo.ts";

async function connected(
  options: Parameters<typeof openEcho>[0] = {},
): Promise<EchoWorld & { readonly receive: EchoWorld["wadesk"]["inbound"]["receive"] }> {
  const world = openEcho(options);
  await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  return { ...world, receive: world.wadesk.inbound.receive };
}
const ana = "+4915100000001";
const bob = "+4915100000002";
const unreadable = (): never => {
  throw new Error("not even that");
};

describe("a handler that throws", () => {
  it("gets the event again after a back-off that doubles, until it succeeds", async () => {
    const { wadesk, receive, clock } = await connected();
    const attempts: [number, number][] = [];
    const start = clock.now();
    wadesk.process("message.received", (event, { attempt }) => {
      if (event.data.messageId === "m2") return;
      attempts.push([attempt, clock.now() - start]);
      if (attempt < 4) throw new Error("database is down");
    });
    await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "handler_unfinished", httpStatus: 503 });
    await clock.advance(60_000);
    expect(attempts).toEqual([
      [1, 0],
      [2, 1000],
      [3, 3000],
      [4, 7000],
    ]);
    await receive("echo", [receivedText({ id: "m1" })]);
    expect(attempts).toHaveLength(4);
    // the contact rests no longer
    await receive("echo", [receivedText({ id: "m2" })]);
  });

  it.each<readonly [what: string, thrown: unknown]>([
    ["an object without a text", Object.create(null)],
    ["an error without a message", Object.assign(new Error("gone"), { message: undefined })],
    ["an error whose message throws", Object.defineProperty(new Error("gone"), "message", { get: unreadable })],
  ])("makes a dead letter with whatever it throws: %s", async (_what, thrown) => {
    const { wadesk, receive } = await connected({ inbox: { maxAttempts: 1 } });
    wadesk.process("message.received", () => Promise.reject(thrown));
    await receive("echo", [receivedText({ id: "m1" })]);
    expect((await wadesk.deadLetters.list()).items).toMatchObject([{ reason: expect.any(String) }]);
  });

  it("is answered 503 at once while it rests, and a redelivery does not hurry it", async () => {
    const { wadesk, receive } = await connected();
    let attempts = 0;
    wadesk.process("message.received", () => {
      attempts += 1;
      throw new Error("no");
    });
    for (let delivery = 0; delivery < 5; delivery += 1) {
      await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "handler_unfinished" });
    }
    expect(attempts).toBe(1);
  });

  it("ends as a dead letter that says why, is answered 200 from then on, and can be replayed", async () => {
    const { wadesk, receive, clock, log } = await connected({ inbox: { maxAttempts: 3 } });
    let broken = true;
    const died: string[] = [];
    wadesk.on("event.died", (_event, reason) => void died.push(reason));
    wadesk.process("message.received", () => {
      if (broken) throw new Error("no such customer");
    });
    await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "handler_unfinished" });
    await clock.advance(60_000);
    const { items } = await wadesk.deadLetters.list({ workspaceId: "acme" });
    expect(items).toMatchObject([{ attempts: 3, reason: "no such customer", event: { data: { messageId: "m1" } } }]);
    expect(died).toEqual(["no such customer"]);
    expect(log.some((line) => line.startsWith("error") && line.includes("dead letter"))).toBe(true);
    await receive("echo", [receivedText({ id: "m1" })]);
    broken = false;
    expect(await wadesk.deadLetters.replay(items.map((letter) => letter.event.key))).toBe(1);
    await wadesk.drain();
    expect((await wadesk.deadLetters.list()).items).toEqual([]);
  });

  it("holds back its own contact, in order, and no other", async () => {
    const { wadesk, receive, clock } = await connected();
    let broken = true;
    const seen: string[] = [];
    wadesk.process("message.received", (event) => {
      if (broken && event.data.messageId === "a1") throw new Error("poison");
      seen.push(event.data.messageId);
    });
    const batch = [receivedText({ id: "a1", from: ana }), receivedText({ id: "a2", from: ana }), receivedText({ id: "b1", from: bob })];
    await expect(receive("echo", batch)).rejects.toMatchObject({ code: "handler_unfinished" });
    await receive("echo", [receivedText({ id: "b2", from: bob })]);
    await expect(receive("echo", [receivedText({ id: "a3", from: ana })])).rejects.toMatchObject({ code: "handler_unfinished" });
    await receive("echo", [receivedText({ id: "b1", from: bob })]);
    expect(seen).toEqual(["b1", "b2"]);
    broken = false;
    await clock.advance(60_000);
    expect(seen).toEqual(["b1", "b2", "a1", "a2", "a3"]);
  });

  it("frees its contact once its event is dead", async () => {
    const { wadesk, receive, clock } = await connected({ inbox: { maxAttempts: 2 } });
    const seen: string[] = [];
    wadesk.process("message.received", (event) => {
      if (event.data.messageId === "a1") throw new Error("poison");
      seen.push(event.data.messageId);
    });
    const batch = [receivedText({ id: "a1" }), receivedText({ id: "a2" })];
    await expect(receive("echo", batch)).rejects.toMatchObject({ code: "handler_unfinished" });
    await clock.advance(1000);
    expect(seen).toEqual(["a2"]);
  });
});

describe("a slow handler", () => {
  it("keeps its own webhook waiting, though an earlier event of the contact is done", async () => {
    const { wadesk, receive, clock } = await connected();
    const gate = Promise.withResolvers<void>();
    const ends: string[] = [];
    wadesk.process("message.received", async (event) => {
      if (event.data.messageId === "a2") await gate.promise;
    });
    const first = receive("echo", [receivedText({ id: "a1" })]).then(() => void ends.push("a1"));
    const second = receive("echo", [receivedText({ id: "a2" })]).then(() => void ends.push("a2"));
    await first;
    await clock.advance(0);
    expect(ends).toEqual(["a1"]);
    gate.resolve();
    await second;
  });

  it("is answered 503 when the time is up, goes on, and a redelivery joins it", async () => {
    const { wadesk, receive, clock } = await connected();
    const gate = Promise.withResolvers<void>();
    let starts = 0;
    wadesk.process("message.received", async () => {
      starts += 1;
      await gate.promise;
    });
    const first = receive("echo", [receivedText({ id: "m1" })]);
    const refused = expect(first).rejects.toMatchObject({ code: "handler_unfinished" });
    await clock.advance(10_000);
    await refused;
    await clock.advance(60_000); // longer than its lease: it is renewed while the handler runs
    const second = receive("echo", [receivedText({ id: "m1" })]);
    gate.resolve();
    await second;
    expect(starts).toBe(1);
  });

  it("does not keep other contacts waiting", async () => {
    const { wadesk, receive } = await connected();
    const gate = Promise.withResolvers<void>();
    wadesk.process("message.received", async (event) => {
      if (event.data.contact.phone === ana) await gate.promise;
    });
    const slow = receive("echo", [receivedText({ id: "a1", from: ana })]);
    await receive("echo", [receivedText({ id: "b1", from: bob })]);
    gate.resolve();
    await slow;
  });
});

describe("stop", () => {
  it("lets what runs finish, takes nothing new, and start takes up again", async () => {
    const { wadesk, receive } = await connected();
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const seen: string[] = [];
    wadesk.process("message.received", async (event) => {
      begun.resolve();
      await gate.promise;
      seen.push(event.data.messageId);
    });
    const running = receive("echo", [receivedText({ id: "m1" })]);
    const refused = expect(running).rejects.toMatchObject({ code: "handler_unfinished" });
    await begun.promise;
    const stopping = wadesk.stop();
    gate.resolve();
    await stopping;
    await refused;
    await expect(receive("echo", [receivedText({ id: "m2" })])).rejects.toMatchObject({ code: "handler_unfinished" });
    expect(seen).toEqual(["m1"]);
    await wadesk.start();
    await wadesk.drain();
    expect(seen).toEqual(["m1", "m2"]);
  });
});

describe("drain", () => {
  it("ends when its budget is spent, and answers how many events it completed", async () => {
    const { wadesk, storage, clock } = await connected();
    const [row] = (await wadesk.workspace("acme").list()).items;
    const owned = (id: string, from: string) => ({ ...receivedText({ id, from }), workspaceId: "acme", connectionId: row?.id ?? "" });
    await storage.inbox.add([owned("a1", ana), owned("b1", bob)]);
    const gate = Promise.withResolvers<void>();
    wadesk.process("message.received", async (event) => {
      if (event.data.messageId === "a1") await gate.promise;
    });
    const draining = wadesk.drain({ budgetMs: 500 });
    await clock.advance(500);
    expect(await draining).toBe(1);
    gate.resolve();
    expect(await wadesk.drain()).toBe(1);
  });
});

it("a second handler of one type is refused", () => {
  const { wadesk } = openEcho();
  wadesk.process("message.received", () => {});
  expect(() => wadesk.process("message.received", () => {})).toThrow(expect.objectContaining({ code: "handler_taken" }));
});

it("a storage that fails is answered with 503, and nothing is taken for stored", async () => {
  const { receive, storage, log } = await connected();
  Object.assign(storage.inbox, { add: () => Promise.reject(new Error("disk full")) });
  await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "storage_unavailable", httpStatus: 503 });
  expect(log.some((line) => line.includes("disk full"))).toBe(true);
});

it("the back-off doubles up to its longest, less up to half by chance", () => {
  const policy = { maxAttempts: 9, firstDelayMs: 1000, longestDelayMs: 5000 };
  expect([1, 2, 3, 4].map((attempt) => retryDelayMs(attempt, 0, policy))).toEqual([1000, 2000, 4000, 5000]);
  expect(retryDelayMs(1, 1, policy)).toBe(500);
});
