import { type Claim, type InboxStore, MOST_IN_RUN } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

/** What a storage promises about claims that go on: what comes next of a contact is held in the step that completes what came before. One without `follow` promises nothing. */
export function inboxRunPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("a run in the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async (context) => {
      world = await begin();
      inbox = world.storage.inbox;
      context.skip(inbox.follow === undefined, "it hands out heads only");
    });
    const add = (...ids: readonly string[]): Promise<unknown> => inbox.add(ids.map((id) => eventOf({ id })));
    const claim = (): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit: 100, leaseMs: 1000, now: world.now() });
    const claimHead = async (): Promise<Claim> => {
      const [head, ...others] = await claim();
      expect(others).toEqual([]);
      return head as Claim;
    };
    const follow = async (done: readonly Claim[], limit = 9): Promise<readonly Claim[] | undefined> =>
      inbox.follow?.(done, { limit, leaseMs: 1000, now: world.now() });
    const idsOf = (claims: readonly Claim[] | undefined): unknown => claims?.map(({ event }) => event.key.split("|").at(-1));
    const statesOf = async (...ids: readonly string[]): Promise<unknown> => [
      ...(await inbox.states(ids.map((id) => eventOf({ id }).key))).values(),
    ];

    it("completes what was handled and holds what comes next of its contact, in order and once", async () => {
      await add("1", "2", "3", "4");
      const head = await claimHead();
      const next = await follow([head], 2);
      expect(next).toEqual(["2", "3"].map((id) => ({ event: eventOf({ id }), attempt: 1, deaths: 0, token: head.token })));
      expect(await statesOf("1", "2", "3", "4")).toEqual(["done", "running", "waiting", "waiting"]);
      expect(await inbox.counts()).toMatchObject({ waiting: 2, running: 1, done: 1 });
      expect(await claim()).toEqual([]);
      expect(idsOf(await follow(next ?? []))).toEqual(["4"]);
      expect(await statesOf("1", "2", "3", "4")).toEqual(["done", "done", "done", "running"]);
      expect(await add("1", "2")).toEqual([]);
    });

    it("is told to be worth it: a claim says whether more of its contact waits", async () => {
      await add("1", "2");
      const head = await claimHead();
      expect(head.more).toBe(true);
      await inbox.done(head, world.now());
      expect((await claimHead()).more).toBeUndefined();
    });

    it("frees its contact where nothing comes next, and where nothing may", async () => {
      await add("1", "2", "3");
      expect(await follow([await claimHead()], 0)).toEqual([]);
      expect(await inbox.nextDue()).toBe(0);
      const second = await claimHead();
      expect(idsOf([second])).toEqual(["2"]);
      const [third] = (await follow([second])) ?? [];
      expect(await follow([third as Claim])).toEqual([]);
      expect(await inbox.nextDue()).toBeUndefined();
      await add("4");
      expect(idsOf(await claim())).toEqual(["4"]);
    });

    it("has a head alone that is renewed and fails: what is behind it waits", async () => {
      await add("1", "2", "3");
      const [second] = (await follow([await claimHead()])) ?? [];
      world.pass(900);
      expect(await inbox.renew(second as Claim, 1000, world.now())).toBe(true);
      world.pass(900);
      expect(await claim()).toEqual([]);
      expect(await inbox.fail(second as Claim, world.now() + 50, "x", world.now())).toBe(true);
      expect(await claim()).toEqual([]);
      world.pass(50);
      expect(await claim()).toMatchObject([{ event: eventOf({ id: "2" }), attempt: 2, deaths: 0 }]);
    });

    it("that lost its lease completes nothing", async () => {
      await add("1", "2", "3");
      const next = (await follow([await claimHead()])) ?? [];
      world.pass(1001);
      expect(await claim()).toMatchObject([{ event: eventOf({ id: "2" }), attempt: 2, deaths: 1 }]);
      expect(await follow(next)).toBeUndefined();
      expect(await statesOf("1", "2", "3")).toEqual(["done", "running", "waiting"]);
    });

    it("is no longer than is asked for, and never longer than a run may be", async () => {
      await add(...Array.from({ length: MOST_IN_RUN + 3 }, (_, index) => String(index)));
      const head = await claimHead();
      const next = await follow([head], 1000);
      expect(next).toHaveLength(MOST_IN_RUN);
      expect(await follow(next ?? [], 1)).toHaveLength(1);
    });

    it("comes singly behind an event whose process died, for as many as a run has, so that the next death finds the one that brings it", async () => {
      await add(...Array.from({ length: MOST_IN_RUN + 4 }, (_, index) => String(index)));
      await claimHead();
      world.pass(1001);
      let held: readonly Claim[] = [await claimHead()];
      for (let index = 1; index <= MOST_IN_RUN; index += 1) {
        held = (await follow(held)) ?? [];
        expect(idsOf(held)).toEqual([String(index)]);
      }
      expect(idsOf(await follow(held))).toEqual(["17", "18", "19"]);
    });

    it("leaves to the other name of its contact what comes first there", async () => {
      const both = (id: string) => ({ ...eventOf({ id }), orderKey: "by-lid", phoneOrderKey: "by-phone" });
      const byPhone = { ...eventOf({ id: "2" }), orderKey: "by-phone" };
      await inbox.add([{ ...eventOf({ id: "1" }), orderKey: "by-lid" }]);
      const head = await claimHead();
      await inbox.add([byPhone]);
      await inbox.add([both("3"), both("4")]);
      expect(await follow([head])).toEqual([]);
      const [second] = await claim();
      expect(idsOf([second as Claim])).toEqual(["2"]);
      await inbox.done(second as Claim, world.now());
      expect(idsOf(await follow([await claimHead()]))).toEqual(["4"]);
    });

    it("goes on for one of ten that ask at once, as one that asks twice finds another head", async () => {
      await add("1", "2", "3");
      const head = await claimHead();
      const answers = await Promise.all(Array.from({ length: 10 }, () => follow([head], 1)));
      expect(answers.filter((each) => each !== undefined).map(idsOf)).toEqual([["2"]]);
      expect(await inbox.counts()).toMatchObject({ waiting: 1, running: 1, done: 1 });
    });
  });
}
