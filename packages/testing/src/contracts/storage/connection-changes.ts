import type { Connection, ConnectionChanges } from "@wadesk/core";
import type { ConnectionStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { connectionOf, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

/** What a storage promises about what changed of a workspace's connections. */
export function connectionChangePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("changes of connections", () => {
    let connections: ConnectionStore;
    beforeEach(async () => {
      connections = (await begin()).storage.connections;
    });
    const insert = async (row: Partial<Connection>): Promise<void> => expect(await connections.insert(connectionOf(row))).toBe("inserted");
    const cursorOf = async (workspaceId = "acme"): Promise<string> => (await connections.counts(workspaceId, {})).cursor;
    const since = async (cursor: string, limit = 50): Promise<ConnectionChanges> => {
      const changes = await connections.changedSince("acme", cursor, limit);
      if (changes === undefined) throw new Error(`what changed since ${cursor} is not remembered`);
      return changes;
    };
    const told = async (cursor: string): Promise<unknown> => {
      const { changed, removed } = await since(cursor);
      return [changed.map((row) => row.id), removed];
    };

    it("are told each once, as the rows now stand and in the order of the last change, those removed as such", async () => {
      const empty = await cursorOf();
      await insert({ id: "con_1" });
      await insert({ id: "con_2" });
      await insert({ id: "con_3" });
      expect(await told(empty)).toEqual([["con_1", "con_2", "con_3"], []]);
      const before = await cursorOf();
      expect(await told(before)).toEqual([[], []]);
      await connections.update("acme", "con_2", 0, { label: "Two" });
      await connections.update("acme", "con_1", 0, { label: "One" });
      await connections.update("acme", "con_2", 1, { label: "Too" });
      await connections.delete("acme", "con_3");
      expect(await since(before)).toMatchObject({
        changed: [
          { id: "con_1", label: "One" },
          { id: "con_2", label: "Too", version: 2 },
        ],
        removed: ["con_3"],
        more: false,
      });
      expect((await since(before)).cursor).toBe(await cursorOf());
      // one that comes back is no removed one
      await insert({ id: "con_3", label: "again" });
      expect(await told(before)).toEqual([["con_1", "con_2", "con_3"], []]);
    });

    it("are those of the mark too, and not a heartbeat, what was refused, or another workspace's", async () => {
      await insert({ id: "con_1", primary: true });
      await insert({ id: "con_2" });
      await insert({ id: "con_3" });
      const before = await cursorOf();
      await connections.touch([{ id: "con_1", epoch: 1, at: 9_000_000_000_000 }]);
      await connections.update("acme", "con_1", 7, { label: "stale" });
      await connections.delete("rival", "con_1");
      await connections.delete("acme", "con_9");
      await insert({ id: "con_4", workspaceId: "rival" });
      expect(await connections.insert(connectionOf({ id: "con_5", route: "echo:con_1" }))).toBe("route_taken");
      expect(await told(before)).toEqual([[], []]);
      await connections.setPrimary("acme", "echo", "con_3");
      const { changed } = await since(before);
      expect(changed.map((row) => [row.id, row.primary]).sort()).toEqual([
        ["con_1", false],
        ["con_3", true],
      ]);
    });

    it("come in parts, and the last cursor goes on where they ended", async () => {
      const before = await cursorOf();
      for (const id of ten((index) => `con_${index}`)) await insert({ id });
      await connections.delete("acme", "con_4");
      const ids: string[] = [];
      const mores: boolean[] = [];
      let cursor = before;
      for (let part = 0; part < 4; part += 1) {
        const changes = await since(cursor, 3);
        ids.push(...changes.changed.map((row) => row.id), ...changes.removed);
        mores.push(changes.more);
        ({ cursor } = changes);
      }
      expect(ids).toEqual([...[0, 1, 2, 3, 5, 6, 7, 8, 9].map((index) => `con_${index}`), "con_4"]);
      expect(mores).toEqual([true, true, true, false]);
      expect(cursor).toBe(await cursorOf());
    });

    it("are never missed by who goes on from each answer while ten change at once", async () => {
      for (const id of ten((index) => `con_${index}`)) await insert({ id });
      let cursor = await cursorOf();
      const seen = new Map<string, string>();
      const look = async (): Promise<void> => {
        const changes = await since(cursor, 4);
        for (const { id, label } of changes.changed) seen.set(id, label);
        ({ cursor } = changes);
      };
      const rename = (index: number, version: number): Promise<unknown> =>
        connections.update("acme", `con_${index}`, version, { label: `${version}` });
      for (let version = 0; version < 4; version += 1) {
        const renames = ten((index) => rename(index, version));
        await Promise.all([look(), ...renames, look()]);
      }
      for (let part = 0; part < 4; part += 1) await look();
      expect([...seen.values()]).toEqual(ten(() => "3"));
    });

    it("begin anew where a cursor is of what was forgotten, or of what is to come, and a cursor that none gave is refused", async () => {
      await insert({ id: "con_1" });
      const before = await cursorOf();
      await connections.delete("acme", "con_1");
      await connections.forgetChanges("rival");
      expect(await told(before)).toEqual([[], ["con_1"]]);
      await connections.forgetChanges("acme");
      expect(await connections.changedSince("acme", before, 9)).toBeUndefined();
      expect(await connections.changedSince("acme", String(Number.MAX_SAFE_INTEGER), 9)).toBeUndefined();
      await insert({ id: "con_2" });
      expect(await connections.changedSince("acme", before, 9)).toBeUndefined();
      const after = await cursorOf();
      await connections.delete("acme", "con_2");
      expect(await told(after)).toEqual([[], ["con_2"]]);
      for (const forged of ["", "-1", "1.5", "x", "[]", "1e3", "9".repeat(40), " 1", "\0"]) {
        const refused = connections.changedSince("acme", forged, 9);
        await expect(refused, forged).rejects.toMatchObject({ code: "input_invalid", issues: [{ field: "cursor" }] });
      }
    });
  });
}
