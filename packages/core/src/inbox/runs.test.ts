import { describe, expect, it } from "vitest";
import { openEcho, receivedText } from "../testing/open-echo.ts";

/** A durable storage with so many events of one contact, of which handlers note what they begin. */
async function openQueue(count: number, options: Parameters<typeof openEcho>[0] = {}) {
  const world = openEcho({ upkeep: { checkEveryMs: false }, ...options, storage: { durable: true, ...options.storage } });
  const { wadesk, storage } = world;
  const { id } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  const begun: string[] = [];
  const completed: string[] = [];
  wadesk.on("event.completed", ({ data }) => void completed.push("messageId" in data ? data.messageId : ""));
  const owned = (message: number | string, from = "+49") => ({
    ...receivedText({ id: `${message}`, from }),
    workspaceId: "acme",
    connectionId: id,
  });
  await storage.inbox.add(Array.from({ length: count }, (_, index) => owned(index)));
  const handle = (work: (message: string) => Promise<void> | void): void =>
    wadesk.process("message.received", async ({ data }) => {
      begun.push(data.messageId);
      await work(data.messageId);
    });
  const statesOf = async (...messages: readonly number[]): Promise<unknown> => [
    ...(await storage.inbox.states(messages.map((message) => owned(message).key))).values(),
  ];
  return { ...world, begun, completed, owned, handle, statesOf };
}

const upTo = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

