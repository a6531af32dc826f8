import type { Connection, Page, PageRequest } from "@wadesk/core";
import type { ConnectionFilter, ConnectionStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { connectionOf, restOf, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

/** What a storage promises about lists and counts of connections. */
export function connectionListPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("lists of connections", () => {
    let connections: ConnectionStore;
    beforeEach(async () => {
      connections = (await begin()).storage.connections;
    });
    const insertAll = async (rows: readonly Partial<Connection>[]): Promise<void> => {
      for (const row of rows) expect(await connections.insert(connectionOf(row))).toBe("inserted");
    };
    const idsOf = (items: readonly Connection[]): string[] => items.map((row) => row.id);
    const list = (page: PageRequest): Promise<Page<Connection>> => connections.list("acme", {}, page);

    it("are oldest first, page by page, by channel, region and state", async () => {
      await insertAll([
        { id: "con_c", createdAt: 3 },
        { id: "con_a", createdAt: 1, region: "DE" },
        { id: "con_b", createdAt: 2, status: { state: "failed", reason: "banned", since: 1 } },
        { id: "con_d", createdAt: 2, channel: "other" },
      ]);
      const first = await connections.list("acme", { channel: "echo" }, { limit: 2 });
      expect(idsOf(first.items)).toEqual(["con_a", "con_b"]);
      const second = await connections.list("acme", { channel: "echo" }, { limit: 2, cursor: first.next ?? "" });
      expect(idsOf(second.items)).toEqual(["con_c"]);
      expect(second.next).toBeUndefined();
      expect(idsOf((await connections.list("acme", { region: "DE" }, { limit: 9 })).items)).toEqual(["con_a"]);
      expect(idsOf((await connections.list("acme", { states: ["failed"] }, { limit: 9 })).items)).toEqual(["con_b"]);
      const found = await connections.list("acme", { channel: "echo", states: ["failed", "connected"] }, { limit: 9 });
      expect(idsOf(found.items)).toEqual(["con_a", "con_b", "con_c"]);
      expect((await connections.list("acme", { states: [] }, { limit: 9 })).items).toEqual([]);
    });

    it("agree with the counts by state and by region, in which a channel and a region may be chosen", async () => {
      const failed = { state: "failed", reason: "banned", since: 1 } as const;
      const pending = { state: "pending", reason: "syncing", since: 1 } as const;
      await insertAll([{ id: "con_1" }, { id: "con_2", status: failed }, { id: "con_3", status: failed, region: "DE" }]);
      await insertAll([
        { id: "con_4", status: pending, channel: "other" },
        { id: "con_5", workspaceId: "rival" },
      ]);
      const none = { connected: 0, pending: 0, disconnected: 0, failed: 0 };
      await insertAll([
        { id: "con_6", region: "BR", channel: "other" },
        { id: "con_7", region: "PT", status: pending },
        { id: "con_8", region: "PT" },
      ]);
      const [us, pt, br, de] = [
        { region: "US", count: 3 },
        { region: "PT", count: 2 },
        { region: "BR", count: 1 },
        { region: "DE", count: 1 },
      ];
      expect(await connections.counts("acme", {})).toMatchObject({
        states: { ...none, connected: 3, pending: 2, failed: 2 },
        regions: [us, pt, br, de],
      });
      const ofEcho = await connections.counts("acme", { channel: "echo" });
      expect(ofEcho).toMatchObject({ states: { ...none, connected: 2, pending: 1, failed: 2 }, regions: [pt, { ...us, count: 2 }, de] });
      expect(await connections.counts("acme", { region: "DE" })).toMatchObject({ states: { ...none, failed: 1 }, regions: [de] });
    });

    it("show and count the silent as disconnected, and name them longest silent first", async () => {
      await insertAll([
        { id: "con_1", lastSeenAt: 100 },
        { id: "con_2", lastSeenAt: 50 },
        { id: "con_3", lastSeenAt: 200 },
        { id: "con_4", lastSeenAt: 10, status: { state: "failed", reason: "banned", since: 1 } },
        { id: "con_5", status: { state: "connected", since: 70 } },
        { id: "con_6", lastSeenAt: 150 },
        { id: "con_7", lastSeenAt: 20, channel: "other" },
      ]);
      const filter = { channel: "echo", silentBefore: 150 };
      expect((await connections.counts("acme", filter)).states).toEqual({ connected: 2, pending: 0, disconnected: 3, failed: 1 });
      expect((await connections.list("acme", { ...filter, states: ["disconnected"] }, { limit: 9 })).items).toHaveLength(3);
      expect(idsOf((await connections.list("acme", { ...filter, states: ["connected"] }, { limit: 9 })).items)).toEqual(["con_3", "con_6"]);
      expect(idsOf(await connections.silent("echo", 150, 9))).toEqual(["con_2", "con_5", "con_1"]);
      expect(idsOf(await connections.silent("echo", 150, 1))).toEqual(["con_2"]);
    });

    it("are searched by a part of the label in whichever case, and by the digits of the number", async () => {
      await insertAll([
        { id: "con_1", label: "Atendimento S\u00c3O Paulo", phone: "+5511999990000", createdAt: 1 },
        { id: "con_2", label: "atendimento  100%", phone: "+351910000000", createdAt: 2 },
        { id: "con_3", label: "\u0421\u041a\u041b\u0410\u0414_1", phone: "+15550000007", createdAt: 3, channel: "other" },
        { id: "con_4", label: "Line 7", createdAt: 4, status: { state: "failed", reason: "banned", since: 1 } },
        { id: "con_5", label: "nul\0 S\u00e3o", createdAt: 5, workspaceId: "rival" },
      ]);
      const found = async (search: string, filter: ConnectionFilter = {}): Promise<string[]> =>
        idsOf((await connections.list("acme", { ...filter, search }, { limit: 9 })).items);
      expect(await found("ATENDIMENTO")).toEqual(["con_1", "con_2"]);
      expect(await found("s\u00e3o")).toEqual(["con_1"]);
      expect(await found(" \u0441\u043a\u043b\u0430\u0434 ")).toEqual(["con_3"]);
      expect([await found("0%"), await found("_"), await found("%")]).toEqual([["con_2"], ["con_3"], ["con_2"]]);
      expect(await found("atendimento 100")).toEqual(["con_2"]);
      expect(await found("+55 (11) 99999-0000")).toEqual(["con_1"]);
      expect(await found("7")).toEqual(["con_3", "con_4"]);
      expect(await found("7", { channel: "echo", states: ["failed", "pending"] })).toEqual(["con_4"]);
      expect(await found("7", { channel: "echo", states: ["connected"] })).toEqual([]);
      expect(await found("n", { channel: "other" })).toEqual([]);
      const renamed = { label: "Sales", phone: "+4930111" };
      await connections.update("acme", "con_1", 0, renamed);
      expect([await found("paulo"), await found("sales"), await found("4930")]).toEqual([[], ["con_1"], ["con_1"]]);
      const pages = await restOf((page) => connections.list("acme", { search: "e" }, page), 1);
      expect(idsOf(pages)).toEqual(["con_1", "con_2", "con_4"]);
    });

    it("name every connection of an account, of every workspace, oldest first", async () => {
      await insertAll([
        { id: "con_2", account: "echo:A", workspaceId: "rival", createdAt: 2 },
        { id: "con_1", account: "echo:A", createdAt: 1 },
        { id: "con_3", account: "echo:B" },
      ]);
      expect(idsOf(await connections.byAccount("echo:A"))).toEqual(["con_1", "con_2"]);
    });

    it("walk through every workspace in the order of the ids, and agree with the total", async () => {
      expect(await connections.total()).toBe(0);
      const rows = ["e", "b", "d", "a", "c"].map((letter, index) => ({ id: `con_${letter}`, workspaceId: `w${index}`, createdAt: index }));
      await insertAll(rows);
      expect(idsOf(await restOf(connections.walk, 2))).toEqual(["con_a", "con_b", "con_c", "con_d", "con_e"]);
      expect(await connections.total()).toBe(5);
    });

    it("are paged without a gap where many are of the same moment", async () => {
      await insertAll(ten((index) => ({ id: `con_${index}`, createdAt: 7 })));
      expect(idsOf(await restOf(list, 3)).sort()).toEqual(ten((index) => `con_${index}`));
      const exact = await connections.list("acme", {}, { limit: 10 });
      expect([exact.items.length, exact.next]).toEqual([10, undefined]);
    });

    it("go on in place when rows come and go between pages, the one of the cursor too", async () => {
      await insertAll([1, 2, 3, 4, 5, 6].map((at) => ({ id: `con_${at}`, createdAt: at * 10 })));
      const [listed, walked] = [await list({ limit: 2 }), await connections.walk({ limit: 2 })];
      expect([idsOf(listed.items), idsOf(walked.items)]).toEqual([
        ["con_1", "con_2"],
        ["con_1", "con_2"],
      ]);
      for (const id of ["con_2", "con_4"]) await connections.delete("acme", id);
      await insertAll([
        { id: "con_0", createdAt: 0 },
        { id: "con_1b", createdAt: 15 },
        { id: "con_2b", createdAt: 25 },
        { id: "con_7", createdAt: 70 },
      ]);
      const rest = ["con_2b", "con_3", "con_5", "con_6", "con_7"];
      expect(idsOf(await restOf(list, 2, listed.next))).toEqual(rest);
      expect(idsOf(await restOf(connections.walk, 2, walked.next))).toEqual(rest);
    });
  });
}
