import type { OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf, ten } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

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
    const addOfAna = (...ids: readonly string[]): Promise<readonly OwnedEvent[]> => inbox.add(ids.map((id) => eventOf({ id })));

    it("gives the head of each contact only, in the order they were added", async () => {
      await inbox.add([...["a1", "a3", "a2", "a1"].map((id) => eventOf({ id })), eventOf({ id: "b1", contact: "bob" })]);
      await addOfAna("a0");
      const first = await claim();
      expect(idsOf(first)).toEqual(["a1", "b1"]);
      expect(await claim()).toEqual([]);
      for (const each of first) await inbox.done(each, world.now());
      for (const id of ["a3", "a2", "a0"]) {
        const next = await claim();
        expect(idsOf(next)).toEqual([id]);
        for (const each of next) await inbox.done(each, world.now());
      }
    });

    it("never gives more than was asked for", async () => {
      await inbox.add(["a", "b", "c"].map((contact) => eventOf({ id: contact, contact })));
      expect(await claim({ limit: 2 })).toHaveLength(2);
      expect(await claim({ limit: 2 })).toHaveLength(1);
    });

    it("holds a contact back while its head waits for a retry, and no other", async () => {
      await addOfAna("a1", "a2");
      const [head] = await claim();
      if (head !== undefined) await inbox.fail(head, world.now() + 500, "x", world.now());
      await addOfAna("a3");
      await inbox.add([eventOf({ id: "b1", contact: "bob" })]);
      expect(idsOf(await claim())).toEqual(["b1"]);
      world.pass(500);
      expect(idsOf(await claim())).toEqual(["a1"]);
    });

    it("frees a contact when its head is dead", async () => {
      await addOfAna("a1", "a2");
      const [head] = await claim();
      if (head !== undefined) await inbox.fail(head, "dead", "x", world.now());
      expect(idsOf(await claim())).toEqual(["a2"]);
    });

    it("frees a contact when the connection of its head was removed", async () => {
      const { orderKey } = eventOf({ id: "a1" });
      await inbox.add([eventOf({ id: "a1", connectionId: "con_2" }), eventOf({ id: "a2" })].map((event) => ({ ...event, orderKey })));
      expect(await claim()).toHaveLength(1);
      await inbox.deleteOfConnection("acme", "con_2");
      expect(idsOf(await claim())).toEqual(["a2"]);
    });

    it("puts what is replayed at the end of its contact", async () => {
      await addOfAna("a1", "a2", "a3");
      const [head] = await claim();
      if (head !== undefined) await inbox.fail(head, "dead", "x", world.now());
      expect(await inbox.replay([eventOf({ id: "a1" }).key])).toBe(1);
      const order: string[] = [];
      for (let round = 0; round < 3; round += 1) {
        for (const each of await claim()) {
          order.push(...idsOf([each]));
          await inbox.done(each, world.now());
        }
      }
      expect(order).toEqual(["a2", "a3", "a1"]);
    });

    it("gives the types that were asked for only, and does not pass over a head of another type", async () => {
      const status: OwnedEvent = { ...eventOf({ id: "a1" }), type: "message.status", data: { messageId: "x", status: "sent", raw: {} } };
      await inbox.add([status, eventOf({ id: "a2" }), eventOf({ id: "b1", contact: "bob" })]);
      expect(idsOf(await claim({ types: [] }))).toEqual([]);
      expect(idsOf(await claim({ types: ["message.received"] }))).toEqual(["b1"]);
      expect(idsOf(await claim({ types: ["message.status"] }))).toEqual(["a1"]);
    });

    it("ends a claim with its lease, whichever event of the contact is claimed next", async () => {
      await addOfAna("a1");
      const [late] = await claim();
      await addOfAna("a2");
      world.pass(1001);
      const [next] = await claim();
      if (late === undefined || next === undefined) throw new Error("nothing to claim");
      await inbox.fail(next, "dead", "x", world.now());
      await inbox.replay([next.event.key]);
      const [third] = await claim();
      expect(idsOf(third ? [third] : [])).toEqual(["a2"]);
      expect(await inbox.done(late, world.now())).toBe(false);
      expect(await inbox.renew(late, 1000, world.now())).toBe(false);
      expect(await inbox.fail(late, "dead", "late", world.now())).toBe(false);
      expect(third && (await inbox.done(third, world.now()))).toBe(true);
      expect(idsOf(await claim())).toEqual(["a1"]);
    });

    it("never gives two events of a contact at once, even while ten add to it", async () => {
      const held: Claim[] = [];
      for (let round = 0; round < 5; round += 1) {
        const adding = ten((index) => addOfAna(`${round}-${index}`));
        const claiming = ten(() => claim({ limit: 5 }));
        await Promise.all(adding);
        held.push(...(await Promise.all(claiming)).flat(), ...(await claim()));
        expect(held).toHaveLength(1);
      }
      expect(await inbox.done(held[0] as Claim, world.now())).toBe(true);
      expect((await Promise.all(ten(() => claim()))).flat()).toHaveLength(1);
    });

    it("is kept by ten that work at once, while ten others add", async () => {
      const contacts = ["c0", "c1", "c2"];
      const events = Array.from({ length: 60 }, (_, index) => eventOf({ id: String(index).padStart(2, "0"), contact: `c${index % 3}` }));
      await inbox.add(events);
      const more = ten((index) => inbox.add(contacts.map((contact) => eventOf({ id: `x${index}`, contact }))));
      const seen: OwnedEvent[] = [];
      const running = new Set<string>();
      let overlaps = 0;
      const work = async (owner: string): Promise<void> => {
        // bounded, so that an inbox that hands out too little fails
        for (let round = 0; round < 500 && seen.length < 90; round += 1) {
          for (const each of await inbox.claim({ owner, limit: 2, leaseMs: 1000, now: world.now() })) {
            const contact = contactOf(each.event);
            if (running.has(contact)) overlaps += 1;
            running.add(contact);
            seen.push(each.event);
            await new Promise((resolve) => setImmediate(resolve));
            running.delete(contact);
            await inbox.done(each, world.now());
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await Promise.all([...more, ...ten((index) => work(`p${index}`))]);
      expect([seen.length, new Set(seen.map((event) => event.key)).size, overlaps]).toEqual([90, 90, 0]);
      for (const contact of contacts) {
        const keys = seen.filter((event) => contactOf(event) === contact).map((event) => event.key);
        const first = events.filter((event) => contactOf(event) === contact).map((event) => event.key);
        expect(keys.slice(0, 20)).toEqual(first);
      }
    });
  });
}

function contactOf({ data }: OwnedEvent): string {
  const { contact } = data as { readonly contact: { readonly phone: string } };
  return contact.phone;
}
