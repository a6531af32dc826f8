import type { Claim, InboxStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

/** What a storage promises about events whose process ended: each is handed out by itself, and it says how often that was nobody's fault. */
export function inboxDeathPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("an ended lease in the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const claim = (limit = 100): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit, leaseMs: 1000, now: world.now() });
    const add = (...contacts: readonly string[]): Promise<unknown> => inbox.add(contacts.map((contact) => eventOf({ id: "1", contact })));
    const seen = (claims: readonly Claim[]): unknown[] =>
      claims.map(({ event, attempt, deaths }) => [event.key.split("|").at(1), attempt, deaths]);
    /** Claims the only event there is. */
    const claimOne = async (): Promise<Claim> => {
      const [one, ...others] = await claim();
      expect([one?.event.key, others]).toEqual([one?.event.key ?? "an event", []]);
      return one as Claim;
    };

    it("hands its event out by itself, before others, the first one first", async () => {
      for (const contact of ["ana", "bob", "cia"]) {
        await add(contact);
        await claim();
        world.pass(10);
      }
      world.pass(1000);
      await add("dan", "eva");
      for (const contact of ["ana", "bob", "cia"]) expect(seen(await claim())).toEqual([[contact, 2, 1]]);
      expect(seen(await claim()).sort()).toEqual([
        ["dan", 1, 0],
        ["eva", 1, 0],
      ]);
    });

    it("is counted each time, and stays counted when the event fails by itself", async () => {
      await add("ana");
      await claim();
      for (const deaths of [1, 2, 3]) {
        world.pass(1001);
        expect(seen(await claim())).toEqual([["ana", deaths + 1, deaths]]);
      }
      world.pass(1001);
      await inbox.fail(await claimOne(), world.now(), "x", world.now());
      expect(seen(await claim())).toEqual([["ana", 6, 4]]);
    });

    it("is no death among others where its attempt was said to be alone, which holds for that attempt", async () => {
      await add("ana");
      const first = await claimOne();
      expect(await inbox.renew(first, 1000, world.now(), true)).toBe(true);
      // later renewals leave it at that
      expect(await inbox.renew(first, 1000, world.now())).toBe(true);
      world.pass(1001);
      expect(seen(await claim())).toEqual([["ana", 2, 0]]);
      world.pass(1001);
      expect(seen(await claim())).toEqual([["ana", 3, 1]]);
    });

    it("says nothing about the next event of its contact, nor about one that was brought back", async () => {
      await inbox.add(["1", "2"].map((id) => eventOf({ id })));
      await claim();
      world.pass(1001);
      const again = await claimOne();
      await inbox.renew(again, 1000, world.now(), true);
      await inbox.fail(again, "dead", "x", world.now());
      expect(await claimOne()).toMatchObject({ event: eventOf({ id: "2" }), attempt: 1, deaths: 0 });
      world.pass(1001);
      const second = await claimOne();
      expect(second.deaths).toBe(1);
      await inbox.done(second, world.now());
      await inbox.replay([again.event.key]);
      expect(await claimOne()).toMatchObject({ event: eventOf({ id: "1" }), attempt: 1, deaths: 0 });
    });

    it("can be brought about by its holder, who gives the event up", async () => {
      await add("ana");
      const first = await claimOne();
      await inbox.renew(first, 0, world.now());
      expect(seen(await claim())).toEqual([["ana", 2, 1]]);
      expect(await inbox.done(first, world.now())).toBe(false);
    });
  });
}
