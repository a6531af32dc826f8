import { describe, expect, it } from "vitest";
import { contextOf } from "../runtime/inbound-contexts.ts";
import { openEcho, receivedText } from "../testing/open-echo.ts";

/** A started client on a durable storage, with one handler that counts, and ends when it may. */
async function openWorker(options: Parameters<typeof openEcho>[0] = {}, handled: Promise<void> = Promise.resolve()) {
  const world = openEcho({ upkeep: { checkEveryMs: false }, storage: { durable: true }, ...options });
  const { wadesk, storage } = world;
  const { id } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const starts: string[] = [];
  const completed: string[] = [];
  wadesk.process("message.received", (event) => {
    starts.push(event.data.messageId);
    return handled;
  });
  wadesk.on("event.completed", (event) => void completed.push(event.key));
  const owned = (message: string, from = "+4915100000001") => ({
    ...receivedText({ id: message, from }),
    workspaceId: "acme",
    connectionId: id,
  });
  const stateOf = async (message: string) => [...(await storage.inbox.states([owned(message).key])).values()][0];
  return { ...world, id, starts, completed, owned, stateOf, receive: wadesk.inbound.receive };
}

describe("a storage that is away for ten seconds", () => {
  it("costs no second handling of an event whose handler had just run", async () => {
    const { wadesk, faulty, receive, clock, starts, completed, stateOf } = await openWorker();
    await wadesk.start();
    const gate = Promise.withResolvers<void>();
    wadesk.on("message.received", () => {
      faulty.setAway(true);
      gate.resolve();
    });
    await receive("echo", [receivedText({ id: "m1" })]);
    await gate.promise;
    await clock.advance(10_000);
    faulty.setAway(false);
    await clock.advance(60_000);
    expect([starts, completed.length, await stateOf("m1")]).toEqual([["m1"], 1, "done"]);
  });

  it("is asked again with growing patience, and work goes on by itself once it is back", async () => {
    const { wadesk, faulty, storage, clock, starts, owned, log } = await openWorker();
    await wadesk.start();
    await clock.advance(0);
    await storage.inbox.add([owned("m1")]);
    faulty.setAway(true);
    const before = faulty.callsOf("claim");
    await clock.advance(10_000);
    // after 1, 2, 4 and 8 seconds, the first of them at the next poll
    expect(faulty.callsOf("claim") - before).toBe(4);
    faulty.setAway(false);
    await clock.advance(8000);
    expect(starts).toEqual(["m1"]);
    expect(log.some((line) => line.startsWith("info") && line.includes("can be read again"))).toBe(true);
  });

  it("is answered with 503, and takes the same event in afterwards", async () => {
    const { wadesk, faulty, receive, clock, starts } = await openWorker();
    await wadesk.start();
    faulty.setAway(true);
    await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "storage_unavailable", httpStatus: 503 });
    faulty.setAway(false);
    await receive("echo", [receivedText({ id: "m1" })]);
    await clock.advance(10_000);
    expect(starts).toEqual(["m1"]);
  });
});

describe("a completion that cannot be recorded", () => {
  it("is recorded once though the answer was lost, and told of", async () => {
    const { storage, receive, clock, starts, completed, stateOf, wadesk } = await openWorker();
    const { done } = storage.inbox;
    let lost = 0;
    Object.assign(storage.inbox, {
      done: async (...call: Parameters<typeof done>) => {
        const answer = await done(...call);
        lost += 1;
        if (lost === 1) throw new Error("the connection was reset");
        return answer;
      },
    });
    await wadesk.start();
    await receive("echo", [receivedText({ id: "m1" })]);
    await clock.advance(120_000);
    expect([starts, completed.length, await stateOf("m1"), lost]).toEqual([["m1"], 1, "done", 2]);
  });

  it("is tried for as long as the lease lasts, which a long handler has had renewed", async () => {
    const slow = Promise.withResolvers<void>();
    const { storage, receive, clock, starts, completed, wadesk } = await openWorker({}, slow.promise);
    const { done } = storage.inbox;
    await wadesk.start();
    await receive("echo", [receivedText({ id: "m1" })]);
    await clock.advance(95_000);
    Object.assign(storage.inbox, { done: () => Promise.reject(new Error("away")) });
    slow.resolve();
    await clock.advance(5000);
    Object.assign(storage.inbox, { done });
    await clock.advance(60_000);
    expect([starts, completed.length]).toEqual([["m1"], 1]);
  });

  it("is given up when its lease ends, and the event is handled again", async () => {
    const { storage, receive, clock, starts, completed, wadesk } = await openWorker();
    const { done, renew } = storage.inbox;
    Object.assign(storage.inbox, { done: () => Promise.reject(new Error("away")), renew: () => Promise.reject(new Error("away")) });
    await wadesk.start();
    await receive("echo", [receivedText({ id: "m1" })]);
    await clock.advance(29_000);
    expect(starts).toEqual(["m1"]);
    Object.assign(storage.inbox, { done, renew });
    await clock.advance(5000);
    expect([starts, completed.length]).toEqual([["m1", "m1"], 1]);
  });

  it("keeps no stop waiting", async () => {
    const { storage, receive, clock, starts, wadesk } = await openWorker();
    Object.assign(storage.inbox, { done: () => Promise.reject(new Error("away")) });
    await wadesk.start();
    await receive("echo", [receivedText({ id: "m1" })]);
    await clock.advance(1000);
    expect(starts).toEqual(["m1"]);
    await wadesk.stop();
  });
});

describe("a storage that hangs", () => {
  it("keeps no webhook waiting for longer than it may, and what comes late is handled all the same", async () => {
    const { storage, receive, clock, starts, wadesk } = await openWorker({ inbox: { storeWithinMs: 3000 }, storage: { durable: true } });
    await wadesk.start();
    const { add } = storage.inbox;
    const back = Promise.withResolvers<void>();
    Object.assign(storage.inbox, {
      add: async (...call: Parameters<typeof add>) => {
        await back.promise;
        return add(...call);
      },
    });
    const ends: string[] = [];
    const receiving = receive("echo", [receivedText({ id: "m1" })]).catch((error: { readonly code: string }) => void ends.push(error.code));
    await clock.advance(2999);
    expect(ends).toEqual([]);
    await clock.advance(1);
    await receiving;
    expect(ends).toEqual(["storage_unavailable"]);
    back.resolve();
    await clock.advance(0);
    await receive("echo", [receivedText({ id: "m1" })]);
    await clock.advance(5000);
    expect(starts).toEqual(["m1"]);
  });

  it("keeps no webhook waiting while its secrets are looked for", async () => {
    const { storage, clock, wadesk } = await openWorker();
    const never = (): Promise<never> => new Promise(() => {});
    Object.assign(storage.connections, { byAccount: never });
    Object.assign(storage.records, { get: never });
    const context = contextOf(wadesk.inbound.sources[0]);
    const ends = Promise.allSettled([context.settings(), context.connectionSecrets("echo:A")]);
    await clock.advance(10_000);
    for (const end of await ends) expect(end).toMatchObject({ reason: { code: "storage_unavailable" } });
  });

  it("is asked again when a claim gives no answer", async () => {
    const { storage, clock, starts, wadesk, owned } = await openWorker();
    const { claim } = storage.inbox;
    await storage.inbox.add([owned("m1")]);
    Object.assign(storage.inbox, { claim: () => new Promise(() => {}) });
    await wadesk.start();
    await clock.advance(1000);
    Object.assign(storage.inbox, { claim });
    await clock.advance(62_000);
    expect(starts).toEqual(["m1"]);
  });
});
