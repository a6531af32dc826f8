import type { OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

/** A value that is nested so deep. */
const nested = (levels: number, name = "a"): unknown => JSON.parse(`${`{"${name}":[`.repeat(levels / 2)}1${"]}".repeat(levels / 2)}`);

/** What JSON keeps, though much else does not. */
const KEPT: Readonly<Record<string, unknown>> = {
  "a field called __proto__": JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1},"toJSON":"no"}'),
  "every awkward character": "\0\ud800\udc00\ud800\u2028\ufeff\u{10ffff}",
  "a field of awkward characters": { "\0": 1, "\ud800": 2, "": 3 },
  "numbers of every size": [9007199254740991, -0.1, 1e308, 5e-324, 123456789012345680000],
  "ninety levels": nested(80),
};

/** What cannot be written as JSON, or not by everybody. */
const REFUSED: Readonly<Record<string, unknown>> = {
  "5,000 levels": nested(5000),
  "100,000 levels": nested(100_000, "__proto__"),
  "a number without an end": Number.POSITIVE_INFINITY,
  "no number": Number.NaN,
  "a bigint": 12345678901234567890n,
};

/** What a storage promises about what an event may hold: whatever it is, no other event suffers. */
export function inboxValuePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("the values of the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const eventWith = (id: string, value: unknown): OwnedEvent => {
      const event = eventOf({ id, contact: id });
      return { ...event, data: { ...event.data, raw: { value } } } as OwnedEvent;
    };
    const claimAll = (): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit: 100, leaseMs: 1000, now: world.now() });

    it("come back as they were, where JSON can say them", async () => {
      const events = Object.entries(KEPT).map(([id, value]) => eventWith(id, value));
      expect(await inbox.add(events)).toEqual(events);
      const given = new Map((await claimAll()).map(({ event }) => [event.key, event]));
      // compared as texts, since a field called __proto__ is easily overlooked
      for (const event of events) expect(JSON.stringify(given.get(event.key))).toBe(JSON.stringify(event));
    });

    it.each(Object.entries(REFUSED))("cost no other event anything, and their own event is there: %s", async (_name, value) => {
      const [before, strange, after] = [eventOf({ id: "1", contact: "1" }), eventWith("2", value), eventOf({ id: "3", contact: "3" })];
      expect(await inbox.add([before, strange, after])).toHaveLength(3);
      const claims = await claimAll();
      const events = new Map(claims.map(({ event }) => [event.key, event]));
      expect([...events.keys()].sort()).toEqual([before, strange, after].map(({ key }) => key).sort());
      expect([events.get(before.key), events.get(after.key)]).toEqual([before, after]);
      expect(events.get(strange.key)).toMatchObject({ type: "message.received", orderKey: strange.orderKey, data: { messageId: "2" } });
      for (const claim of claims) await inbox.fail(claim, "dead", "x", world.now());
      expect((await inbox.dead("acme", { limit: 9 })).items).toHaveLength(3);
      expect((await inbox.list("acme", { limit: 9 })).items).toHaveLength(3);
    });
  });
}
