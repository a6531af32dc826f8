import type { Connection } from "@wadesk/core";
import type { ConnectionStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { connectionOf, HOSTILE_TEXTS, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

/** What a storage promises about each connection. */
export function connectionPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("connections", () => {
    let connections: ConnectionStore;
    beforeEach(async () => {
      connections = (await begin()).storage.connections;
    });
    const insertAll = async (rows: readonly Partial<Connection>[]): Promise<void> => {
      for (const row of rows) expect(await connections.insert(connectionOf(row))).toBe("inserted");
    };
    const primaries = async (): Promise<string[]> =>
      (await connections.list("acme", {}, { limit: 99 })).items.filter((row) => row.primary).map((row) => row.id);

    it("come back as they were stored", async () => {
      const row = connectionOf({
        account: "echo:A",
        speaker: "echo:app:1",
        phone: "+49",
        region: "DE",
        primary: true,
        status: { state: "pending", reason: "needs_repair", since: 7, restriction: { reason: "flagged", until: 9 } },
        details: { nested: ["x", { deep: null }], count: 1.5 },
        warnings: [{ code: "w", values: { at: 1_750_000_000_000, who: "x" }, text: "W." }],
        connectedAt: 4,
        lastSeenAt: 5,
        epoch: 3,
        version: 2,
      });
      const { phone: _phone, region: _region, connectedAt: _connectedAt, ...bare } = connectionOf({ id: "con_2" });
      await insertAll([row]);
      await connections.insert(bare);
      expect(await connections.get("acme", "con_1")).toEqual(row);
      expect(await connections.byRoute("echo:con_1")).toEqual(row);
      expect(await connections.get("acme", "con_2")).toStrictEqual(bare);
    });

    it("are never shown to another workspace, nor changed by it", async () => {
      await insertAll([{}]);
      expect(await connections.get("rival", "con_1")).toBeUndefined();
      expect((await connections.list("rival", {}, { limit: 10 })).items).toEqual([]);
      expect((await connections.counts("rival", {})).states).toEqual({ connected: 0, pending: 0, disconnected: 0, failed: 0 });
      expect(await connections.update("rival", "con_1", 0, { label: "mine" })).toBe("gone");
      await connections.setPrimary("rival", "echo", "con_1");
      await connections.delete("rival", "con_1");
      expect(await connections.get("acme", "con_1")).toEqual(connectionOf());
    });

    it("are handed out as copies, so a caller cannot edit what is stored", async () => {
      const row = connectionOf({ details: { quality: "GREEN" } });
      await connections.insert(row);
      Object.assign(row.details as object, { quality: "RED" });
      Object.assign((await connections.get("acme", "con_1"))?.details ?? {}, { quality: "RED" });
      expect((await connections.get("acme", "con_1"))?.details).toEqual({ quality: "GREEN" });
    });

    it("have a route that nobody else has, even when ten inserts race", async () => {
      const attempts = ten((index) => connections.insert(connectionOf({ id: `con_${index}`, workspaceId: `w${index}`, route: "echo:1" })));
      const results = await Promise.all(attempts);
      expect(results.filter((result) => result === "inserted")).toHaveLength(1);
      expect(results.filter((result) => result === "route_taken")).toHaveLength(9);
    });

    it("are never more than the limit of a workspace and channel, even when ten inserts race", async () => {
      const results = await Promise.all(ten((index) => connections.insert(connectionOf({ id: `con_${index}` }), 3)));
      expect(results.filter((result) => result === "inserted")).toHaveLength(3);
      expect(results.filter((result) => result === "limit_reached")).toHaveLength(7);
      expect(await connections.insert(connectionOf({ id: "other", channel: "other" }), 1)).toBe("inserted");
      expect(await connections.insert(connectionOf({ id: "rival", workspaceId: "rival" }), 1)).toBe("inserted");
    });

    it("are updated by whoever knows the version, one of ten that race, and count it up", async () => {
      await insertAll([{}]);
      expect(await connections.update("acme", "con_1", 0, { label: "first" })).toBe("updated");
      expect(await connections.update("acme", "con_1", 0, { label: "second" })).toBe("conflict");
      expect(await connections.get("acme", "con_1")).toEqual(connectionOf({ label: "first", version: 1 }));
      const racing = ten((index) => connections.update("acme", "con_1", 1, { label: `racing ${index}` }));
      const results = await Promise.all(racing);
      expect(results.filter((result) => result === "conflict")).toHaveLength(9);
      const label = `racing ${results.indexOf("updated")}`;
      expect(await connections.get("acme", "con_1")).toEqual(connectionOf({ label, version: 2 }));
    });

    it("take over every field of a change, and keep the others", async () => {
      await insertAll([{}]);
      const change = {
        account: "echo:A",
        label: "New",
        phone: "+55",
        region: "BR",
        status: { state: "failed", reason: "banned", since: 9 },
        details: { quality: "RED" },
        warnings: [{ code: "w", values: { at: 1_750_000_000_000, who: "x" }, text: "W." }],
        connectedAt: 1,
        lastSeenAt: 2,
        epoch: 5,
      } as const;
      expect(await connections.update("acme", "con_1", 0, change)).toBe("updated");
      expect(await connections.get("acme", "con_1")).toEqual({ ...connectionOf(change), version: 1 });
      expect((await connections.byAccount("echo:A")).map((row) => row.id)).toEqual(["con_1"]);
      expect((await connections.list("acme", { region: "BR", states: ["failed"] }, { limit: 9 })).items).toHaveLength(1);
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

    it("are given a free route one at a time, even when ten of them want it", async () => {
      await insertAll(ten((index) => ({ id: `con_${index}` })));
      const results = await Promise.all(ten((index) => connections.update("acme", `con_${index}`, 0, { route: "echo:new" })));
      expect(results.filter((result) => result === "route_taken")).toHaveLength(9);
      expect((await connections.byRoute("echo:new"))?.id).toBe(`con_${results.indexOf("updated")}`);
    });

    it("are touched by heartbeats without a new version; an older session or time changes nothing", async () => {
      await insertAll([{ epoch: 2, lastSeenAt: 100 }, { id: "con_2" }]);
      await connections.touch([
        { id: "con_1", epoch: 2, at: 200 },
        { id: "con_1", epoch: 1, at: 300 },
        { id: "con_1", epoch: 2, at: 150 },
        { id: "absent", epoch: 2, at: 150 },
      ]);
      expect(await connections.get("acme", "con_1")).toMatchObject({ lastSeenAt: 200, version: 0 });
      await connections.touch([{ id: "con_1", epoch: 2, at: 180 }]);
      await Promise.all(ten((index) => connections.touch([index, 9 - index].map((at) => ({ id: `con_${1 + (at % 2)}`, epoch: 2, at })))));
      expect(await connections.get("acme", "con_1")).toMatchObject({ lastSeenAt: 200, version: 0 });
      expect(await connections.get("acme", "con_2")).toMatchObject({ lastSeenAt: 9, version: 0 });
    });

    it("have one primary per workspace and channel, and keep it when asked to", async () => {
      await insertAll([{ id: "con_1" }, { id: "con_2" }, { id: "con_3", channel: "other" }, { id: "con_4", workspaceId: "rival" }]);
      await connections.setPrimary("acme", "echo", "con_1", "if-none");
      await connections.setPrimary("acme", "echo", "con_2", "if-none");
      await connections.setPrimary("acme", "other", "con_3");
      await connections.setPrimary("acme", "other", "con_1");
      await connections.setPrimary("rival", "echo", "con_4");
      await connections.setPrimary("acme", "echo", "absent");
      expect(await primaries()).toEqual(["con_1", "con_3"]);
      expect((await connections.primary("acme", "echo"))?.id).toBe("con_1");
      await connections.setPrimary("acme", "echo", "con_2");
      expect(await primaries()).toEqual(["con_2", "con_3"]);
      expect(await connections.get("rival", "con_4")).toMatchObject({ primary: true, version: 0 });
    });

    it("tell which of a workspace and channel is the primary one, and nothing where none is", async () => {
      await insertAll([{ id: "con_1" }, { id: "con_2" }, { id: "con_3", channel: "other" }, { id: "con_4", workspaceId: "rival" }]);
      expect(await connections.primary("acme", "echo")).toBeUndefined();
      await connections.setPrimary("acme", "echo", "con_2");
      await connections.setPrimary("rival", "echo", "con_4");
      expect(await connections.primary("acme", "echo")).toEqual(await connections.get("acme", "con_2"));
      expect((await connections.primary("rival", "echo"))?.id).toBe("con_4");
      expect(await connections.primary("acme", "other")).toBeUndefined();
      await connections.delete("acme", "con_2");
      expect(await connections.primary("acme", "echo")).toBeUndefined();
    });

    it("have one primary, even when ten want to be it", async () => {
      await insertAll(ten((index) => ({ id: `con_${index}` })));
      await Promise.all(ten((index) => connections.setPrimary("acme", "echo", `con_${index}`, "if-none")));
      expect(await primaries()).toHaveLength(1);
      await Promise.all(ten((index) => connections.setPrimary("acme", "echo", `con_${index}`)));
      expect(await primaries()).toHaveLength(1);
    });

    it("come back and are told apart, whatever their texts hold", async () => {
      const rows = HOSTILE_TEXTS.map((text) => {
        const texts = { id: text, workspaceId: text, channel: text, route: text, account: text, label: text, phone: text, region: text };
        return connectionOf({ ...texts, details: { [text]: text }, warnings: [{ code: text, values: { [text]: text }, text }] });
      });
      for (const row of rows) expect(await connections.insert(row, 1)).toBe("inserted");
      for (const row of rows) {
        const text = row.id;
        expect(await connections.get(text, text)).toEqual(row);
        expect(await connections.byRoute(text)).toEqual(row);
        expect(await connections.byAccount(text)).toEqual([row]);
        expect((await connections.list(text, { channel: text, region: text }, { limit: 9 })).items).toEqual([row]);
        expect(await connections.counts(text, { channel: text, region: text })).toMatchObject({ states: { connected: 1 } });
        expect(await connections.insert({ ...row, id: "other", route: "other" }, 1)).toBe("limit_reached");
        expect(await connections.update(text, text, 0, { label: `${text}!` })).toBe("updated");
        await connections.setPrimary(text, text, text);
        expect(await connections.silent(text, row.createdAt + 1, 9)).toEqual([{ ...row, label: `${text}!`, primary: true, version: 1 }]);
      }
      for (const { id: text } of rows) {
        expect((await connections.byRoute(text))?.id).toBe(text);
        await connections.delete(text, text);
        expect(await connections.byRoute(text)).toBeUndefined();
      }
    });
  });
}
