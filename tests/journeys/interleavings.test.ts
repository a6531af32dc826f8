import type { MessageStatus, WadeskEvent } from "@wadesk/core";
import { climbs } from "@wadesk/core/ports";
import { type MetaPayload, manualClock, metaBatch, metaJson, metaStatus, metaText, signMeta } from "@wadesk/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openWorld, type World } from "./world/open-world.ts";

const PEOPLE = ["5511999990001", "5511999990002", "5511999990003"];
const STATUSES = ["sent", "delivered", "read", "failed"] as const;

/** One thing that happens. Small numbers name people, messages and webhooks. */
type Happening =
  | { readonly type: "message"; readonly person: number }
  | { readonly type: "status"; readonly message: number; readonly status: (typeof STATUSES)[number] }
  | { readonly type: "again"; readonly webhook: number; readonly copies: number }
  | { readonly type: "batch"; readonly webhooks: readonly number[] }
  | { readonly type: "send" }
  | { readonly type: "failures"; readonly times: number }
  | { readonly type: "time"; readonly seconds: number };

const small = fc.nat({ max: 30 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant("message" as const), person: fc.nat({ max: 2 }) }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant("status" as const), message: small, status: fc.constantFrom(...STATUSES) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("again" as const), webhook: small, copies: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("batch" as const), webhooks: fc.array(small, { minLength: 2, maxLength: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("send" as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("failures" as const), times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("time" as const), seconds: fc.integer({ min: 1, max: 10 }) }) },
);

/** What was seen of everything that was completed. */
interface Seen {
  readonly completed: WadeskEvent[];
  readonly standings: Map<string, MessageStatus[]>;
}

async function play(
  happenings: readonly Happening[],
): Promise<{ readonly seen: Seen; readonly expected: Expected; readonly world: World }> {
  const time = manualClock();
  // an attempt is never the last one, so that everything ends as completed
  const world = await openWorld({ time, inbox: { maxAttempts: 1000, longestDelayMs: 4000 } });
  const { wadesk, account, app, callback, meta } = world;
  const acme = wadesk.workspace("acme");
  await acme.connect("cloud-api", account.input);
  const seen: Seen = { completed: [], standings: new Map() };
  let failures = 0;
  const stumble = (): void => {
    failures -= 1;
    if (failures >= 0) throw new Error("the database is away");
  };
  wadesk.on("event.completed", (event) => void seen.completed.push(event));
  wadesk.process("message.received", stumble);
  wadesk.process("message.status", ({ data }) => {
    seen.standings.set(data.messageId, [...(seen.standings.get(data.messageId) ?? []), data.standing]);
    stumble();
  });
  const place = { wabaId: account.wabaId, phoneNumberId: account.numberId };
  const webhooks: MetaPayload[] = [];
  const sentIds: string[] = ["wamid.FROM.ANOTHER.TOOL"];
  const expected: Expected = { received: new Map(), statuses: new Map(), rows: new Map() };
  const deliver = async (payload: MetaPayload): Promise<void> => {
    const body = metaJson(payload);
    const answer = await fetch(callback, { method: "POST", body, headers: { "x-hub-signature-256": signMeta(body, app.secret) } });
    expect([200, 503]).toContain(answer.status);
  };
  const pick = <Each>(list: readonly Each[], index: number): Each | undefined => list[index % Math.max(1, list.length)];
  const first = async (payload: MetaPayload): Promise<void> => {
    webhooks.push(payload);
    await deliver(payload);
  };
  for (const [index, each] of happenings.entries()) {
    if (each.type === "message") {
      const phone = PEOPLE[each.person] ?? "";
      const id = `wamid.IN${index}`;
      expected.received.set(phone, [...(expected.received.get(phone) ?? []), id]);
      await first(metaText({ ...place, id, from: { phone } }));
    } else if (each.type === "status") {
      const id = pick(sentIds, each.message) ?? "";
      expected.statuses.set(id, (expected.statuses.get(id) ?? new Set()).add(each.status));
      await first(metaStatus({ ...place, id, status: each.status, to: { phone: PEOPLE[0] ?? "" } }));
    } else if (each.type === "again") {
      const payload = pick(webhooks, each.webhook);
      if (payload) await Promise.all(Array.from({ length: each.copies }, () => deliver(payload)));
    } else if (each.type === "batch") {
      const payloads = each.webhooks.map((webhook) => pick(webhooks, webhook)).filter((payload) => payload !== undefined);
      if (payloads.length > 0) await deliver(metaBatch(...payloads));
    } else if (each.type === "send") {
      meta.fault({ kind: "webhooks_held" });
      const template = { kind: "template", name: "hello_world", language: "en_US" } as const;
      const sent = await acme.send({ to: `+${PEOPLE[0]}`, content: template });
      sentIds.push(sent.providerId);
      expected.rows.set(sent.providerId, sent.id);
    } else if (each.type === "failures") failures = each.times;
    else await time.advance(each.seconds * 1000);
  }
  failures = 0;
  await time.advance(60_000);
  await wadesk.drain();
  return { seen, expected, world };
}

interface Expected {
  /** Message ids by phone, in the order in which they first came. */
  readonly received: Map<string, string[]>;
  readonly statuses: Map<string, Set<MessageStatus>>;
  /** Our ids by the vendor's. */
  readonly rows: Map<string, string>;
}

const highest = (statuses: Iterable<MessageStatus>): MessageStatus =>
  [...statuses].reduce<MessageStatus>((top, next) => (climbs(top, next) ? next : top), "queued");

it("whatever Meta repeats, reorders or batches and whenever handlers fail: each event once, each contact in order, no ladder moves back", async () => {
  const tried = { events: 0, retried: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 30, maxLength: 60 }), async (happenings) => {
      const { seen, expected, world } = await play(happenings);
      const keys = seen.completed.map(({ key }) => key);
      expect(keys).toHaveLength(new Set(keys).size);

      const received = seen.completed.filter((event) => event.type === "message.received");
      for (const [phone, ids] of expected.received) {
        const order = received.filter(({ data }) => data.contact.phone === `+${phone}`).map(({ data }) => data.messageId);
        expect(order).toEqual(ids);
      }
      expect(received).toHaveLength([...expected.received.values()].flat().length);

      const statuses = seen.completed.filter((event) => event.type === "message.status");
      expect(statuses).toHaveLength([...expected.statuses.values()].reduce((sum, each) => sum + each.size, 0));
      for (const standings of seen.standings.values()) {
        for (const [index, standing] of standings.entries()) expect(climbs(standing, standings[index - 1] ?? standing)).toBe(false);
      }
      for (const [providerId, id] of expected.rows) {
        const row = await world.wadesk.workspace("acme").message(id);
        expect(row?.status).toBe(highest(expected.statuses.get(providerId) ?? []));
      }
      expect((await world.wadesk.deadLetters.list()).items).toEqual([]);
      tried.events += keys.length;
      tried.retried += world.lines.filter(({ message }) => message.startsWith("a handler failed")).length;
    }),
    { numRuns: 20, seed: 20261122, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true },
  );
  // it tried what it says
  expect([tried.events > 250, tried.retried > 30]).toEqual([true, true]);
});
