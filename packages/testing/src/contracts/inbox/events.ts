import type { OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf, HOSTILE_TEXTS, ten } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

/** What a storage promises about each event: stored once, completed once, retried, given up, brought back. */
export function inboxPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const claimAll = (owner = "a", limit = 1000): Promise<readonly Claim[]> =>
      inbox.claim({ owner, limit, leaseMs: 1000, now: world.now() });
    const claimOne = async (owner = "a"): Promise<Claim> => {
      const [claim] = await claimAll(owner, 1);
      expect(claim).toBeDefined();
      return claim as Claim;
    };
    const keysOf = (events: readonly OwnedEvent[]): string[] => events.map((event) => event.key).sort();

    it("takes an event once, even when ten deliveries race, and answers the new ones only", async () => {
      const answers = await Promise.all(ten(() => inbox.add([eventOf({ id: "1" })])));
      expect(answers.flat()).toEqual([eventOf({ id: "1" })]);
      const mixed = await inbox.add([eventOf({ id: "1" }), eventOf({ id: "2" }), eventOf({ id: "2" })]);
      expect(mixed).toEqual([eventOf({ id: "2" })]);
      expect(await inbox.add([])).toEqual([]);
    });

    it("takes each event once when ten batches share theirs in different orders", async () => {
      const events = Array.from({ length: 20 }, (_, index) => eventOf({ id: String(index), contact: `c${index % 7}` }));
      const batches = ten((index) => [...events, ...events].slice(index * 2, index * 2 + 10));
      const answers = await Promise.all(batches.map((batch, index) => inbox.add(index % 2 === 0 ? batch : batch.toReversed())));
      expect(keysOf(answers.flat())).toEqual(keysOf(events));
    });

    it("hands an event to one of ten that claim at once, as it was added", async () => {
      const event = { ...eventOf({ id: "1" }), speaker: "echo:app:1" };
      await inbox.add([event]);
      const claims = (await Promise.all(ten((index) => claimAll(`p${index}`)))).flat();
      expect(claims).toHaveLength(1);
      expect(claims[0]).toMatchObject({ event, attempt: 1 });
    });

    it("never hands out a completed event again, and remembers its key", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      expect(await inbox.done(await claimOne(), world.now())).toBe(true);
      world.pass(10_000);
      expect(await claimAll()).toEqual([]);
      expect(await inbox.add([eventOf({ id: "1" })])).toEqual([]);
      expect(await claimAll()).toEqual([]);
    });

    it("lets one of ten complete a claim", async () => {
      await inbox.add([eventOf({ id: "1" }), eventOf({ id: "2" })]);
      const claim = await claimOne();
      const answers = await Promise.all(ten(() => inbox.done(claim, world.now())));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await claimOne()).event).toEqual(eventOf({ id: "2" }));
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

    it("lets a claim end once: what was completed, failed or given up is not completed again", async () => {
      await inbox.add(["1", "2", "3"].map((id) => eventOf({ id, contact: id })));
      const [done, failed, dead] = (await claimAll()) as [Claim, Claim, Claim];
      await inbox.done(done, world.now());
      await inbox.fail(failed, world.now() + 9, "x", world.now());
      await inbox.fail(dead, "dead", "x", world.now());
      for (const claim of [done, failed, dead]) {
        expect(await inbox.done(claim, world.now())).toBe(false);
        expect(await inbox.renew(claim, 1000, world.now())).toBe(false);
        expect(await inbox.fail(claim, "dead", "again", world.now())).toBe(false);
      }
      const keys = [done, failed, dead].map(({ event }) => event.key);
      expect([...(await inbox.states(keys)).values()]).toEqual(["done", "waiting", "dead"]);
    });

    it("keeps an event with its holder for as long as the lease is renewed", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      const claim = await claimOne("a");
      world.pass(900);
      expect(await inbox.renew(claim, 1000, world.now())).toBe(true);
      expect(await inbox.nextDue()).toBe(world.now() + 1000);
      world.pass(900);
      expect(await claimAll("b")).toEqual([]);
      expect(await inbox.done(claim, world.now())).toBe(true);
    });

    it("hands a failed event out again when its time has come, with the next attempt's number", async () => {
      await inbox.add([eventOf({ id: "1" })]);
      expect(await inbox.fail(await claimOne(), world.now() + 500, "broken", world.now())).toBe(true);
      expect(await inbox.nextDue()).toBe(world.now() + 500);
      world.pass(499);
      expect(await claimAll()).toEqual([]);
      world.pass(1);
      expect((await claimOne()).attempt).toBe(2);
    });

    it("tells when the next event is due or the next lease ends, and nothing when none waits", async () => {
      expect(await inbox.nextDue()).toBeUndefined();
      await inbox.add([eventOf({ id: "1" })]);
      expect(await inbox.nextDue()).toBeLessThanOrEqual(world.now());
      const claim = await claimOne();
      expect(await inbox.nextDue()).toBe(world.now() + 1000);
      await inbox.done(claim, world.now());
      expect(await inbox.nextDue()).toBeUndefined();
    });

    it("tells the state of each key", async () => {
      const ids = ["done", "dead", "retried", "running", "waiting"];
      await inbox.add(ids.slice(0, 4).map((id) => eventOf({ id, contact: id })));
      for (const claim of await claimAll()) {
        const { messageId } = claim.event.data as { readonly messageId: string };
        if (messageId === "done") await inbox.done(claim, world.now());
        if (messageId === "dead") await inbox.fail(claim, "dead", "x", world.now());
        if (messageId === "retried") await inbox.fail(claim, world.now() + 1, "x", world.now());
      }
      await inbox.add([eventOf({ id: "waiting", contact: "running" })]);
      const keys = [...ids.slice(0, 4).map((id) => eventOf({ id, contact: id }).key), eventOf({ id: "waiting", contact: "running" }).key];
      expect([...(await inbox.states([...keys, "absent"]))]).toEqual([
        ...keys.map((key, index) => [key, ["done", "dead", "waiting", "running", "waiting"][index]]),
        ["absent", "absent"],
      ]);
      expect((await inbox.states([])).size).toBe(0);
    });

    it("takes five hundred events at once, and tells the states of a thousand", async () => {
      const events = Array.from({ length: 500 }, (_, index) => eventOf({ id: String(index), contact: `c${index}` }));
      expect(await inbox.add(events)).toHaveLength(500);
      expect(await inbox.add(events)).toHaveLength(0);
      const absent = Array.from({ length: 500 }, (_, index) => `absent ${index}`);
      const states = await inbox.states([...events.map((event) => event.key), ...absent]);
      expect([states.size, states.get(events[499]?.key ?? ""), states.get("absent 499")]).toEqual([1000, "waiting", "absent"]);
      expect(keysOf((await claimAll()).map((claim) => claim.event))).toEqual(keysOf(events));
    });

    it("takes what texts may hold, tells it apart, and no neighbour suffers", async () => {
      const events = HOSTILE_TEXTS.map((text): OwnedEvent => {
        const place = { key: text, orderKey: text, workspaceId: text, connectionId: text, route: text };
        return { ...eventOf({ id: text, contact: text }), ...place };
      });
      const neighbour = eventOf({ id: "1" });
      expect(await inbox.add([...events, neighbour])).toEqual([...events, neighbour]);
      expect(await inbox.add([...events, neighbour])).toEqual([]);
      const claims = await claimAll();
      expect(claims).toHaveLength(events.length + 1);
      for (const claim of claims) {
        const { key } = claim.event;
        expect(claim.event).toEqual(events.find((event) => event.key === key) ?? neighbour);
        expect(await inbox.fail(claim, "dead", key, world.now())).toBe(true);
      }
      for (const event of events) {
        const letters = (await inbox.dead(event.workspaceId, { limit: 9 })).items;
        expect(letters).toEqual([{ event, attempts: 1, reason: event.key, diedAt: world.now() }]);
        expect((await inbox.list(event.workspaceId, { limit: 9 })).items).toEqual([{ event, state: "dead" }]);
      }
      for (const [index, { key, workspaceId, connectionId }] of events.entries()) {
        expect(await inbox.replay([key])).toBe(1);
        expect((await inbox.states([key])).get(key)).toBe("waiting");
        await inbox.deleteOfConnection(workspaceId, connectionId);
        expect((await inbox.states([key])).get(key)).toBe("absent");
        expect(await inbox.counts()).toMatchObject({ waiting: 0, dead: events.length - index });
      }
    });
  });
}