describe("events of one contact that wait behind each other", () => {
  it("are handled in their order by one claim, none of them before the one ahead of it is recorded", async () => {
    const { wadesk, clock, faulty, begun, completed, handle, storage } = await openQueue(31);
    const { follow } = storage.inbox;
    Object.assign(storage.inbox, {
      follow: async (...call: Parameters<NonNullable<typeof follow>>) => {
        await new Promise<void>((resolve) => void clock.after(5, resolve));
        return follow?.(...call);
      },
    });
    handle(() => {});
    const draining = wadesk.drain();
    await clock.advance(4);
    expect(begun).toEqual(upTo(1));
    await clock.advance(1);
    expect(begun).toEqual(upTo(2));
    await clock.advance(200);
    expect([await draining, begun, completed]).toEqual([31, upTo(31), upTo(31)]);
    // the last claim finds nothing
    expect([faulty.callsOf("claim"), faulty.callsOf("done")]).toEqual([2, 0]);
  });

  it("wait as long as the one ahead of them is handled, whatever time that takes", async () => {
    const { wadesk, clock, handle, statesOf } = await openQueue(3);
    const gate = Promise.withResolvers<void>();
    handle((message) => (message === "1" ? gate.promise : undefined));
    const draining = wadesk.drain();
    await clock.advance(0);
    expect(await statesOf(0, 1, 2)).toEqual(["done", "running", "waiting"]);
    // its lease is renewed meanwhile
    await clock.advance(95_000);
    expect(await statesOf(0, 1, 2)).toEqual(["done", "running", "waiting"]);
    gate.resolve();
    expect(await draining).toBe(3);
  });

  it("stay behind the one that fails, and what was handled before is not handled again", async () => {
    const { wadesk, clock, begun, completed, handle } = await openQueue(5);
    let failures = 0;
    handle((message) => {
      if (message !== "2" || failures === 2) return;
      failures += 1;
      throw new Error("it broke");
    });
    await wadesk.start();
    await clock.advance(60_000);
    expect(begun).toEqual(["0", "1", "2", "2", "2", "3", "4"]);
    expect(completed).toEqual(upTo(5));
  });

  it("go one by one once every place is taken, so that others have their turns", async () => {
    const { wadesk, clock, begun, handle, storage, owned } = await openQueue(20, { inbox: { concurrency: 2 } });
    const ends: (() => void)[] = [];
    handle((message) => (message === "x" || message === "y" ? undefined : new Promise((resolve) => void ends.push(resolve))));
    await wadesk.start();
    await clock.advance(0);
    // of a second contact, which takes the other place, and of two more, which wait
    await storage.inbox.add([owned("long", "+491"), owned("x", "+492"), owned("y", "+493")]);
    await clock.advance(5000);
    expect(begun).toEqual(["0", "long"]);
    ends.shift()?.();
    await clock.advance(50);
    expect(begun.slice(0, 5)).toEqual(["0", "long", "x", "y", "1"]);
  });

  it("are left to another process when the client stops, behind the one that is handled", async () => {
    const { wadesk, clock, begun, handle, statesOf } = await openQueue(4);
    const gate = Promise.withResolvers<void>();
    handle((message) => (message === "1" ? gate.promise : undefined));
    await wadesk.start();
    await clock.advance(0);
    const stopping = wadesk.stop();
    await clock.advance(0);
    gate.resolve();
    await stopping;
    expect([begun, await statesOf(0, 1, 2, 3)]).toEqual([
      ["0", "1"],
      ["done", "done", "waiting", "waiting"],
    ]);
  });

  it("are handled again in their order where the lease was lost, and told to be completed once", async () => {
    const { wadesk, clock, begun, completed, handle, storage } = await openQueue(4);
    const gate = Promise.withResolvers<void>();
    handle((message) => (message === "1" && begun.length === 2 ? gate.promise : undefined));
    await wadesk.start();
    await clock.advance(0);
    const { renew } = storage.inbox;
    Object.assign(storage.inbox, { renew: () => Promise.reject(new Error("away")) });
    await clock.advance(31_000);
    Object.assign(storage.inbox, { renew });
    gate.resolve();
    await clock.advance(60_000);
    expect([begun, completed]).toEqual([["0", "1", "1", "2", "3"], upTo(4)]);
  });

  it("are recorded once though the answer was lost", async () => {
    const { wadesk, clock, begun, completed, handle, storage } = await openQueue(4);
    const { follow } = storage.inbox;
    let lost = 0;
    Object.assign(storage.inbox, {
      follow: async (...call: Parameters<NonNullable<typeof follow>>) => {
        const answer = await follow?.(...call);
        lost += 1;
        if (lost === 1) throw new Error("the connection was reset");
        return answer;
      },
    });
    handle(() => {});
    await wadesk.start();
    await clock.advance(120_000);
    expect([begun, completed]).toEqual([upTo(4), upTo(4)]);
  });

  it("are handled one claim after the other on a storage that hands out heads only", async () => {
    const { wadesk, faulty, begun, handle, storage } = await openQueue(3);
    Object.assign(storage.inbox, { follow: undefined });
    handle(() => {});
    expect([await wadesk.drain(), begun]).toEqual([3, upTo(3)]);
    expect(faulty.callsOf("done")).toBe(3);
  });

  it("are recorded several at a time where they are statuses of a group, and no message is begun before they are", async () => {
    const { wadesk, storage, owned, begun, handle } = await openQueue(0);
    const statusOf = (member: number) => ({
      ...owned(`status ${member}`, "group"),
      type: "message.status" as const,
      data: { messageId: "m1", groupId: "group", contact: { lid: `${member}` }, status: "delivered" as const, raw: {} },
    });
    /** How many each record was of, and how many messages had begun. */
    const recorded: [number, number][] = [];
    const { follow } = storage.inbox;
    Object.assign(storage.inbox, {
      follow: async (...call: Parameters<NonNullable<typeof follow>>) => {
        recorded.push([call[0].length, begun.length]);
        return follow?.(...call);
      },
    });
    wadesk.process("message.status", () => {});
    handle(() => {});
    await storage.inbox.add([...Array.from({ length: 9 }, (_, member) => statusOf(member)), owned("after them", "group")]);
    expect(await wadesk.drain()).toBe(10);
    expect([recorded, begun]).toEqual([
      [
        [1, 0],
        [8, 0],
        [1, 1],
      ],
      ["after them"],
    ]);
  });

  it("are recorded though no time passes by the clock, the statuses of a group too", async () => {
    const { wadesk, storage, owned } = await openQueue(0);
    const statusOf = (member: number) => ({
      ...owned(`status ${member}`, "group"),
      type: "message.status" as const,
      data: { messageId: "m1", groupId: "group", contact: { lid: `${member}` }, status: "delivered" as const, raw: {} },
    });
    wadesk.process("message.status", () => {});
    await storage.inbox.add([statusOf(1), statusOf(2), statusOf(3)]);
    expect(await wadesk.drain()).toBe(3);
    expect(await storage.inbox.counts()).toMatchObject({ waiting: 0, running: 0, done: 3 });
  });
});
