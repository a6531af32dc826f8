import type { Claim, InboxStore } from "@wadesk/core";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf } from "./rows.ts";
import type { StorageUnderTest } from "./storage.ts";

/** What a storage promises about events: stored once, completed once, retried, given up, brought back. */
export function inboxPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const claimAll = (owner = "a", limit = 100): Promise<readonly Claim[]> =>
      inbox.claim({ owner, limit, leaseMs: 1000, now: world.now() });
    const claimOne = async (owner = "a"): Promise<Claim> => {
      const [claim] = await claimAll(owner, 1);
      if (claim === undefined) throw new Error("nothing to claim");
      return claim;
    };

    it("takes an event once, even when ten deliveries race, and answers the new ones only", async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => inbox.add([eventOf({ id: "1" })])));
      expect(answers.flat()).toHaveLength(1);
      const mixed = await inbox.add([eventOf({ id: "1" }), eventOf({ id: "2" }), eventOf({ id: "2" })]);
      expect(mixed.map((event) => event.key)).toEqual([eventOf({ id: "2" }).key]);
    });

    it("hands an event to one of ten that claim at once, as it was added", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      const claims = (await Promise.all(Array.from({ length: 10 }, (_, index) => claimAll(`p${index}`)))).flat();
      expect(claims).toHaveLength(1);
      expect(claims[0]).toMatchObject({ event: eventOf({ id: "1" }), attempt: 1 });
    });

    it("never hands out a completed event again, and remembers its key until it is pruned", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      expect(await inbox.done(await claimOne(), world.now())).toBe(true);
      expect(await claimAll()).toEqual([]);
      expect(await inbox.add([eventOf({ id: "1" })])).toEqual([]);
      expect(await inbox.prune({ doneBefore: world.now(), limit: 10 })).toBe(0);
      world.pass(10);
      expect(await inbox.prune({ doneBefore: world.now(), limit: 10 })).toBe(1);
      expect(await inbox.add([eventOf({ id: "1" })])).toHaveLength(1);
    });

    it("hands an event to another when its lease ended, and the late one can no longer complete it", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      const late = await claimOne("a");
      world.pass(999);
      expect(await claimAll("b")).toEqual([]);
      world.pass(2);
      const next = await claimOne("b");
      expect(next.attempt).toBe(2);
      expect(await inbox.done(late, world.now())).toBe(false);
      expect(await inbox.fail(late, "dead", "late", world.now())).toBe(false);
      expect(await inbox.renew(late, 1000, world.now())).toBe(false);
      expect(await inbox.done(next, world.now())).toBe(true);
    });

    it("keeps an event with its holder for as long as the lease is renewed", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      const claim = await claimOne("a");
      world.pass(900);
      expect(await inbox.renew(claim, 1000, world.now())).toBe(true);
      world.pass(900);
      expect(await claimAll("b")).toEqual([]);
      expect(await inbox.done(claim, world.now())).toBe(true);
    });

    it("hands a failed event out again when its time has come, with the next attempt's number", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      await inbox.fail(await claimOne(), world.now() + 500, "broken", world.now());
      expect(await inbox.nextDue()).toBe(world.now() + 500);
      world.pass(499);
      expect(await claimAll()).toEqual([]);
      world.pass(1);
      expect((await claimOne()).attempt).toBe(2);
    });

    it("keeps a dead event with its reason, and brings it back with a fresh count", async () => {
      await inbox.add([eventOf({ id: "1" }), eventOf({ id: "2", workspaceId: "rival", connectionId: "con_2" })]);
      for (const claim of await claimAll()) await inbox.fail(claim, "dead", "broken", world.now());
      expect(await claimAll()).toEqual([]);
      expect((await inbox.dead(undefined, { limit: 9 })).items).toHaveLength(2);
      const { items } = await inbox.dead("acme", { limit: 9 });
      expect(items).toEqual([{ event: eventOf({ id: "1" }), attempts: 1, reason: "broken", diedAt: world.now() }]);
      expect(await inbox.replay([eventOf({ id: "1" }).key, "absent"])).toBe(1);
      expect((await inbox.dead("acme", { limit: 9 })).items).toEqual([]);
      expect((await claimOne()).attempt).toBe(1);
      expect(await inbox.add([eventOf({ id: "1" })])).toEqual([]);
    });

    it("pages through dead letters, newest first", async () => {
      for (const id of ["1", "2", "3"]) {
        await inbox.add([eventOf({ id })]);
        await inbox.fail(await claimOne(), "dead", id, world.now());
        world.pass(10);
      }
      const first = await inbox.dead("acme", { limit: 2 });
      expect(first.items.map((letter) => letter.reason)).toEqual(["3", "2"]);
      const second = await inbox.dead("acme", { limit: 2, cursor: first.next ?? "" });
      expect(second.items.map((letter) => letter.reason)).toEqual(["1"]);
    });

    it("tells the state of each key", async () => {
      await inbox.add(["done", "dead", "running", "waiting"].map((id) => eventOf({ id, contact: id })));
      for (const claim of await claimAll()) {
        const { messageId } = claim.event.data as { readonly messageId: string };
        if (messageId === "done") await inbox.done(claim, world.now());
        if (messageId === "dead") await inbox.fail(claim, "dead", "x", world.now());
        if (messageId === "waiting") await inbox.fail(claim, world.now() + 1, "x", world.now());
      }
      const keys = ["done", "dead", "running", "waiting"].map((id) => eventOf({ id, contact: id }).key);
      expect([...(await inbox.states([...keys, "absent"])).values()]).toEqual(["done", "dead", "running", "waiting", "absent"]);
    });

    it("forgets what belongs to a removed connection", async () => {
      await inbox.add([eventOf({ id: "1" }), eventOf({ id: "2", connectionId: "con_2" })]);
      await inbox.deleteOfConnection("acme", "con_1");
      expect((await claimAll()).map((claim) => claim.event.connectionId)).toEqual(["con_2"]);
      expect(await inbox.add([eventOf({ id: "1" })])).toHaveLength(1);
    });
  });
}
