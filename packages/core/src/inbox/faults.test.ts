import { describe, expect, it } from "vitest";
import { createWadesk } from "../client/create-wadesk.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { echoVendor } from "../testing/echo-channel.ts";
import { type EchoWorld, openEcho, receivedText, statusOf, TEST_KEYS } from "../testing/open-echo.ts";

type Connected = EchoWorld & { readonly id: string; readonly receive: EchoWorld["wadesk"]["inbound"]["receive"] };

async function connected(options: Parameters<typeof openEcho>[0] = {}): Promise<Connected> {
  const world = openEcho(options);
  const { id } = await world.wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
  return { ...world, id, receive: world.wadesk.inbound.receive };
}
const hello = { to: "+4915100000001", content: { kind: "text", text: "x" } } as const;

describe("a webhook during which the storage fails once, whenever that is", () => {
  it.each(["before", "after"] as const)(
    "is answered 200 only when its event is completed, and a redelivery ends well, %s",
    async (when) => {
      const probe = await connected();
      probe.faulty.failAt(0, when);
      await probe.receive("echo", [receivedText({ id: "m1" })]);
      const calls = probe.faulty.calls();
      expect(calls).toBeGreaterThan(5);
      for (let call = 1; call <= calls; call += 1) {
        const { wadesk, faulty, receive, clock } = await connected();
        const completed: string[] = [];
        wadesk.process("message.received", () => {});
        wadesk.on("event.completed", (event) => void completed.push(event.key));
        faulty.failAt(call, when);
        const first = receive("echo", [receivedText({ id: "m1" })]).then(
          () => completed.length,
          () => "503",
        );
        await clock.advance(120_000);
        expect([call, await first]).toSatisfy(([, answer]) => answer === 1 || answer === "503");
        await receive("echo", [receivedText({ id: "m1" })]);
      }
    },
  );
});

describe("an attempt whose lease is in doubt", () => {
  it("goes on renewing after a renewal that failed, so that nobody else begins", async () => {
    const { wadesk, receive, storage, clock } = await connected();
    const gate = Promise.withResolvers<void>();
    let starts = 0;
    wadesk.process("message.received", async () => {
      starts += 1;
      await gate.promise;
    });
    const renew = storage.inbox.renew.bind(storage.inbox);
    let failures = 0;
    Object.assign(storage.inbox, {
      renew: (...call: Parameters<typeof renew>) => (failures++ === 0 ? Promise.reject(new Error("away")) : renew(...call)),
    });
    const waiting = receive("echo", [receivedText({ id: "m1" })]).catch(() => {});
    await clock.advance(120_000);
    gate.resolve();
    await waiting;
    expect(starts).toBe(1);
  });

  it("is neither dead nor completed when another attempt has taken over", async () => {
    const { wadesk, receive, storage } = await connected({ inbox: { maxAttempts: 1 } });
    const died: string[] = [];
    wadesk.on("event.died", (event) => void died.push(event.key));
    wadesk.process("message.received", () => Promise.reject(new Error("no")));
    Object.assign(storage.inbox, { fail: async () => false });
    await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "handler_unfinished" });
    expect(died).toEqual([]);
  });

  it("becomes a dead letter when its process ended each time it ran alone, and no sooner", async () => {
    const { wadesk, storage, clock, id } = await connected({ inbox: { maxAttempts: 3, leaseMs: 1000 } });
    let starts = 0;
    wadesk.process("message.received", () => {
      starts += 1;
    });
    const die = async (alone: boolean): Promise<void> => {
      const [claim] = await storage.inbox.claim({ owner: "a process that dies", limit: 1, leaseMs: 1000, now: clock.now() });
      if (claim !== undefined && alone) await storage.inbox.renew(claim, 1000, clock.now(), true);
      await clock.advance(1001);
    };
    const add = (message: string) => storage.inbox.add([{ ...receivedText({ id: message }), workspaceId: "acme", connectionId: id }]);
    await add("m1");
    for (let death = 0; death < 20; death += 1) await die(false);
    await wadesk.drain();
    expect([starts, (await wadesk.deadLetters.list()).items]).toEqual([1, []]);
    await add("m2");
    for (let death = 0; death < 2; death += 1) await die(false);
    for (let death = 0; death < 3; death += 1) await die(true);
    await wadesk.drain();
    expect(starts).toBe(1);
    expect((await wadesk.deadLetters.list()).items).toMatchObject([
      { event: { data: { messageId: "m2" } }, attempts: 6, reason: expect.stringContaining("nothing but this event") },
    ]);
  });
});

describe("a removed connection", () => {
  it("leaves no contact resting: the same number connected anew is heard at once", async () => {
    const { wadesk, receive, id } = await connected();
    let broken = true;
    wadesk.process("message.received", () => {
      if (broken) throw new Error("no");
    });
    await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "handler_unfinished" });
    await wadesk.workspace("acme").remove(id);
    await wadesk.workspace("acme").connect("echo", { number: "+111", token: "tok-1" });
    broken = false;
    await receive("echo", [receivedText({ id: "m2" })]);
  });
});

