import type { MessageRow } from "@wadesk/core";
import type { MessageStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { connectionOf, HOSTILE_TEXTS, messageOf, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

/** What a storage promises about messages that wait: they may go to another connection until one hands them over. */
export function messageMovePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("waiting messages", () => {
    let world: StorageUnderTest;
    let messages: MessageStore;
    beforeEach(async () => {
      world = await begin();
      messages = world.storage.messages;
      for (const id of ["con_1", "con_2", "con_3"]) await world.storage.connections.insert(connectionOf({ id, route: `echo:${id}` }));
      await world.storage.connections.insert(connectionOf({ id: "con_rival", workspaceId: "rival", route: "echo:rival" }));
    });
    const waits = async (partial: Partial<MessageRow> = {}): Promise<MessageRow> => {
      const row = messageOf({ waiting: true, idempotencyKey: "order", ...partial });
      await messages.insert(row);
      return row;
    };

    it("move to another connection of their workspace, and back, and stay what they were", async () => {
      const row = await waits();
      expect(await messages.get("acme", "msg_1")).toStrictEqual(row);
      expect(await messages.move("acme", "msg_1", "con_1", "con_2")).toBe(true);
      expect(await messages.get("acme", "msg_1")).toStrictEqual({ ...row, connectionId: "con_2" });
      expect((await messages.byIdempotencyKey("acme", "order"))?.connectionId).toBe("con_2");
      expect((await messages.list("acme", { limit: 9 })).items).toEqual([{ ...row, connectionId: "con_2" }]);
      expect(await messages.move("acme", "msg_1", "con_2", "con_1")).toBe(true);
      expect(await messages.get("acme", "msg_1")).toStrictEqual(row);
    });

    it("do not move from where they are not, to where nothing is, to another workspace, or for another workspace", async () => {
      const row = await waits();
      const moves: readonly (readonly [workspaceId: string, id: string, from: string, to: string])[] = [
        ["acme", "msg_1", "con_2", "con_3"],
        ["acme", "msg_1", "con_1", "absent"],
        ["acme", "msg_1", "con_1", "con_rival"],
        ["rival", "msg_1", "con_1", "con_rival"],
        ["acme", "absent", "con_1", "con_2"],
      ];
      for (const move of moves) expect(await messages.move(...move)).toBe(false);
      expect(await messages.get("acme", "msg_1")).toStrictEqual(row);
    });

    it("do not move once they were handed over, accepted, or when they never waited", async () => {
      const row = await waits({ id: "handed", idempotencyKey: "1" });
      expect(await messages.hand("rival", "handed", "con_1")).toBe(false);
      expect(await messages.hand("acme", "handed", "con_2")).toBe(false);
      expect(await messages.hand("acme", "handed", "con_1")).toBe(true);
      const { waiting: _, ...handed } = row;
      expect(await messages.get("acme", "handed")).toStrictEqual(handed);
      await waits({ id: "accepted", idempotencyKey: "2" });
      await messages.accept("acme", "accepted", { providerId: "wamid.1", acceptedAt: 5 });
      expect((await messages.get("acme", "accepted"))?.waiting).toBeUndefined();
      await messages.insert(messageOf({ id: "sent at once", idempotencyKey: "3" }));
      for (const id of ["handed", "accepted", "sent at once"]) {
        expect([id, await messages.move("acme", id, "con_1", "con_2")]).toEqual([id, false]);
        expect([id, await messages.hand("acme", id, "con_1")]).toEqual([id, false]);
        expect((await messages.get("acme", id))?.connectionId).toBe("con_1");
      }
    });

    it("are moved or handed over by one of ten that race, and never both", async () => {
      for (const round of Array.from({ length: 5 }, (_, index) => `msg_${index}`)) {
        const row = await waits({ id: round, idempotencyKey: round });
        const answers = await Promise.all(
          ten((index) => {
            if (index % 2 === 0) return messages.hand("acme", round, "con_1");
            return messages.move("acme", round, "con_1", index % 4 === 1 ? "con_2" : "con_3");
          }),
        );
        expect(answers.filter(Boolean)).toHaveLength(1);
        const handed = answers.indexOf(true) % 2 === 0;
        const { waiting, connectionId } = (await messages.get("acme", round)) ?? row;
        expect([waiting, connectionId === "con_1"]).toEqual(handed ? [undefined, true] : [true, false]);
      }
    });

    it("belong to where they are: a receipt and a removal find them there", async () => {
      await waits();
      await messages.move("acme", "msg_1", "con_1", "con_2");
      expect(await messages.hand("acme", "msg_1", "con_2")).toBe(true);
      await messages.accept("acme", "msg_1", { providerId: "wamid.1", acceptedAt: 5 });
      const read = await messages.advanceStatus({ connectionId: "con_2", providerId: "wamid.1" }, "read", 9);
      expect(read).toEqual({ result: "advanced", standing: "read", messageId: "msg_1" });
      await messages.deleteOfConnection("acme", "con_1");
      expect(await messages.get("acme", "msg_1")).toMatchObject({ status: "read", connectionId: "con_2" });
      await messages.deleteOfConnection("acme", "con_2");
      expect(await messages.get("acme", "msg_1")).toBeUndefined();
    });

    it("move whatever their names hold", async () => {
      for (const [index, text] of HOSTILE_TEXTS.entries()) {
        await world.storage.connections.insert(connectionOf({ id: text, workspaceId: text, route: `echo:${text}` }));
        const row = await waits({ id: text, workspaceId: text, connectionId: `former ${index}`, idempotencyKey: text });
        expect(await messages.move(text, text, `former ${index}`, text)).toBe(true);
        expect(await messages.get(text, text)).toStrictEqual({ ...row, connectionId: text });
      }
    });
  });
}
