import type { OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { receivedText } from "../../builders/rows.ts";
import { HOSTILE_TEXTS } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

const PHONE = "echo:1|+5511999990000";
const ID = "echo:1|BR.1";

/** What a storage promises about a contact that is known by the phone first and by an id that lasts later, or the other way round. */
export function inboxNamePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("two names of one contact", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const named = (id: string, orderKey: string, phoneOrderKey?: string): OwnedEvent => ({
      ...receivedText({ key: id, connectionId: "con_1", orderKey }),
      ...(phoneOrderKey !== undefined && { phoneOrderKey }),
    });
    const byPhone = (id: string): OwnedEvent => named(id, PHONE);
    const byId = (id: string): OwnedEvent => named(id, ID);
    const byBoth = (id: string): OwnedEvent => named(id, ID, PHONE);
    const other = (id: string): OwnedEvent => named(id, "echo:1|+4915100000000");
    const claim = (): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit: 100, leaseMs: 1000, now: world.now() });
    const keysOf = (claims: readonly Claim[]): string[] => claims.map(({ event }) => event.key).sort();
    /** Handles all that is there, and tells which events ran together. */
    const handleAll = async (): Promise<string[][]> => {
      const rounds: string[][] = [];
      for (let claims = await claim(); claims.length > 0 && rounds.length < 50; claims = await claim()) {
        rounds.push(keysOf(claims));
        for (const each of claims) expect(await inbox.done(each, world.now())).toBe(true);
      }
      return rounds;
    };

    it("are one order from the event on that tells both, whichever was known before", async () => {
      for (const event of [byPhone("1"), byPhone("2"), byBoth("3"), byPhone("4"), byId("5"), byBoth("6"), byPhone("7")])
        await inbox.add([event]);
      await inbox.add([other("x"), other("y")]);
      expect(await handleAll()).toEqual([["1", "x"], ["2", "y"], ["3"], ["4"], ["5"], ["6"], ["7"]]);
      for (const event of [byId("a"), byBoth("b"), byPhone("c"), byId("d")]) await inbox.add([event]);
      expect(await handleAll()).toEqual([["a"], ["b"], ["c"], ["d"]]);
      expect(await inbox.nextDue()).toBeUndefined();
    });

    it("are one order when all of it comes in one call", async () => {
      await inbox.add([byPhone("1"), byBoth("2"), byPhone("3"), byId("4"), other("x"), byPhone("5")]);
      expect(await handleAll()).toEqual([["1", "x"], ["2"], ["3"], ["4"], ["5"]]);
    });

    it("wait for what is running, resting or given back under the other name, and for nothing when it has died", async () => {
      await inbox.add([byPhone("1"), byPhone("2")]);
      const [first] = (await claim()) as [Claim];
      await inbox.add([byBoth("3"), other("x")]);
      const [beside] = (await claim()) as [Claim];
      expect(beside.event.key).toBe("x");
      expect(await inbox.done(beside, world.now())).toBe(true);
      expect(await claim()).toEqual([]);
      expect(await inbox.nextDue()).toBe(world.now() + 1000);
      await inbox.fail(first, world.now() + 500, "broken", world.now());
      expect(await claim()).toEqual([]);
      expect(await inbox.nextDue()).toBe(world.now() + 500);
      world.pass(500);
      const [again] = (await claim()) as [Claim];
      expect([again.event.key, again.attempt]).toEqual(["1", 2]);
      await inbox.fail(again, "dead", "broken", world.now());
      const [second] = (await claim()) as [Claim];
      expect(second.event.key).toBe("2");
      await inbox.add([byPhone("4")]);
      // its lease ends, and it comes first all the same
      world.pass(1001);
      expect(await handleAll()).toEqual([["2"], ["3"], ["4"]]);
    });

    it("do not end a claim that runs when the phone is learnt", async () => {
      await inbox.add([byId("1"), byId("2")]);
      const [running] = (await claim()) as [Claim];
      await inbox.add([byPhone("0")]);
      await inbox.add([byBoth("3")]);
      expect(keysOf(await claim())).toEqual(["0"]);
      expect(await inbox.renew(running, 1000, world.now())).toBe(true);
      expect(await inbox.done(running, world.now())).toBe(true);
      // the phone's is still running
      expect(await claim()).toEqual([]);
    });

    it("are shown as they are handled: what came by the phone alone has the order of the id", async () => {
      await inbox.add([byBoth("1")]);
      expect(await inbox.add([byPhone("2")])).toEqual([byPhone("2")]);
      const { items } = await inbox.list("acme", { limit: 9 });
      expect(items.map(({ event }) => [event.key, event.orderKey])).toEqual([
        ["1", ID],
        ["2", ID],
      ]);
      const [first] = (await claim()) as [Claim];
      await inbox.done(first, world.now());
      const [second] = (await claim()) as [Claim];
      expect(second.event).toMatchObject({ ...byPhone("2"), orderKey: ID });
      await inbox.fail(second, "dead", "broken", world.now());
      expect((await inbox.dead("acme", { limit: 9 })).items[0]?.event).toMatchObject({ key: "2", orderKey: ID });
      expect(await inbox.replay(["2"])).toBe(1);
      expect(await handleAll()).toEqual([["2"]]);
      expect(await inbox.add([byPhone("2")])).toEqual([]);
    });

    it("hold nobody up once they are forgotten with their connection", async () => {
      await inbox.add([byPhone("1"), byBoth("2")]);
      await claim();
      await inbox.deleteOfConnection("acme", "con_1");
      await inbox.add([byBoth("3"), byPhone("4")]);
      expect(await handleAll()).toEqual([["3"], ["4"]]);
    });

    it("never run at once and keep their order while others work and add", async () => {
      const names = [byPhone, byId, byBoth];
      await inbox.add([byPhone("000"), byBoth("001")]);
      const seen: string[] = [];
      let running = 0;
      let overlaps = 0;
      let next = 2;
      const adding = async (): Promise<void> => {
        for (; next < 30; ) {
          const id = String(next).padStart(3, "0");
          const make = names[next % 3] ?? byPhone;
          next += 1;
          await inbox.add([make(id)]);
        }
      };
      const work = async (): Promise<void> => {
        for (let round = 0; round < 2000 && seen.length < 30; round += 1) {
          for (const each of await claim()) {
            running += 1;
            if (running > 1) overlaps += 1;
            seen.push(each.event.key);
            await new Promise((resolve) => setImmediate(resolve));
            running -= 1;
            await inbox.done(each, world.now());
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      await Promise.all([adding(), ...Array.from({ length: 4 }, work)]);
      expect([overlaps, seen]).toEqual([0, [...seen].sort()]);
      expect(seen).toHaveLength(30);
    });

    it("are taken whatever they hold, and nothing is lost where they are too awkward to be one", async () => {
      for (const [index, text] of HOSTILE_TEXTS.entries())
        await inbox.add([named(`${index} phone`, text), named(`${index} both`, `id ${text}`, text)]);
      for (const [index, text] of HOSTILE_TEXTS.entries()) await inbox.add([named(`${index} later`, text)]);
      const handled = (await handleAll()).flat();
      expect(handled.sort()).toEqual(
        HOSTILE_TEXTS.flatMap((_, index) => ["phone", "both", "later"].map((word) => `${index} ${word}`)).sort(),
      );
    });
  });
}
