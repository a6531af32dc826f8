import type { MessageRow, MessageStatus } from "@wadesk/core";
import type { MessageStore } from "@wadesk/core/ports";
import { beforeEach, describe, expect, it } from "vitest";
import { HOSTILE_TEXTS, messageOf, restOf, ten } from "./rows.ts";
import type { StorageUnderTest } from "./storage-under-test.ts";

const receipt = { providerId: "wamid.1", acceptedAt: 5 };
const provider = { connectionId: "con_1", providerId: "wamid.1" };

/** What a storage promises about sent messages. */
export function messagePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("messages", () => {
    let messages: MessageStore;
    beforeEach(async () => {
      messages = (await begin()).storage.messages;
    });
    const statusNow = async (id = "msg_1"): Promise<MessageStatus | undefined> => (await messages.get("acme", id))?.status;
    const list = (workspaceId: string): Promise<readonly MessageRow[]> => restOf((page) => messages.list(workspaceId, page), 2);
    const listed = async (workspaceId: string): Promise<string[]> => (await list(workspaceId)).map((row) => row.id);

    it("are inserted once per idempotency key and workspace, even when ten inserts race", async () => {
      const rows = ten((index) => messageOf({ id: `msg_${index}`, idempotencyKey: "order" }));
      const answers = await Promise.all(rows.map((row) => messages.insert(row)));
      const first = answers.indexOf(undefined);
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
      expect(answers.filter((answer) => answer?.id === `msg_${first}`)).toHaveLength(9);
      expect(await messages.insert(messageOf({ id: "other", workspaceId: "rival", idempotencyKey: "order" }))).toBeUndefined();
      expect((await messages.byIdempotencyKey("acme", "order"))?.id).toBe(`msg_${first}`);
      expect((await messages.byIdempotencyKey("rival", "order"))?.id).toBe("other");
      expect(await messages.byIdempotencyKey("acme", "absent")).toBeUndefined();
    });

    it("are inserted once per id, even when ten inserts race, and the one that was first is answered", async () => {
      const answers = await Promise.all(ten((index) => messages.insert(messageOf({ fingerprint: String(index) }))));
      const first = String(answers.indexOf(undefined));
      expect(answers.map((answer) => answer?.fingerprint ?? "new").sort()).toEqual([...ten(() => first).slice(1), "new"]);
    });

    it("come back as they were stored, and are never shown to another workspace", async () => {
      const to = { phone: "+5511999990000", name: "Ana" };
      const failure = { code: "window_closed", remedy: "change-request", message: "send a template" } as const;
      const row = messageOf({ to, idempotencyKey: "order", status: "failed", statusAt: 8, failure });
      await messages.insert(row);
      expect(await messages.get("acme", "msg_1")).toStrictEqual(row);
      expect(await messages.get("rival", "msg_1")).toBeUndefined();
      await messages.forget("rival", "msg_1");
      await messages.accept("rival", "msg_1", receipt);
      await messages.deleteOfConnection("rival", "con_1");
      expect(await messages.get("acme", "msg_1")).toStrictEqual(row);
    });

    it("free their idempotency key when they are forgotten", async () => {
      await messages.insert(messageOf({ idempotencyKey: "order" }));
      await messages.forget("acme", "msg_1");
      expect(await messages.get("acme", "msg_1")).toBeUndefined();
      expect(await messages.byIdempotencyKey("acme", "order")).toBeUndefined();
      expect(await messages.insert(messageOf({ id: "msg_2", idempotencyKey: "order" }))).toBeUndefined();
    });

    it("only climb the ladder, whatever order updates arrive in", async () => {
      await messages.insert(messageOf());
      await messages.accept("acme", "msg_1", receipt);
      const known = { messageId: "msg_1" };
      expect(await messages.advanceStatus(provider, "delivered", 10)).toEqual({ result: "advanced", standing: "delivered", ...known });
      expect(await messages.advanceStatus(provider, "sent", 11)).toEqual({ result: "stale", standing: "delivered", ...known });
      expect(await messages.advanceStatus(provider, "delivered", 12)).toMatchObject({ result: "stale" });
      expect(await messages.advanceStatus(provider, "failed", 13)).toMatchObject({ result: "stale" });
      expect(await messages.advanceStatus(provider, "read", 14)).toMatchObject({ result: "advanced" });
      expect(await messages.get("acme", "msg_1")).toMatchObject({ status: "read", statusAt: 14, receipt });
    });

    it("take over a status that arrived before their own row, and one that arrived before their receipt", async () => {
      expect(await messages.advanceStatus(provider, "read", 10)).toEqual({ result: "advanced", standing: "read" });
      await messages.insert(messageOf());
      expect(await messages.advanceStatus(provider, "delivered", 11)).toEqual({ result: "stale", standing: "read" });
      await messages.accept("acme", "msg_1", receipt);
      expect(await messages.get("acme", "msg_1")).toMatchObject({ status: "read", statusAt: 10, receipt });
    });

    it("keep one standing when ten updates race", async () => {
      await messages.insert(messageOf());
      await messages.accept("acme", "msg_1", receipt);
      const ladder: MessageStatus[] = ["sent", "delivered", "read", "sent", "failed", "delivered", "read", "sent", "delivered", "read"];
      const results = await Promise.all(ladder.map((status, index) => messages.advanceStatus(provider, status, index)));
      expect(await statusNow()).toBe("read");
      expect(results.filter(({ result, standing }) => result === "advanced" && standing === "read")).toHaveLength(1);
    });

    it("lose no status that arrives while the receipt is written", async () => {
      for (const row of ten((index) => messageOf({ id: `msg_${index}` }))) await messages.insert(row);
      const races = ten((index) => {
        const providerId = `wamid.${index}`;
        return [
          messages.accept("acme", `msg_${index}`, { providerId, acceptedAt: 5 }),
          messages.advanceStatus({ connectionId: "con_1", providerId }, "delivered", 10),
        ];
      });
      await Promise.all(races.flat());
      expect(await Promise.all(ten((index) => statusNow(`msg_${index}`)))).toEqual(ten(() => "delivered"));
    });

    it("keep the reason of a failure", async () => {
      const failure = { code: "window_closed", remedy: "change-request", message: "send a template" } as const;
      await messages.advanceStatus(provider, "failed", 10, failure);
      await messages.insert(messageOf());
      await messages.accept("acme", "msg_1", receipt);
      expect(await messages.get("acme", "msg_1")).toMatchObject({ status: "failed", failure });
    });

    it("of two connections do not mix, though the vendor gave both the same id", async () => {
      await messages.insert(messageOf());
      await messages.accept("acme", "msg_1", receipt);
      await messages.advanceStatus({ ...provider, connectionId: "con_2" }, "read", 10);
      expect(await statusNow()).toBe("queued");
    });

    it("are listed oldest first, page by page, each workspace its own", async () => {
      const rows = [30, 10, 20].map((at) => messageOf({ id: `msg_${at}`, createdAt: at }));
      for (const row of [...rows, messageOf({ id: "other", workspaceId: "rival" })]) await messages.insert(row);
      expect(await list("acme")).toEqual([rows[1], rows[2], rows[0]]);
      expect(await listed("rival")).toEqual(["other"]);
      for (const row of ten((index) => messageOf({ id: `many_${index}`, workspaceId: "many" }))) await messages.insert(row);
      expect((await listed("many")).sort()).toEqual(ten((index) => `many_${index}`));
    });

    it("are listed on in place when rows come and go between pages, the one of the cursor too", async () => {
      for (const at of [10, 20, 30, 40, 50]) await messages.insert(messageOf({ id: `msg_${at}`, createdAt: at }));
      const first = await messages.list("acme", { limit: 2 });
      expect(first.items.map((row) => row.id)).toEqual(["msg_10", "msg_20"]);
      for (const id of ["msg_20", "msg_40"]) await messages.forget("acme", id);
      for (const at of [5, 6, 25, 60]) await messages.insert(messageOf({ id: `msg_${at}`, createdAt: at }));
      const rest = await restOf((page) => messages.list("acme", page), 2, first.next);
      expect(rest.map((row) => row.id)).toEqual(["msg_25", "msg_30", "msg_50", "msg_60"]);
    });

    it("are forgotten by age, at most so many at once, with their keys", async () => {
      for (const at of [10, 20, 30, 40]) await messages.insert(messageOf({ id: `msg_${at}`, createdAt: at, idempotencyKey: String(at) }));
      expect(await messages.prune(40, 2)).toBe(2);
      expect(await messages.prune(40, 2)).toBe(1);
      expect(await messages.prune(40, 2)).toBe(0);
      expect(await listed("acme")).toEqual(["msg_40"]);
      expect(await messages.byIdempotencyKey("acme", "20")).toBeUndefined();
    });

    it("are not waited for by an old status for ever", async () => {
      await messages.advanceStatus(provider, "read", 10);
      await messages.advanceStatus({ ...provider, providerId: "wamid.2" }, "read", 20);
      expect(await messages.prune(20, 9)).toBe(1);
      await messages.insert(messageOf());
      await messages.accept("acme", "msg_1", receipt);
      await messages.insert(messageOf({ id: "msg_2" }));
      await messages.accept("acme", "msg_2", { ...receipt, providerId: "wamid.2" });
      expect([await statusNow("msg_1"), await statusNow("msg_2")]).toEqual(["queued", "read"]);
    });

    it("go with their connection, and where they stood goes too", async () => {
      await messages.insert(messageOf());
      await messages.insert(messageOf({ id: "msg_2", connectionId: "con_1|2" }));
      await messages.accept("acme", "msg_1", receipt);
      await messages.advanceStatus(provider, "read", 10);
      await messages.advanceStatus({ ...provider, connectionId: "con_1|2" }, "read", 10);
      await messages.deleteOfConnection("acme", "con_1");
      expect(await listed("acme")).toEqual(["msg_2"]);
      expect(await messages.advanceStatus(provider, "sent", 11)).toEqual({ result: "advanced", standing: "sent" });
      expect(await messages.advanceStatus({ ...provider, connectionId: "con_1|2" }, "sent", 11)).toMatchObject({ result: "stale" });
    });

    it("go with their workspace", async () => {
      await messages.insert(messageOf({ idempotencyKey: "order" }));
      await messages.insert(messageOf({ id: "msg_2", workspaceId: "rival" }));
      await messages.deleteOfWorkspace("acme");
      expect([await listed("acme"), await listed("rival")]).toEqual([[], ["msg_2"]]);
      expect(await messages.byIdempotencyKey("acme", "order")).toBeUndefined();
    });

    it("come back and are told apart, whatever their texts hold", async () => {
      const rows = HOSTILE_TEXTS.map((text) =>
        messageOf({ id: text, workspaceId: text, connectionId: text, idempotencyKey: text, fingerprint: text, to: { phone: text } }),
      );
      for (const row of rows) expect(await messages.insert(row)).toBeUndefined();
      for (const row of rows) {
        const text = row.id;
        const failure = { code: "window_closed", remedy: "change-request", message: text } as const;
        await messages.accept(text, text, { providerId: text, acceptedAt: 5 });
        const advance = await messages.advanceStatus({ connectionId: text, providerId: text }, "failed", 10, failure);
        expect(advance).toEqual({ result: "advanced", standing: "failed", messageId: text });
        const now = { ...row, receipt: { providerId: text, acceptedAt: 5 }, status: "failed", statusAt: 10, failure };
        expect(await messages.get(text, text)).toEqual(now);
        expect(await messages.byIdempotencyKey(text, text)).toEqual(now);
        expect((await messages.list(text, { limit: 9 })).items).toEqual([now]);
      }
      for (const { id: text } of rows) {
        expect(await listed(text)).toEqual([text]);
        await messages.deleteOfConnection(text, text);
        expect((await messages.list(text, { limit: 9 })).items).toEqual([]);
      }
    });
  });
}
