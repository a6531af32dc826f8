import type { Claim, InboxStore, OwnedEvent } from "@wadesk/core";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf } from "./rows.ts";
import type { StorageUnderTest } from "./storage.ts";

/** What a storage promises about order: one contact's events one after the other, contacts beside each other. */
export function inboxOrderPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("the order of the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const claim = (options: { readonly types?: readonly string[]; readonly limit?: number } = {}): Promise<readonly Claim[]> =>
      inbox.claim({ owner: "a", limit: 100, leaseMs: 1000, now: world.now(), ...options });
    const idsOf = (claims: readonly Claim[]): string[] => claims.map(({ event }) => event.key.split("|").at(-1) ?? "").sort();

    it("gives the head of each contact only, in the order they were added", async () => {
      await inbox.add([
        eventOf({ id: "a1", contact: "ana" }),
        eventOf({ id: "a2", contact: "ana" }),
        eventOf({ id: "b1", contact: "bob" }),
      ]);
      const first = await claim();
      expect(idsOf(first)).toEqual(["a1", "b1"]);
      expect(await claim()).toEqual([]);
      for (const each of first) await inbox.done(each, world.now());
      expect(idsOf(await claim())).toEqual(["a2"]);
    });

    it("never gives more than was asked for", async () => {
      await inbox.add(["a", "b", "c"].map((contact) => eventOf({ id: contact, contact })));
      expect(await claim({ limit: 2 })).toHaveLength(2);
      expect(await claim({ limit: 2 })).toHaveLength(1);
    });

    it("holds a contact back while its head waits for a retry, and no other", async () => {
      await inbox.add([eventOf({ id: "a1", contact: "ana" }), eventOf({ id: "a2", contact: "ana" })]);
      const [head] = await claim();
      if (head !== undefined) await inbox.fail(head, world.now() + 500, "x", world.now());
      await inbox.add([eventOf({ id: "b1", contact: "bob" })]);
      expect(idsOf(await claim())).toEqual(["b1"]);
      world.pass(500);
      expect(idsOf(await claim())).toEqual(["a1"]);
    });

    it("frees a contact when its head is dead", async () => {
      await inbox.add([eventOf({ id: "a1", contact: "ana" }), eventOf({ id: "a2", contact: "ana" })]);
      const [head] = await claim();
      if (head !== undefined) await inbox.fail(head, "dead", "x", world.now());
      expect(idsOf(await claim())).toEqual(["a2"]);
    });

    it("gives the types that were asked for only, and does not pass over a head of another type", async () => {
      const status: OwnedEvent = { ...eventOf({ id: "a1" }), type: "message.status", data: { messageId: "x", status: "sent", raw: {} } };
      await inbox.add([status, eventOf({ id: "a2" }), eventOf({ id: "b1", contact: "bob" })]);
      expect(idsOf(await claim({ types: ["message.received"] }))).toEqual(["b1"]);
      expect(idsOf(await claim({ types: ["message.status"] }))).toEqual(["a1"]);
    });

    it("is kept by ten that work at once", async () => {
      const events = Array.from({ length: 60 }, (_, index) => eventOf({ id: String(index).padStart(2, "0"), contact: `c${index % 3}` }));
      await inbox.add(events);
      const seen: OwnedEvent[] = [];
      const work = async (owner: string): Promise<void> => {
        while (seen.length < events.length) {
          for (const each of await inbox.claim({ owner, limit: 2, leaseMs: 1000, now: world.now() })) {
            seen.push(each.event);
            await inbox.done(each, world.now());
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await Promise.all(Array.from({ length: 10 }, (_, index) => work(`p${index}`)));
      expect(seen).toHaveLength(60);
      for (const contact of ["c0", "c1", "c2"]) {
        const keys = seen.filter((event) => event.orderKey.endsWith(contact)).map((event) => event.key);
        expect(keys).toEqual([...keys].sort());
      }
    });
  });
}
