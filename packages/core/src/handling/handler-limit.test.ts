import { describe, expect, it } from "vitest";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { InboxStore } from "../ports/stores/inbox-store.ts";
import { type EchoWorld, openEcho, receivedText } from "../testing/open-echo.ts";

const NEVER = new Promise<never>(() => {});
const MINUTE = 60_000;
const LIMIT = 5 * MINUTE;

/** A durable world in which each contact's message is told apart by its id. */
async function connected(options: Parameters<typeof openEcho>[0] = {}) {
  const world = openEcho({ storage: { durable: true }, ...options });
  await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const receive = (...ids: string[]): Promise<void> =>
    world.wadesk.inbound.receive(
      "echo",
      ids.map((id) => receivedText({ id, from: `+4915${id}` })),
    );
  return { ...world, receive };
}

/** Handlers that hang for the messages named, and what was begun and finished. */
function hanging({ wadesk }: EchoWorld, ...ids: readonly string[]) {
  const begun: string[] = [];
  const signals: AbortSignal[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  wadesk.process("message.received", async ({ data: { messageId } }, { attempt, signal }) => {
    begun.push(`${messageId} ${attempt}`);
    signals.push(signal);
    const gate = Promise.withResolvers<void>();
    gates.set(`${messageId} ${attempt}`, gate);
    if (ids.includes(messageId)) await gate.promise;
  });
  return { begun, signals, release: (name: string): void => gates.get(name)?.resolve() };
}

const states = async ({ storage }: EchoWorld, ...ids: string[]): Promise<string[]> => {
  const keys = ids.map((id) => receivedText({ id, from: `+4915${id}` }).key);
  return [...(await storage.inbox.states(keys)).values()];
};
const told = (log: readonly string[], words: string): readonly string[] => log.filter((line) => line.includes(words));

describe("handlers that never end", () => {
  it("lose their slots at the limit, and what waited behind them is handled", async () => {
    const world = await connected({ inbox: { concurrency: 2 } });
    const { begun } = hanging(world, "1", "2");
    await world.receive("1", "2", "3");
    await world.clock.advance(LIMIT - 1);
    expect(begun).toEqual(["1 1", "2 1"]);
    await world.clock.advance(1);
    expect(begun).toEqual(["1 1", "2 1", "3 1"]);
    expect(await states(world, "1", "2", "3")).toEqual(["waiting", "waiting", "done"]);
    await world.clock.advance(1000);
    expect(begun.slice(3)).toEqual(["1 2", "2 2"]);
  });

  it("are told of with the event's key and age before the limit, and again when their attempt has failed", async () => {
    const world = await connected();
    hanging(world, "1");
    await world.clock.advance(7000);
    await world.receive("1");
    await world.clock.advance(29_999);
    expect(told(world.log, "still running")).toEqual([]);
    await world.clock.advance(1);
    const { key } = receivedText({ id: "1", from: "+49151" });
    const facts = JSON.stringify({ key, type: "message.received", attempt: 1, runningMs: 30_000, ageMs: 37_000, limitMs: LIMIT });
    expect(told(world.log, "still running")).toEqual([expect.stringContaining(facts)]);
    expect(told(world.log, "still running")[0]).toMatch(/^warn/);
    await world.clock.advance(LIMIT);
    expect(told(world.log, "did not end within 300 seconds")).toEqual([expect.stringContaining(key)]);
  });

  it("are told by their signal, at the limit and not before", async () => {
    const world = await connected({ inbox: { handleWithinMs: 2000 } });
    const { signals } = hanging(world, "1");
    await world.receive("1");
    await world.clock.advance(1999);
    expect(signals[0]?.aborted).toBe(false);
    await world.clock.advance(1);
    expect(signals[0]?.reason).toMatchObject({ message: "the handler did not end within 2 seconds" });
    await world.clock.advance(1000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it("complete nothing when they end late, and the log says that they did", async () => {
    const world = await connected({ inbox: { handleWithinMs: 2000 } });
    const completed: string[] = [];
    world.wadesk.on("event.completed", ({ key }) => void completed.push(key));
    const { begun, release } = hanging(world, "1");
    await world.receive("1");
    await world.clock.advance(3000);
    expect(begun).toEqual(["1 1", "1 2"]);
    release("1 1");
    await world.clock.advance(1);
    expect([await states(world, "1"), completed]).toEqual([["running"], []]);
    expect(told(world.log, "after it was given up")).toHaveLength(1);
    release("1 2");
    await world.clock.advance(1);
    expect([await states(world, "1"), completed.length]).toEqual([["done"], 1]);
  });

  it("end as dead letters after the last attempt, and their contact is free again", async () => {
    const world = await connected({ inbox: { handleWithinMs: 2000, maxAttempts: 2 } });
    const { begun } = hanging(world, "1");
    await world.receive("1");
    await world.clock.advance(MINUTE);
    expect(begun).toEqual(["1 1", "1 2"]);
    expect((await world.wadesk.deadLetters.list()).items).toMatchObject([{ attempts: 2, reason: expect.stringContaining("2 seconds") }]);
  });

  it("hold a webhook no longer than it waits for an answer, where nothing survives the process, and their slot no longer than the limit", async () => {
    const world = await connected({ storage: {}, inbox: { concurrency: 1 } });
    const { begun } = hanging(world, "1");
    const answers = [world.receive("1"), world.receive("2")].map((answer) => answer.catch((error: unknown) => error));
    await world.clock.advance(10_000);
    expect(await Promise.all(answers)).toMatchObject([{ code: "handler_unfinished" }, { code: "handler_unfinished" }]);
    await world.clock.advance(LIMIT);
    expect(begun).toContain("2 1");
    await world.receive("2");
  });

  it("let a drain end", async () => {
    const world = await connected();
    hanging(world, "1");
    await world.receive("1");
    const drained = world.wadesk.drain();
    await world.clock.advance(LIMIT);
    expect(await drained).toBe(0);
  });
});

describe("a storage that never answers", () => {
  const silent = (method: "done" | "fail" | "renew"): Partial<InboxStore> => ({ [method]: () => NEVER });

  it.each(["done", "fail", "renew"] as const)("to %s keeps no slot for ever", async (method) => {
    const { inbox } = memoryStorage();
    const patched = { ...inbox, ...silent(method) };
    const world = openEcho({ storage: { durable: true, inbox: patched }, inbox: { concurrency: 1, handleWithinMs: 60_000 } });
    const { id } = await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
    const begun: string[] = [];
    world.wadesk.process("message.received", async ({ data: { messageId } }) => {
      begun.push(messageId);
      if (method === "fail") throw new Error("no");
      if (method === "renew" && messageId === "1") await NEVER;
    });
    const place = { workspaceId: "acme", connectionId: id };
    await inbox.add(["1", "2"].map((messageId) => ({ ...receivedText({ id: messageId, from: `+4915${messageId}` }), ...place })));
    void world.wadesk.drain().catch(() => {});
    // what was handled is recorded for as long as its lease can be kept, forty times over
    await world.clock.advance(15 * MINUTE);
    expect(begun).toContain("2");
  });
});

describe("stop", () => {
  it("waits for running handlers for twenty seconds, then gives them up and resolves", async () => {
    const world = await connected();
    const { signals } = hanging(world, "1");
    await world.wadesk.start();
    await world.receive("1");
    await world.clock.advance(0);
    let stopped = false;
    const stopping = world.wadesk.stop().then(() => {
      stopped = true;
    });
    await world.clock.advance(19_999);
    expect([stopped, signals[0]?.aborted]).toEqual([false, false]);
    await world.clock.advance(1);
    await stopping;
    expect(signals[0]?.aborted).toBe(true);
    expect(told(world.log, "the client stopped before the handler ended")).toHaveLength(1);
  });

  it.each([{ withinMs: -1 }, { withinMs: Number.NaN }, { withinMs: "5" }, { within: 5 }])(
    "refuses %o, and names what is wrong",
    async (options) => {
      const world = await connected();
      await expect(world.wadesk.stop(options as never)).rejects.toMatchObject({ code: "input_invalid" });
    },
  );

  it("leaves what it gave up to other processes at once, and never makes a dead letter of it", async () => {
    const world = await connected({ inbox: { maxAttempts: 1 } });
    hanging(world, "1");
    await world.receive("1");
    await world.clock.advance(0);
    const stopping = world.wadesk.stop({ withinMs: 0 });
    await world.clock.advance(0);
    await stopping;
    expect(await states(world, "1")).toEqual(["waiting"]);
    expect(await world.storage.inbox.nextDue()).toBe(world.clock.now() + 1000);
  });

  it("makes no dead letter of what it gives up again and again, however few attempts there are", async () => {
    const world = await connected({ inbox: { maxAttempts: 2 } });
    const { begun } = hanging(world, "1");
    await world.receive("1");
    for (let stops = 0; stops < 4; stops += 1) {
      await world.wadesk.start();
      await world.clock.advance(10_000);
      await Promise.all([world.wadesk.stop({ withinMs: 0 }), world.clock.advance(0)]);
    }
    expect(begun).toEqual(["1 1", "1 2", "1 3", "1 4"]);
    expect(await states(world, "1")).toEqual(["waiting"]);
  });

  it("is not held up by a storage that never answers, and begins nothing that is claimed afterwards", async () => {
    const late = Promise.withResolvers<void>();
    const { inbox } = memoryStorage();
    const claim: InboxStore["claim"] = async (request) => {
      await late.promise;
      return inbox.claim(request);
    };
    const world = await connected({ storage: { durable: true, inbox: { ...inbox, claim } } });
    const { begun } = hanging(world);
    await world.receive("1");
    const stopping = world.wadesk.stop({ withinMs: 1000 });
    await world.clock.advance(4000);
    await stopping;
    late.resolve();
    await world.clock.advance(0);
    expect(begun).toEqual([]);
  });

  it("begins nothing that is claimed while it gives up", async () => {
    const late = Promise.withResolvers<void>();
    const { inbox } = memoryStorage();
    let claims = 0;
    const claim: InboxStore["claim"] = async (request) => {
      claims += 1;
      // the first event has been begun by then
      if (claims > 1) await late.promise;
      return inbox.claim({ ...request, limit: 1 });
    };
    const fail: InboxStore["fail"] = () => NEVER;
    const world = await connected({ storage: { durable: true, inbox: { ...inbox, claim, fail } } });
    const { begun } = hanging(world, "1", "2");
    await world.receive("1");
    await world.clock.advance(0);
    await world.receive("2");
    const stopping = world.wadesk.stop({ withinMs: 1000 });
    await world.clock.advance(1000);
    late.resolve();
    await world.clock.advance(3000);
    await stopping;
    expect(begun).toEqual(["1 1"]);
  });

  it("gives back what was claimed meanwhile and waits for its place, and begins none of it", async () => {
    const late = Promise.withResolvers<void>();
    const { inbox } = memoryStorage();
    let claims = 0;
    const claim: InboxStore["claim"] = async (request) => {
      claims += 1;
      if (claims === 1) return inbox.claim({ ...request, limit: 1 });
      await late.promise;
      return (await inbox.claim(request)).map((each) => ({ ...each, deaths: 3 }));
    };
    const world = await connected({ storage: { durable: true, inbox: { ...inbox, claim } } });
    const { begun } = hanging(world, "1", "2");
    await world.receive("1");
    await world.clock.advance(0);
    await world.receive("2");
    await world.clock.advance(0);
    const stopping = world.wadesk.stop({ withinMs: 1000 });
    late.resolve();
    await world.clock.advance(1000);
    await stopping;
    expect(begun).toEqual(["1 1"]);
    expect(await inbox.nextDue()).toBe(world.clock.now());
  });

  it("is not held up by upkeep that never ends", async () => {
    const world = await connected({ upkeep: { checkEveryMs: 60_000 } });
    world.vendor.onCheck = () => NEVER;
    await world.wadesk.start();
    await world.clock.advance(MINUTE + 20_000);
    const stopping = world.wadesk.stop({ withinMs: 1000 });
    await world.clock.advance(1000);
    await stopping;
    expect(told(world.log, "any longer for the upkeep")).toHaveLength(1);
  });

  it("starts again after it gave up, and handles what it left", async () => {
    const world = await connected();
    const { begun, release } = hanging(world, "1");
    await world.receive("1");
    await world.clock.advance(0);
    const stopping = world.wadesk.stop({ withinMs: 0 });
    await world.clock.advance(0);
    await stopping;
    await world.wadesk.start();
    await world.clock.advance(1000);
    expect(begun).toEqual(["1 1", "1 2"]);
    release("1 2");
    await world.clock.advance(0);
    expect(await states(world, "1")).toEqual(["done"]);
  });
});