describe("a send whose answer was lost", () => {
  it("names the message, and a status that carries our id brings the receipt after all", async () => {
    const { wadesk, vendor, receive } = await connected();
    const acme = wadesk.workspace("acme");
    vendor.onSend = () => Promise.reject(new WadeskError("outcome_unknown", { detail: "ECONNRESET" }));
    const lost = acme.send({ ...hello, idempotencyKey: "order-1" });
    await expect(lost).rejects.toThrow(/\(message msg_\w+: ECONNRESET\)$/);
    const reference = vendor.sent[0]?.id ?? "";
    expect(await acme.message(reference)).toMatchObject({ status: "queued" });
    const status = statusOf("echo.late", "delivered");
    if (status.type === "message.status") await receive("echo", [{ ...status, data: { ...status.data, reference } }]);
    expect(await acme.message(reference)).toMatchObject({ status: "delivered", receipt: { providerId: "echo.late" } });
    expect(await acme.send({ ...hello, idempotencyKey: "order-1" })).toMatchObject({ id: reference, providerId: "echo.late" });
  });

  it("is not taken for another connection's, whatever reference a status carries", async () => {
    const { wadesk, vendor, receive } = await connected();
    const rival = wadesk.workspace("rival");
    await rival.connect("echo", { number: "+222", token: "t" });
    vendor.onSend = () => Promise.reject(new WadeskError("outcome_unknown"));
    await expect(rival.send(hello)).rejects.toMatchObject({ code: "outcome_unknown" });
    const reference = vendor.sent[0]?.id ?? "";
    const status = statusOf("echo.1", "read");
    if (status.type === "message.status") await receive("echo", [{ ...status, data: { ...status.data, reference } }]);
    expect(await rival.message(reference)).not.toHaveProperty("receipt");
  });

  it("keeps the vendor's refusal when the message cannot be forgotten", async () => {
    const { wadesk, vendor, storage } = await connected();
    vendor.onSend = () => Promise.reject(new WadeskError("rate_limited"));
    Object.assign(storage.messages, { forget: () => Promise.reject(new Error("away")) });
    await expect(wadesk.workspace("acme").send(hello)).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("is not blamed on a message that could not be stored: its key is free", async () => {
    const { wadesk, storage } = await connected();
    const insert = storage.messages.insert.bind(storage.messages);
    Object.assign(storage.messages, {
      insert: async (row: Parameters<typeof insert>[0]) => {
        await insert(row);
        throw new Error("the answer was lost");
      },
    });
    const acme = wadesk.workspace("acme");
    await expect(acme.send({ ...hello, idempotencyKey: "order-1" })).rejects.toMatchObject({ code: "storage_unavailable" });
    Object.assign(storage.messages, { insert });
    expect((await acme.send({ ...hello, idempotencyKey: "order-1" })).providerId).toBe("echo.1");
  });
});

describe("the pump", () => {
  it("says in drain that the inbox could not be read", async () => {
    const { wadesk, storage } = await connected();
    expect(await wadesk.drain()).toBe(0);
    Object.assign(storage.inbox, { claim: () => Promise.reject(new Error("away")) });
    await expect(wadesk.drain()).rejects.toMatchObject({ code: "storage_unavailable" });
  });

  it("does not begin when it was stopped while it was starting", async () => {
    const { wadesk, receive } = await connected();
    const starting = wadesk.start();
    await wadesk.stop();
    await starting;
    await expect(receive("echo", [receivedText({ id: "m1" })])).rejects.toMatchObject({ code: "handler_unfinished" });
  });

  it("leaves the events of a storage that others share to those processes that have handlers", async () => {
    const { storage, clock, id, wadesk } = await connected();
    const shared = { ...storage, durable: true };
    const open = () => createWadesk({ channels: [echoVendor().channel], storage: shared, clock, encryptionKeys: TEST_KEYS });
    const [web, worker] = [open(), open()];
    const seen: string[] = [];
    worker.process("message.received", (event) => void seen.push(event.data.messageId));
    await web.inbound.receive("echo", [receivedText({ id: "m1" })]);
    expect(await web.drain()).toBe(0);
    expect(await worker.drain()).toBe(1);
    expect([seen, (await wadesk.workspace("acme").get(id)).id]).toEqual([["m1"], id]);
  });

  it.each([{ maxAttempts: 0 }, { concurrency: Number.NaN }, { leaseMs: -1 }])("refuses the options %j by name", (inbox) => {
    expect(() => openEcho({ inbox })).toThrow(expect.objectContaining({ code: "configuration_invalid" }));
    expect(() => openEcho({ inbox })).toThrow(Object.keys(inbox)[0]);
  });
});

it("an async listener that rejects is logged, and disturbs nobody", async () => {
  const { wadesk, receive, log, clock } = await connected();
  // fits the type of a listener, which may answer anything
  const listener: () => void = () => Promise.reject(new Error("a view is broken"));
  wadesk.on("message.received", listener);
  await receive("echo", [receivedText({ id: "m1" })]);
  await clock.advance(0);
  expect(log.some((line) => line.includes("a view is broken"))).toBe(true);
});
