import type { OwnedEvent } from "@wadesk/core";
import type { Claim, InboxStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { eventOf } from "../storage/rows.ts";
import type { StorageUnderTest } from "../storage/storage-under-test.ts";

/** What a storage promises about turns: neither many events nor many connections of one workspace make another one wait. */
export function inboxTurnPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("the turns of the inbox", () => {
    let world: StorageUnderTest;
    let inbox: InboxStore;
    beforeEach(async () => {
      world = await begin();
      inbox = world.storage.inbox;
    });
    const claim = (limit: number): Promise<readonly Claim[]> => inbox.claim({ owner: "a", limit, leaseMs: 60_000, now: world.now() });
    /** Events of a workspace that so many people wrote, each over its own connection or all over one. */
    const flood = (workspaceId: string, count: number, connections = 1): readonly OwnedEvent[] =>
      Array.from({ length: count }, (_, index) =>
        eventOf({ id: String(index), contact: `c${index}`, workspaceId, connectionId: `${workspaceId} ${index % connections}` }),
      );
    const perWorkspace = (claims: readonly Claim[]): Record<string, number> =>
      Object.fromEntries([...Map.groupBy(claims, ({ event }) => event.workspaceId)].map(([id, all]) => [id, all.length]).sort());
    const perConnection = (claims: readonly Claim[]): number => new Set(claims.map(({ event }) => event.connectionId)).size;

    it("come to each workspace, however much another one has waiting, and share a claim evenly", async () => {
      await inbox.add(flood("acme", 300));
      await inbox.add([...flood("rival", 20), ...flood("third", 1)]);
      expect(perWorkspace(await claim(11))).toEqual({ acme: 5, rival: 5, third: 1 });
    });

    it("come to each workspace when claims are of one event", async () => {
      await inbox.add(flood("acme", 100));
      await inbox.add([...flood("rival", 2), ...flood("third", 2)]);
      const claims: Claim[] = [];
      for (let round = 0; round < 6; round += 1) claims.push(...(await claim(1)));
      expect(perWorkspace(claims)).toEqual({ acme: 2, rival: 2, third: 2 });
    });

    it("come to each of more workspaces than a claim is long, before any comes again", async () => {
      const names = Array.from({ length: 12 }, (_, index) => `w${index}`);
      await inbox.add(names.flatMap((name) => flood(name, 3)));
      const claims: Claim[] = [];
      for (let round = 0; round < 4; round += 1) claims.push(...(await claim(3)));
      expect(perWorkspace(claims)).toEqual(Object.fromEntries(names.map((name) => [name, 1]).sort()));
    });

    it("are no more for a workspace with many connections", async () => {
      await inbox.add([...flood("acme", 90, 30), ...flood("rival", 10)]);
      const claims = await claim(10);
      expect([perWorkspace(claims), perConnection(claims)]).toEqual([{ acme: 5, rival: 5 }, 6]);
    });

    it("come to each connection of a workspace, however much another one has waiting", async () => {
      await inbox.add(flood("acme", 100));
      await inbox.add([
        eventOf({ id: "1", contact: "x", connectionId: "con_2" }),
        eventOf({ id: "2", contact: "y", connectionId: "con_2" }),
      ]);
      const claims: Claim[] = [];
      for (let round = 0; round < 4; round += 1) claims.push(...(await claim(1)));
      expect(claims.filter(({ event }) => event.connectionId === "con_2")).toHaveLength(2);
    });

    it("come to each connection of a workspace while another workspace has its own", async () => {
      await inbox.add([...flood("acme", 40, 4), ...flood("rival", 40)]);
      const claims: Claim[] = [];
      for (let round = 0; round < 8; round += 1) claims.push(...(await claim(1)));
      expect([perWorkspace(claims), perConnection(claims)]).toEqual([{ acme: 4, rival: 4 }, 5]);
    });

    it("leave nothing undone that there is room for, whoever has little", async () => {
      await inbox.add([...flood("acme", 3), ...flood("rival", 50, 7), ...flood("third", 1)]);
      expect(perWorkspace(await claim(40))).toEqual({ acme: 3, rival: 36, third: 1 });
      expect(perWorkspace(await claim(40))).toEqual({ rival: 14 });
    });

    it("are taken by what is tried again, too: one workspace's failures make nobody wait", async () => {
      await inbox.add(flood("acme", 120));
      for (const each of await claim(120)) await inbox.fail(each, world.now() + 10, "x", world.now());
      await inbox.add(flood("rival", 1));
      for (const each of await claim(1)) await inbox.fail(each, world.now() + 20, "x", world.now());
      world.pass(20);
      await inbox.add(flood("third", 1));
      expect(perWorkspace(await claim(4))).toEqual({ acme: 2, rival: 1, third: 1 });
    });
  });
}
