import type { Connection } from "@wadesk/core";
import { beforeEach, describe, expect, it } from "vitest";
import { connectionOf } from "./rows.ts";
import type { StorageUnderTest } from "./storage.ts";

/** What a storage promises about connections. */
export function connectionPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("connections", () => {
    let connections: StorageUnderTest["storage"]["connections"];
    beforeEach(async () => {
      connections = (await begin()).storage.connections;
    });
    const insertAll = async (rows: readonly Partial<Connection>[]): Promise<void> => {
      for (const row of rows) expect(await connections.insert(connectionOf(row))).toBe("inserted");
    };

    it("come back as they were stored", async () => {
      const row = connectionOf({
        account: "echo:A",
        phone: "+49",
        region: "DE",
        details: { nested: ["x"] },
        warnings: ["w"],
        lastSeenAt: 5,
      });
      await connections.insert(row);
      expect(await connections.get("acme", "con_1")).toEqual(row);
      expect(await connections.byRoute("echo:con_1")).toEqual(row);
    });

    it("are never shown to another workspace, nor changed by it", async () => {
      await insertAll([{}]);
      expect(await connections.get("rival", "con_1")).toBeUndefined();
      expect((await connections.list("rival", {}, { limit: 10 })).items).toEqual([]);
      expect(await connections.countByState("rival", {})).toEqual({ connected: 0, pending: 0, disconnected: 0, failed: 0 });
      expect(await connections.update("rival", "con_1", 0, { label: "mine" })).toBe("gone");
      await connections.setPrimary("rival", "echo", "con_1");
      await connections.delete("rival", "con_1");
      expect(await connections.get("acme", "con_1")).toEqual(connectionOf());
    });

    it("are handed out as copies, so a caller cannot edit what is stored", async () => {
      await insertAll([{ details: { quality: "GREEN" } }]);
      Object.assign((await connections.get("acme", "con_1"))?.details ?? {}, { quality: "RED" });
      expect((await connections.get("acme", "con_1"))?.details).toEqual({ quality: "GREEN" });
    });

    it("have a route that nobody else has, even when ten inserts race", async () => {
      const attempts = Array.from({ length: 10 }, (_, index) =>
        connections.insert(connectionOf({ id: `con_${index}`, workspaceId: `w${index}`, route: "echo:1" })),
      );
      const results = await Promise.all(attempts);
      expect(results.filter((result) => result === "inserted")).toHaveLength(1);
      expect(results.filter((result) => result === "route_taken")).toHaveLength(9);
    });

    it("are never more than the limit of a workspace and channel, even when ten inserts race", async () => {
      const attempts = Array.from({ length: 10 }, (_, index) => connections.insert(connectionOf({ id: `con_${index}` }), 1));
      const results = await Promise.all(attempts);
      expect(results.filter((result) => result === "inserted")).toHaveLength(1);
      expect(await connections.insert(connectionOf({ id: "other", channel: "other" }), 1)).toBe("inserted");
    });

    it("are updated by whoever knows the version, and count it up", async () => {
      await insertAll([{}]);
      expect(await connections.update("acme", "con_1", 0, { label: "first" })).toBe("updated");
      expect(await connections.update("acme", "con_1", 0, { label: "second" })).toBe("conflict");
      expect(await connections.get("acme", "con_1")).toMatchObject({ label: "first", version: 1 });
      const racing = Array.from({ length: 10 }, () => connections.update("acme", "con_1", 1, { label: "racing" }));
      expect((await Promise.all(racing)).filter((result) => result === "updated")).toHaveLength(1);
    });

    it("keep their route when the new one is taken, and free the old one when it is not", async () => {
      await insertAll([{ id: "con_1" }, { id: "con_2" }]);
      expect(await connections.update("acme", "con_1", 0, { route: "echo:con_2" })).toBe("route_taken");
      expect(await connections.update("acme", "con_1", 0, { route: "echo:new" })).toBe("updated");
      expect(await connections.byRoute("echo:con_1")).toBeUndefined();
      expect((await connections.byRoute("echo:new"))?.id).toBe("con_1");
      await connections.delete("acme", "con_1");
      expect(await connections.byRoute("echo:new")).toBeUndefined();
    });

    it("are listed oldest first, page by page, by channel, region and state", async () => {
      await insertAll([
        { id: "con_c", createdAt: 3 },
        { id: "con_a", createdAt: 1, region: "DE" },
        { id: "con_b", createdAt: 2, status: { state: "failed", reason: "banned", since: 1 } },
        { id: "con_d", createdAt: 2, channel: "other" },
      ]);
      const idsOf = (items: readonly Connection[]): string[] => items.map((row) => row.id);
      const first = await connections.list("acme", { channel: "echo" }, { limit: 2 });
      expect(idsOf(first.items)).toEqual(["con_a", "con_b"]);
      const second = await connections.list("acme", { channel: "echo" }, { limit: 2, cursor: first.next ?? "" });
      expect(idsOf(second.items)).toEqual(["con_c"]);
      expect(second.next).toBeUndefined();
      expect(idsOf((await connections.list("acme", { region: "DE" }, { limit: 9 })).items)).toEqual(["con_a"]);
      expect(idsOf((await connections.list("acme", { states: ["failed"] }, { limit: 9 })).items)).toEqual(["con_b"]);
      expect(await connections.countByState("acme", { channel: "echo" })).toEqual({ connected: 2, pending: 0, disconnected: 0, failed: 1 });
    });

    it("that fell silent are listed and counted as disconnected, the silent ones longest first", async () => {
      await insertAll([
        { id: "con_1", lastSeenAt: 100 },
        { id: "con_2", lastSeenAt: 50 },
        { id: "con_3", lastSeenAt: 200 },
        { id: "con_4", lastSeenAt: 10, status: { state: "failed", reason: "banned", since: 1 } },
      ]);
      const filter = { silentBefore: 150 };
      expect(await connections.countByState("acme", filter)).toEqual({ connected: 1, pending: 0, disconnected: 2, failed: 1 });
      expect((await connections.list("acme", { ...filter, states: ["disconnected"] }, { limit: 9 })).items).toHaveLength(2);
      expect((await connections.silent("echo", 150, 9)).map((row) => row.id)).toEqual(["con_2", "con_1"]);
      expect(await connections.silent("echo", 150, 1)).toHaveLength(1);
    });

    it("are touched by heartbeats without a new version; an older session or time changes nothing", async () => {
      await insertAll([{ epoch: 2, lastSeenAt: 100 }]);
      await connections.touch([
        { id: "con_1", epoch: 2, at: 200 },
        { id: "con_1", epoch: 1, at: 300 },
        { id: "con_1", epoch: 2, at: 150 },
        { id: "absent", epoch: 2, at: 150 },
      ]);
      expect(await connections.get("acme", "con_1")).toMatchObject({ lastSeenAt: 200, version: 0 });
    });

    it("have one primary per workspace and channel, and keep it when asked to", async () => {
      await insertAll([{ id: "con_1" }, { id: "con_2" }, { id: "con_3", channel: "other" }, { id: "con_4", workspaceId: "rival" }]);
      const primaries = async (): Promise<string[]> =>
        (await connections.list("acme", {}, { limit: 9 })).items.filter((row) => row.primary).map((row) => row.id);
      await connections.setPrimary("acme", "echo", "con_1", "if-none");
      await connections.setPrimary("acme", "echo", "con_2", "if-none");
      await connections.setPrimary("acme", "other", "con_3");
      await connections.setPrimary("rival", "echo", "con_4");
      expect(await primaries()).toEqual(["con_1", "con_3"]);
      await connections.setPrimary("acme", "echo", "con_2");
      expect(await primaries()).toEqual(["con_2", "con_3"]);
    });

    it("are found by their account in every workspace, oldest first", async () => {
      await insertAll([
        { id: "con_2", account: "echo:A", workspaceId: "rival", createdAt: 2 },
        { id: "con_1", account: "echo:A", createdAt: 1 },
        { id: "con_3", account: "echo:B" },
      ]);
      expect((await connections.byAccount("echo:A")).map((row) => row.id)).toEqual(["con_1", "con_2"]);
    });
  });
}
