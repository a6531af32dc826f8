import { memoryStorage, type OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { receivedText } from "@wadesk/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";

const EVENTS: readonly OwnedEvent[] = Array.from({ length: 8 }, (_, index) => {
  const event = receivedText({ key: `event ${index}`, orderKey: `contact ${index % 3}`, connectionId: `connection ${index % 2}` });
  return index % 4 === 3 ? ({ ...event, type: "message.status", data: { messageId: "x", status: "sent", raw: {} } } as OwnedEvent) : event;
});
const KEYS = EVENTS.map(({ key }) => key);

type Step =
  | { readonly do: "add" | "replay"; readonly which: readonly number[] }
  | { readonly do: "claim"; readonly types: readonly string[] | undefined }
  | { readonly do: "done" | "kill" | "renew"; readonly claim: number }
  | { readonly do: "follow"; readonly claim: number; readonly limit: number }
  | { readonly do: "fail"; readonly claim: number; readonly delay: number }
  | { readonly do: "pass"; readonly time: number }
  | { readonly do: "prune"; readonly age: number; readonly limit: number }
  | { readonly do: "delete"; readonly connection: number };

const which = fc.uniqueArray(fc.nat({ max: EVENTS.length - 1 }), { minLength: 1, maxLength: 5 });
// mostly one of the latest claims, at times one that was lost long ago
const claim = fc.nat({ max: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("add" as const), which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("claim" as const), types: fc.constant(undefined) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("claim" as const), types: fc.subarray(["message.received", "message.status"]) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("done" as const, "kill" as const, "renew" as const), claim }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("follow" as const), claim, limit: fc.nat({ max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fail" as const), claim, delay: fc.nat({ max: 150 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("replay" as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), time: fc.nat({ max: 120 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("prune" as const), age: fc.nat({ max: 100 }), limit: fc.constantFrom(0, 99) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), connection: fc.nat({ max: 1 }) }) },
);

/** One inbox, and the claims that it gave. */
interface Side {
  readonly inbox: InboxStore;
  readonly claims: Claim[];
}

async function take({ inbox, claims }: Side, each: Step, now: number): Promise<unknown> {
  switch (each.do) {
    case "add":
      return inbox.add(each.which.map((index) => EVENTS[index] as OwnedEvent));
    case "replay":
      return inbox.replay(each.which.map((index) => KEYS[index] as string));
    case "claim": {
      const types = each.types && { types: each.types };
      const found = await inbox.claim({ owner: "a", limit: 100, leaseMs: 100, now, ...types });
      const sorted = found.toSorted((left, right) => (left.event.key < right.event.key ? -1 : 1));
      claims.unshift(...sorted);
      return sorted.map(({ event, attempt }) => ({ event, attempt }));
    }
    case "pass":
      return undefined;
    case "prune":
      return inbox.prune({ doneBefore: now - each.age, deadBefore: now - each.age, limit: each.limit });
    case "delete":
      return inbox.deleteOfConnection("acme", `connection ${each.connection}`);
  }
  const held = claims[each.claim];
  if (held === undefined) return undefined;
  if (each.do === "renew") return inbox.renew(held, 100, now);
  if (each.do === "done") return inbox.done(held, now);
  if (each.do === "follow") {
    const next = await inbox.follow?.([held], { limit: each.limit, leaseMs: 100, now });
    // it is no head any more, whatever its token says
    if (next !== undefined) claims.splice(each.claim, 1, ...next.slice(0, 1));
    return next?.map(({ event, attempt, deaths }) => ({ event, attempt, deaths }));
  }
  return inbox.fail(held, each.do === "fail" ? now + each.delay : "dead", "it broke", now);
}

async function lookAt(inbox: InboxStore): Promise<unknown> {
  const byKey = (left: { event: OwnedEvent }, right: { event: OwnedEvent }): number => (left.event.key < right.event.key ? -1 : 1);
  const [states, due, counts] = [await inbox.states(KEYS), await inbox.nextDue(), await inbox.counts()];
  const [{ items: dead }, { items: kept }] = [await inbox.dead(undefined, { limit: 99 }), await inbox.list("acme", { limit: 99 })];
  return { states: [...states], due, counts, dead: dead.toSorted(byKey), kept: kept.toSorted(byKey) };
}

it("does what the inbox in memory does, whatever is done to it in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: "max" }), async (steps) => {
      const storage = sqliteStorage(":memory:");
      const model: Side = { inbox: memoryStorage().inbox, claims: [] };
      const sql: Side = { inbox: storage.inbox, claims: [] };
      let now = 1_000_000;
      for (const each of steps) {
        if (each.do === "pass") now += each.time;
        expect(await take(sql, each, now)).toEqual(await take(model, each, now));
        expect(await lookAt(sql.inbox)).toEqual(await lookAt(model.inbox));
      }
      await storage.close();
    }),
    { numRuns: 40 },
  );
});
