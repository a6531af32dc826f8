import type { SessionLease, SessionPlace, SessionStore, TimedValue } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { HOSTILE_TEXTS, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

const placeOf = (id: string, kind = "web"): SessionPlace => ({ workspaceId: "acme", connectionId: id, kind });

/** What a storage promises about sessions and the processes that hold them. */
export function sessionPromises(begin: () => Promise<StorageUnderTest>): void {
  describe("sessions", () => {
    let world: StorageUnderTest;
    let sessions: SessionStore;
    beforeEach(async () => {
      world = await begin();
      sessions = world.storage.sessions;
    });
    const taken = async (process: string, id: string, floor = 0): Promise<SessionLease> => {
      const lease = await sessions.take(process, placeOf(id), floor);
      if (lease === undefined) throw new Error(`${process} could not take ${id}`);
      return lease;
    };
    /** Wanted sessions that nobody holds. */
    const addFree = async (ids: readonly string[], kind = "web"): Promise<void> => {
      await sessions.join("adds", [], 1_000_000);
      for (const id of ids) {
        await sessions.take("adds", placeOf(id, kind), 0);
        await sessions.want(id, true);
      }
      await sessions.leave("adds");
    };
    const idsOf = (leases: readonly SessionLease[]): string[] => leases.map(({ connectionId }) => connectionId).sort();
    const write = async ({ connectionId, token, process }: SessionLease): Promise<string> => {
      const change = new Map<string, TimedValue>([["key", { value: new Uint8Array([token % 256]) }]]);
      return world.storage.records.set(`record/${connectionId}/`, change, { lease: connectionId, token, process });
    };

    it("are claimed by one of ten processes each, and by none that does not live", async () => {
      await addFree(Array.from({ length: 30 }, (_, index) => `con_${index}`));
      await addFree(["con_other"], "other");
      for (const name of ten((index) => `p${index}`)) await sessions.join(name, ["web"], 1000);
      const claims = await Promise.all(ten((index) => sessions.claim(`p${index}`, "web", 5)));
      const ids = claims.flatMap(idsOf);
      expect(new Set(ids).size).toBe(ids.length);
      expect(Math.max(...claims.map(({ length }) => length))).toBeLessThanOrEqual(5);
      for (let rest = ids.length; rest < 30; ) {
        const more = await sessions.claim("p0", "web", 5);
        expect(more.length).toBeGreaterThan(0);
        rest += more.length;
      }
      expect(await sessions.claim("p1", "web", 5)).toEqual([]);
      expect(await sessions.claim("never joined", "other", 5)).toEqual([]);
      expect(await sessions.claim("p1", "other", 5)).toMatchObject([{ ...placeOf("con_other", "other"), process: "p1" }]);
    });

    it("are claimed only where they are wanted", async () => {
      await addFree(["con_1", "con_2"]);
      await sessions.want("con_1", false);
      await sessions.want("con_unknown", true);
      await sessions.join("a", ["web"], 1000);
      expect(idsOf(await sessions.claim("a", "web", 9))).toEqual(["con_2"]);
      expect([await sessions.find("con_1"), await sessions.find("con_2"), await sessions.find("con_unknown")]).toEqual([
        { wanted: false },
        { wanted: true, process: "a" },
        undefined,
      ]);
    });

    it("have a token higher than any holder before, and than what it must be above", async () => {
      await sessions.join("a", ["web"], 1000);
      const first = await taken("a", "con_1", 7);
      expect(first.token).toBe(8);
      await sessions.want("con_1", true);
      await sessions.release("a", ["con_1"]);
      const [second] = await sessions.claim("a", "web", 9);
      expect(second?.token).toBeGreaterThan(first.token);
      await sessions.join("b", ["web"], 1000);
      const third = await taken("b", "con_1");
      expect(third.token).toBeGreaterThan(second?.token ?? Number.POSITIVE_INFINITY);
      expect((await taken("b", "con_1", 100)).token).toBe(101);
    });

    it("are taken from whoever holds them, and who held them writes nothing more", async () => {
      for (const name of ["a", "b"]) await sessions.join(name, ["web"], 1000);
      const former = await taken("a", "con_1");
      expect(await write(former)).toBe("written");
      const next = await taken("b", "con_1");
      expect([await write(former), await write(next)]).toEqual(["fenced", "written"]);
      expect(await sessions.find("con_1")).toEqual({ wanted: false, process: "b" });
      // of the same process too
      const again = await taken("b", "con_1");
      expect([await write(next), await write(again)]).toEqual(["fenced", "written"]);
      expect(await sessions.take("never joined", placeOf("con_1"), 0)).toBeUndefined();
      expect(await write(again)).toBe("written");
    });

    it("stand and fall with the heartbeat of their process", async () => {
      await addFree(["con_1"]);
      await sessions.join("a", ["web"], 1000);
      const [lease] = await sessions.claim("a", "web", 9);
      if (lease === undefined) throw new Error("nothing was claimed");
      world.pass(900);
      expect(await sessions.beat("a", ["web"], 1000)).toBe("alive");
      world.pass(900);
      expect(await write(lease)).toBe("written");
      world.pass(101);
      expect([await write(lease), await sessions.beat("a", ["web"], 1000), await write(lease)]).toEqual(["fenced", "lost", "fenced"]);
      expect(await sessions.find("con_1")).toEqual({ wanted: true });
      await sessions.join("b", ["web"], 1000);
      expect(await sessions.standing("web")).toEqual({ shares: [{ process: "b", serves: true, held: 0 }], free: 0, lapsed: 1 });
      expect([await sessions.reap(), await sessions.reap()]).toEqual([1, 0]);
      expect(await sessions.standing("web")).toEqual({ shares: [{ process: "b", serves: true, held: 0 }], free: 1, lapsed: 0 });
      expect(idsOf(await sessions.claim("b", "web", 9))).toEqual(["con_1"]);
      expect([await sessions.beat("a", ["web"], 1000), await write(lease)]).toEqual(["lost", "fenced"]);
    });

    it("are free at once when their process leaves or releases them, and another's are not", async () => {
      await addFree(["con_1", "con_2", "con_3"]);
      for (const name of ["a", "b"]) await sessions.join(name, ["web"], 1000);
      const [first] = await sessions.claim("a", "web", 1);
      const others = await sessions.claim("b", "web", 2);
      await sessions.release("a", ["con_1", "con_2", "con_3", "con_unknown"]);
      expect([await sessions.held("a"), idsOf(await sessions.held("b"))]).toEqual([[], idsOf(others)]);
      if (first !== undefined) expect(await write(first)).toBe("fenced");
      await sessions.leave("b");
      await sessions.leave("b");
      expect(await sessions.standing("web")).toEqual({ shares: [{ process: "a", serves: true, held: 0 }], free: 3, lapsed: 0 });
      expect(idsOf(await sessions.claim("a", "web", 9))).toEqual(["con_1", "con_2", "con_3"]);
    });

    it("are counted by process and kind, those that are wanted", async () => {
      await addFree(["con_1", "con_2", "con_3"]);
      await addFree(["con_4"], "other");
      await sessions.join("b", ["other"], 1000);
      await sessions.join("a", ["web", "other"], 1000);
      await sessions.claim("a", "web", 2);
      await sessions.claim("b", "other", 9);
      await taken("b", "con_5");
      expect(await sessions.standing("web")).toEqual({
        shares: [
          { process: "a", serves: true, held: 2 },
          { process: "b", serves: false, held: 0 },
        ],
        free: 1,
        lapsed: 0,
      });
      expect((await sessions.standing("other")).shares).toEqual([
        { process: "a", serves: true, held: 0 },
        { process: "b", serves: true, held: 1 },
      ]);
      expect(await sessions.beat("b", ["web"], 1000)).toBe("alive");
      expect((await sessions.standing("web")).shares[1]).toEqual({ process: "b", serves: true, held: 0 });
      expect(idsOf(await sessions.held("b"))).toEqual(["con_4"]);
    });

    it("are forgotten, and come back as new ones", async () => {
      await sessions.join("a", ["web"], 1000);
      const lease = await taken("a", "con_1");
      await sessions.want("con_1", true);
      await sessions.forget("con_1");
      expect([await sessions.find("con_1"), await sessions.held("a"), await write(lease)]).toEqual([undefined, [], "fenced"]);
      expect(await taken("a", "con_1", lease.token)).toMatchObject({ token: lease.token + 1 });
      expect(await sessions.find("con_1")).toEqual({ wanted: false, process: "a" });
    });

    it("are told apart, whatever their names hold", async () => {
      await sessions.join("a", HOSTILE_TEXTS, 1000);
      for (const text of HOSTILE_TEXTS) {
        await sessions.join(`p ${text}`, [text], 1000);
        const place = { workspaceId: text, connectionId: text, kind: text };
        expect(await sessions.take(`p ${text}`, place, 0)).toMatchObject({ ...place, process: `p ${text}`, token: 1 });
        await sessions.want(text, true);
      }
      for (const text of HOSTILE_TEXTS) {
        expect((await sessions.standing(text)).shares.filter(({ held }) => held > 0)).toEqual([
          { process: `p ${text}`, serves: true, held: 1 },
        ]);
        await sessions.release(`p ${text}`, [text]);
        expect(await sessions.claim("a", text, 9)).toMatchObject([{ workspaceId: text, connectionId: text, kind: text, token: 2 }]);
      }
    });
  });
}
