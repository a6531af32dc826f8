import type { WadeskEvent } from "@wadesk/core";
import { manualClock } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { openWorld } from "./world/open-world.ts";

const SECOND = 1000;
const text = (body: string) => ({ type: "text", text: { body } });

describe("a message that Meta delivers ten times at once", () => {
  it("is handled once and completed once, and every delivery is answered 200", async () => {
    const allArrived = Promise.withResolvers<void>();
    let requests = 0;
    const onRequest = (): void => {
      requests += 1;
      // the challenge was the first
      if (requests === 11) allArrived.resolve();
    };
    const { meta, wadesk, account } = await openWorld({ onRequest });
    const completed: string[] = [];
    const handled: string[] = [];
    wadesk.on("event.completed", (event) => void completed.push(event.key));
    wadesk.process("message.received", async (event) => {
      handled.push(event.key);
      await allArrived.promise;
    });
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    meta.fault({ kind: "webhooks_duplicated", copies: 10 });
    const id = meta.addContact().send(account.numberId, text("Hello"));
    await meta.settled();
    expect(meta.deliveries.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(handled).toEqual([expect.stringContaining(id)]);
    expect(completed).toEqual(handled);
  });

  it("joins the attempt that is still running when Meta, told 503 after ten seconds, delivers it again", async () => {
    const time = manualClock();
    const { meta, wadesk, account } = await openWorld({ time });
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    let calls = 0;
    wadesk.process("message.received", async () => {
      calls += 1;
      begun.resolve();
      await gate.promise;
    });
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    meta.addContact().send(account.numberId, text("Hello"));
    await begun.promise;
    await time.advance(10 * SECOND);
    await meta.settled();
    expect(meta.deliveries.map(({ status }) => status)).toEqual([503]);
    await time.advance(5 * SECOND);
    gate.resolve();
    await meta.settled();
    expect([calls, meta.deliveries.map(({ status, attempt }) => [status, attempt])]).toEqual([
      1,
      [
        [503, 1],
        [200, 2],
      ],
    ]);
  });

  it("is not handled again when it comes once more a day later", async () => {
    const time = manualClock();
    const { meta, wadesk, account, app } = await openWorld({ time });
    const handled: string[] = [];
    wadesk.process("message.received", (event) => void handled.push(event.key));
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    meta.addContact().send(account.numberId, text("Hello"));
    await meta.settled();
    await time.advance(24 * 3600 * SECOND);
    const [{ url = "", body = "", signature = "" } = {}] = meta.deliveries;
    const again = await fetch(url, { method: "POST", body, headers: { "x-hub-signature-256": signature } });
    expect([again.status, handled.length, app.secret.length]).toEqual([200, 1, 32]);
  });
});

describe("a status that overtakes the others, and the answer to its own send", () => {
  it("leaves the message as read", async () => {
    const time = manualClock();
    const { meta, wadesk, account } = await openWorld({ time });
    const acme = wadesk.workspace("acme");
    const statuses: WadeskEvent<"message.status">[] = [];
    const allThree = Promise.withResolvers<void>();
    wadesk.process("message.status", (event) => {
      statuses.push(event);
      if (statuses.length === 3) allThree.resolve();
    });
    await acme.connect("cloud-api", account.input);
    const ana = meta.addContact();
    ana.send(account.numberId, text("Hello"));
    await meta.settled();

    meta.fault({ kind: "slow_answer", byMs: SECOND, operation: "POST /{Phone-Number-ID}/messages" });
    meta.fault({ kind: "status_before_answer" });
    meta.fault({ kind: "webhooks_reordered", count: 3 });
    const sending = acme.send({ to: ana.phone ?? "", content: { kind: "text", text: "Hi" } });
    await allThree.promise;
    await meta.settled();
    await time.advance(SECOND);
    const sent = await sending;
    // Meta carries our id back, so even the first of them is known for what it is
    expect(statuses.map(({ data }) => [data.status, data.standing, data.message?.id])).toEqual([
      ["read", "read", sent.id],
      ["delivered", "read", sent.id],
      ["sent", "read", sent.id],
    ]);
    expect(await acme.message(sent.id)).toMatchObject({ status: "read", receipt: { providerId: statuses[0]?.data.messageId } });
  });
});

describe("a handler that throws", () => {
  it("gets the event again with back-off, while Meta is told 503 and its redelivery finds it done", async () => {
    const time = manualClock();
    const { meta, wadesk, account } = await openWorld({ time });
    const attempts: [number, number][] = [];
    const started = time.now();
    wadesk.process("message.received", (_event, { attempt }) => {
      attempts.push([attempt, time.now() - started]);
      if (attempt < 3) throw new Error("the database is away");
    });
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    meta.addContact().send(account.numberId, text("Hello"));
    await meta.settled();
    await time.advance(60 * SECOND);
    expect(attempts).toEqual([
      [1, 0],
      [2, 1 * SECOND],
      [3, 3 * SECOND],
    ]);
    expect(meta.deliveries.map(({ status, at }) => [status, at - started])).toEqual([
      [503, 0],
      [200, 5 * SECOND],
    ]);
    expect((await wadesk.deadLetters.list()).items).toEqual([]);
  });

  it("makes the event a dead letter after the last attempt, which Meta need not deliver again and which can be replayed", async () => {
    const time = manualClock();
    const { meta, wadesk, account, lines } = await openWorld({ time });
    const attempts: number[] = [];
    const died: string[] = [];
    let broken = true;
    wadesk.on("event.died", (event, reason) => void died.push(`${event.key} ${reason}`));
    wadesk.process("message.received", (_event, { attempt }) => {
      attempts.push(attempt);
      if (broken) throw new Error("the database is away");
    });
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    const messageId = meta.addContact().send(account.numberId, text("Hello"));
    await meta.settled();
    await time.advance(10 * 60 * SECOND);
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(meta.deliveries.map(({ status }) => status)).toEqual([503, 503, 503, 200]);
    const { items } = await wadesk.deadLetters.list({ workspaceId: "acme" });
    expect(items).toMatchObject([{ attempts: 8, reason: "the database is away", event: { data: { messageId } } }]);
    expect(died).toEqual([`${items[0]?.event.key} the database is away`]);
    expect(lines.filter(({ level }) => level === "error")).toMatchObject([{ message: expect.stringContaining("deadLetters.replay()") }]);

    broken = false;
    expect(await wadesk.deadLetters.replay(items.map(({ event }) => event.key))).toBe(1);
    await wadesk.drain();
    expect(attempts.slice(8)).toEqual([1]);
    expect((await wadesk.deadLetters.list()).items).toEqual([]);
  });

  it("holds up the contact whose message it cannot take, in order, and nobody else", async () => {
    const time = manualClock();
    const { meta, wadesk, account } = await openWorld({ time, inbox: { maxAttempts: 3 } });
    const done: string[] = [];
    wadesk.process("message.received", ({ data: { content } }) => {
      const body = content.kind === "text" ? content.text : "";
      if (body === "poison") throw new Error("cannot be read");
      done.push(body);
    });
    await wadesk.workspace("acme").connect("cloud-api", account.input);
    const [ana, bob] = [meta.addContact({ name: "Ana" }), meta.addContact({ name: "Bob" })];
    ana.send(account.numberId, text("poison"));
    await meta.settled();
    ana.send(account.numberId, text("Ana's second"));
    bob.send(account.numberId, text("Bob's first"));
    bob.send(account.numberId, text("Bob's second"));
    await meta.settled();
    expect(done).toEqual(["Bob's first", "Bob's second"]);
    await time.advance(2 * SECOND);
    expect(done).toEqual(["Bob's first", "Bob's second"]);
    await time.advance(1 * SECOND);
    expect((await wadesk.deadLetters.list()).items).toHaveLength(1);
    expect(done).toEqual(["Bob's first", "Bob's second", "Ana's second"]);
  });
});
