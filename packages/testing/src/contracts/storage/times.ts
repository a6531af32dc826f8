import type { Storage } from "@wadesk/core";
import type { Claim } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { connectionOf, eventOf, messageOf, restOf } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

/** What clocks and vendors have said: parts of a millisecond, before the epoch, beyond what a column or a number holds, and no number. */
const HOSTILE_TIMES: readonly number[] = [
  1.5,
  -5,
  -1e300,
  2 ** 53 + 2,
  2 ** 62,
  2 ** 63,
  1e300,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

const isWhole = (time: number | undefined): boolean => time !== undefined && Number.isSafeInteger(time) && time >= 0;

/** What a storage promises about times: whatever it is given, each row can be read for good, and its times are whole numbers from 0 to 2^53 - 1. */
export function timePromises(begin: () => Promise<StorageUnderTest>): void {
  const forEach = async (work: (storage: Storage, time: number, now: number) => Promise<void>): Promise<void> => {
    for (const time of HOSTILE_TIMES) {
      const world = await begin();
      await work(world.storage, time, world.now());
    }
  };
  describe("times that no clock shows", () => {
    it("harm no message", () =>
      forEach(async ({ messages }, time) => {
        expect(await messages.insert(messageOf())).toBeUndefined();
        await messages.accept("acme", "msg_1", { providerId: "wamid.1", acceptedAt: 5 });
        const advance = await messages.advanceStatus({ connectionId: "con_1", providerId: "wamid.1" }, "sent", time);
        expect(advance).toEqual({ result: "advanced", standing: "sent", messageId: "msg_1" });
        await messages.insert(messageOf({ id: "msg_2" }));
        expect((await messages.get("acme", "msg_1"))?.statusAt).toSatisfy(isWhole);
        expect((await restOf((page) => messages.list("acme", page), 1)).map(({ id }) => id).sort()).toEqual(["msg_1", "msg_2"]);
        await messages.advanceStatus({ connectionId: "con_1", providerId: "stray" }, "sent", time);
        expect(await messages.prune(time, 100)).toSatisfy(isWhole);
        await messages.prune(Number.MAX_SAFE_INTEGER, 100);
        expect(await restOf((page) => messages.list("acme", page))).toSatisfy((rows: readonly unknown[]) => rows.length <= 1);
      }));

    it("harm no connection", () =>
      forEach(async ({ connections }, time) => {
        const status = { state: "connected", since: time } as const;
        expect(await connections.insert(connectionOf({ lastSeenAt: time, status }))).toBe("inserted");
        await connections.insert(connectionOf({ id: "con_2", route: "echo:2" }));
        expect((await connections.get("acme", "con_1"))?.lastSeenAt).toSatisfy(isWhole);
        expect(await connections.update("acme", "con_1", 0, { status, lastSeenAt: time })).toBe("updated");
        await connections.touch([{ id: "con_1", epoch: 9, at: time }]);
        expect((await connections.get("acme", "con_1"))?.lastSeenAt).toSatisfy(isWhole);
        const listed = await restOf((page) => connections.list("acme", { silentBefore: time, channel: "echo" }, page), 1);
        expect(listed.map(({ id }) => id).sort()).toEqual(["con_1", "con_2"]);
        const { states } = await connections.counts("acme", { silentBefore: time });
        expect(states.connected + states.disconnected).toBe(2);
        expect((await connections.silent("echo", time, 10)).length).toBeLessThanOrEqual(2);
        expect((await connections.silent("echo", Number.MAX_SAFE_INTEGER, 10)).every(({ lastSeenAt = 0 }) => isWhole(lastSeenAt))).toBe(
          true,
        );
      }));

    it("harm no event", () =>
      forEach(async ({ inbox }, time, now) => {
        await inbox.add(["1", "2", "3"].map((id) => eventOf({ id, contact: id })));
        const claimAll = (): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit: 10, leaseMs: time, now });
        const [first, second, third] = (await claimAll()) as [Claim, Claim, Claim];
        expect(await inbox.nextDue()).toSatisfy(isWhole);
        await inbox.renew(first, time, now);
        await inbox.fail(first, time, "x", time);
        await inbox.fail(second, "dead", "x", time);
        await inbox.done(third, time);
        expect(await inbox.nextDue()).toSatisfy((due: number | undefined) => due === undefined || isWhole(due));
        expect(await inbox.counts()).toSatisfy(({ waiting, running, done, dead }) => waiting + running === 1 && dead === 1 && done === 1);
        expect((await inbox.dead(undefined, { limit: 9 })).items.map(({ diedAt }) => diedAt)).toSatisfy(([at]: number[]) => isWhole(at));
        expect((await restOf((page) => inbox.list("acme", page), 1)).length).toBe(2);
        expect(await inbox.prune({ doneBefore: time, deadBefore: time, limit: 9 })).toBeLessThanOrEqual(2);
        expect((await inbox.list("acme", { limit: 9 })).items.length).toBeGreaterThan(0);
      }));

    it("harm no record and no lease", () =>
      forEach(async ({ records, leases }, time) => {
        const value = new Uint8Array([1]);
        await records.set(
          "n/",
          new Map([
            ["set", { value, expiresAt: time }],
            ["kept", { value }],
          ]),
        );
        await records.insert("n/", "inserted", value, time);
        expect((await records.get("n/", ["kept"])).size).toBe(1);
        const { items } = await records.scan("n/");
        expect(items.every(({ expiresAt = 0 }) => isWhole(expiresAt))).toBe(true);
        expect(await records.prune(10)).toSatisfy(isWhole);
        const fence = await leases.acquire("lock", "a", time);
        expect(fence?.token).toSatisfy(isWhole);
        if (fence !== undefined) {
          await leases.renew(fence, time);
          await leases.release(fence);
        }
        expect(await leases.acquire("lock", "b", 1000)).toBeDefined();
      }));
  });
}
