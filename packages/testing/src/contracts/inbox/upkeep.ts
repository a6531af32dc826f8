import type { InboxCounts, PageRequest } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf, restOf, ten } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

/** What a storage promises to those who look after the inbox: counts, lists, dead letters, replay, forgetting, notices. */
export function inboxUpkeepPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("the upkeep of the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const claimAll = (): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit: 100, leaseMs: 1000, now: world.now() });
    /** Adds an event and brings it into a state. Each has a contact of its own. */
    const addIn = async (state: "waiting" | "running" | "done" | "dead", id: string, place: object = {}): Promise<void> => {
      await inbox.add([eventOf({ id, contact: id, ...place })]);
      const [claim] = state === "waiting" ? [] : await claimAll();
      if (state !== "waiting") expect(claim).toBeDefined();
      if (claim !== undefined && state === "done") await inbox.done(claim, world.now());
      if (claim !== undefined && state === "dead") await inbox.fail(claim, "dead", id, world.now());
    };
    const keyOf = (id: string): string => eventOf({ id, contact: id }).key;
    const reasons = async (page: PageRequest, workspaceId?: string): Promise<string[]> =>
      (await inbox.dead(workspaceId, page)).items.map((letter) => letter.reason);
    const listed = async (workspaceId: string): Promise<string[]> =>
      (await restOf((page) => inbox.list(workspaceId, page), 2)).map(({ event }) => event.key);
    const NONE: InboxCounts = { waiting: 0, running: 0, done: 0, dead: 0 };

    it("counts the events in each state, of one workspace or of all", async () => {
      expect(await inbox.counts()).toEqual(NONE);
      for (const [index, state] of (["running", "done", "dead", "dead"] as const).entries()) await addIn(state, String(index));
      await addIn("done", "rival", { workspaceId: "rival" });
      await addIn("waiting", "new");
      await inbox.add([eventOf({ id: "behind", contact: "0" })]);
      expect(await inbox.counts("acme")).toEqual({ waiting: 2, running: 1, done: 1, dead: 2 });
      expect(await inbox.counts("rival")).toEqual({ ...NONE, done: 1 });
      expect(await inbox.counts()).toEqual({ waiting: 2, running: 1, done: 2, dead: 2 });
    });

    it("lists what is not done of one workspace, as it was added and in that order, page by page", async () => {
      for (const [index, state] of (["running", "dead", "done"] as const).entries()) await addIn(state, String(index));
      await inbox.add(["b", "a", "c"].map((id) => eventOf({ id, contact: id })));
      await inbox.add([eventOf({ id: "rival", workspaceId: "rival" })]);
      const kept = await restOf((page) => inbox.list("acme", page), 2);
      expect(kept).toEqual([
        { event: eventOf({ id: "0", contact: "0" }), state: "running" },
        { event: eventOf({ id: "1", contact: "1" }), state: "dead" },
        ...["b", "a", "c"].map((id) => ({ event: eventOf({ id, contact: id }), state: "waiting" })),
      ]);
    });

    it("lists on in place when events come and go between pages, the one of the cursor too", async () => {
      for (const id of ["1", "2", "3", "4", "5"]) await addIn("waiting", id, { connectionId: id });
      const first = await inbox.list("acme", { limit: 2 });
      expect(first.items.map(({ event }) => event.connectionId)).toEqual(["1", "2"]);
      for (const id of ["2", "4"]) await inbox.deleteOfConnection("acme", id);
      await addIn("waiting", "6", { connectionId: "6" });
      const rest = await restOf((page) => inbox.list("acme", page), 1, first.next);
      expect(rest.map(({ event }) => event.connectionId)).toEqual(["3", "5", "6"]);
    });

    it("keeps a dead event with its reason, each workspace its own", async () => {
      await addIn("dead", "1");
      await addIn("dead", "2", { workspaceId: "rival", connectionId: "con_2" });
      expect(await claimAll()).toEqual([]);
      expect((await reasons({ limit: 9 })).sort()).toEqual(["1", "2"]);
      const { items } = await inbox.dead("acme", { limit: 9 });
      expect(items).toEqual([{ event: eventOf({ id: "1", contact: "1" }), attempts: 1, reason: "1", diedAt: world.now() }]);
    });

    it("pages through dead letters, newest first", async () => {
      for (const id of ["1", "2", "3"]) {
        await addIn("dead", id);
        world.pass(10);
      }
      const first = await inbox.dead("acme", { limit: 2 });
      expect(first.items.map((letter) => letter.reason)).toEqual(["3", "2"]);
      const second = await inbox.dead("acme", { limit: 2, cursor: first.next ?? "" });
      expect([second.items.map((letter) => letter.reason), second.next]).toEqual([["1"], undefined]);
    });

    it("pages through dead letters without a gap where many died at the same moment", async () => {
      for (const id of ten(String)) await addIn("dead", id);
      const letters = await restOf((page) => inbox.dead(undefined, page), 3);
      expect(letters.map((letter) => letter.reason).sort()).toEqual(ten(String));
    });

    it("goes on in place when dead letters come and go between pages, the one of the cursor too", async () => {
      for (const id of ["1", "2", "3", "4", "5"]) {
        await addIn("dead", id);
        world.pass(10);
      }
      const first = await inbox.dead("acme", { limit: 2 });
      expect(first.items.map((letter) => letter.reason)).toEqual(["5", "4"]);
      expect(await inbox.replay(["5", "4", "2", "2"].map(keyOf))).toBe(3);
      for (const claim of await claimAll()) await inbox.done(claim, world.now());
      await addIn("dead", "6");
      const rest = await restOf((page) => inbox.dead("acme", page), 1, first.next);
      expect(rest.map((letter) => letter.reason)).toEqual(["3", "1"]);
    });

    it("brings dead letters back once, with a fresh count of attempts, even when ten ask at once", async () => {
      await addIn("dead", "1");
      await addIn("done", "2");
      const counts = await Promise.all(ten(() => inbox.replay([keyOf("1"), keyOf("2"), "absent"])));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
      expect(await reasons({ limit: 9 })).toEqual([]);
      expect(await inbox.nextDue()).toBeLessThanOrEqual(world.now());
      const claims = await claimAll();
      expect(claims).toMatchObject([{ event: eventOf({ id: "1", contact: "1" }), attempt: 1 }]);
      expect(await inbox.add([eventOf({ id: "1", contact: "1" })])).toEqual([]);
    });

    it("brings back of one workspace what is its own, and leaves another's dead letters where they are", async () => {
      const rivals = { workspaceId: "rival", connectionId: "con_2" };
      await addIn("dead", "1", rivals);
      await addIn("dead", "2");
      const keys = [eventOf({ id: "1", contact: "1", ...rivals }).key, keyOf("2")];
      for (const workspaceId of ["", "acme", "acme"]) await inbox.replay(keys.slice(0, 1), workspaceId);
      expect([await inbox.replay(keys, ""), await inbox.replay(keys, "acme"), await inbox.replay(keys, "acme")]).toEqual([0, 1, 0]);
      expect((await inbox.dead(undefined, { limit: 9 })).items.map(({ event }) => event.workspaceId)).toEqual(["rival"]);
      expect(await inbox.replay(keys, "rival")).toBe(1);
      expect(await claimAll()).toHaveLength(2);
    });

    it("forgets the keys of old completed events, at most so many at once, and takes them again", async () => {
      for (const id of ["1", "2", "3"]) await addIn("done", id);
      expect(await inbox.prune({ doneBefore: world.now(), limit: 10 })).toBe(0);
      world.pass(10);
      await addIn("done", "4");
      expect(await inbox.prune({ doneBefore: world.now(), limit: 2 })).toBe(2);
      expect(await inbox.prune({ doneBefore: world.now(), limit: 2 })).toBe(1);
      expect(await inbox.prune({ doneBefore: world.now(), limit: 2 })).toBe(0);
      expect([...(await inbox.states(["1", "4"].map(keyOf))).values()]).toEqual(["absent", "done"]);
      expect(await inbox.add([eventOf({ id: "1", contact: "1" })])).toHaveLength(1);
    });

    it("forgets dead letters only when asked to, and never what is open", async () => {
      await addIn("dead", "1");
      await addIn("running", "2");
      await addIn("waiting", "3");
      world.pass(10);
      expect(await inbox.prune({ doneBefore: world.now(), limit: 9 })).toBe(0);
      expect(await inbox.prune({ doneBefore: world.now(), deadBefore: world.now() - 10, limit: 9 })).toBe(0);
      expect(await reasons({ limit: 9 })).toEqual(["1"]);
      expect(await inbox.prune({ doneBefore: world.now(), deadBefore: world.now(), limit: 9 })).toBe(1);
      expect(await reasons({ limit: 9 })).toEqual([]);
      expect(await listed("acme")).toEqual([keyOf("2"), keyOf("3")]);
    });

    it("forgets what belongs to a removed connection", async () => {
      await inbox.add([eventOf({ id: "1" }), eventOf({ id: "2", connectionId: "con_2" })]);
      await inbox.deleteOfConnection("rival", "con_1");
      expect(await inbox.counts()).toEqual({ ...NONE, waiting: 2 });
      await inbox.deleteOfConnection("acme", "con_1");
      expect((await claimAll()).map((claim) => claim.event.connectionId)).toEqual(["con_2"]);
      expect(await inbox.add([eventOf({ id: "1" })])).toHaveLength(1);
    });

    it("forgets what belongs to a removed workspace, and ends its claims", async () => {
      for (const state of ["dead", "done", "running"] as const) await addIn(state, state);
      world.pass(1001);
      const [claim] = await claimAll();
      await inbox.add([eventOf({ id: "behind", contact: "running" }), eventOf({ id: "rival", contact: "x", workspaceId: "rival" })]);
      await inbox.deleteOfWorkspace("acme");
      expect([await inbox.counts("acme"), await inbox.counts()]).toEqual([NONE, { ...NONE, waiting: 1 }]);
      expect(claim && (await inbox.done(claim, world.now()))).toBe(false);
      expect((await claimAll()).map(({ event }) => event.workspaceId)).toEqual(["rival"]);
    });
  });
}
