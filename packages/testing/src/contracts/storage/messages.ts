import type { MessageStatus } from "@wadesk/core";
import { beforeEach, describe, expect, it } from "vitest";
import { messageOf } from "./rows.ts";
import type { StorageUnderTest } from "./storage.ts";

const receipt = { providerId: "wamid.1", acceptedAt: 5 };
const provider = { connectionId: "con_1", providerId: "wamid.1" };

/** What a storage promises about sent messages. */
export function messagePromises(begin: () => Promise<StorageUnderTest>): void {
  describe("messages", () => {
    let messages: StorageUnderTest["storage"]["messages"];
    beforeEach(async () => {
      messages = (await begin()).storage.messages;
    });
    const statusNow = async (): Promise<MessageStatus | undefined> => (await messages.get("acme", "msg_1"))?.status;

    it("are inserted once per idempotency key and workspace, even when ten inserts race", async () => {
      const rows = Array.from({ length: 10 }, (_, index) => messageOf({ id: `msg_${index}`, idempotencyKey: "order" }));
      const answers = await Promise.all(rows.map((row) => messages.insert(row)));
      const first = answers.indexOf(undefined);
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
      expect(answers.filter((answer) => answer?.id === `msg_${first}`)).toHaveLength(9);
      expect(await messages.insert(messageOf({ id: "other", workspaceId: "rival", idempotencyKey: "order" }))).toBeUndefined();
      expect((await messages.byIdempotencyKey("acme", "order"))?.id).toBe(`msg_${first}`);
      expect((await messages.byIdempotencyKey("rival", "order"))?.id).toBe("other");
    });

    it("are never shown to another workspace", async () => {
      await messages.insert(messageOf());
      expect(await messages.get("acme", "msg_1")).toEqual(messageOf());
      expect(await messages.get("rival", "msg_1")).toBeUndefined();
      await messages.forget("rival", "msg_1");
      await messages.accept("rival", "msg_1", receipt);
      expect(await messages.get("acme", "msg_1")).toEqual(messageOf());
    });

    it("free their idempotency key when they are forgotten", async () => {
      await messages.insert(messageOf({ idempotencyKey: "order" }));
      await messages.forget("acme", "msg_1");
      expect(await messages.byIdempotencyKey("acme", "order")).toBeUndefined();
      expect(await messages.insert(messageOf({ id: "msg_2", idempotencyKey: "order" }))).toBeUndefined();
    });

    it("only climb the ladder, whatever order updates arrive in", async () => {
      await messages.insert(messageOf());
      await messages.accept("acme", "msg_1", receipt);
      expect(await messages.advanceStatus(provider, "delivered", 10)).toEqual({
        result: "advanced",
        standing: "delivered",
        messageId: "msg_1",
      });
      expect(await messages.advanceStatus(provider, "sent", 11)).toEqual({ result: "stale", standing: "delivered", messageId: "msg_1" });
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
      expect(await messages.get("acme", "msg_1")).toMatchObject({ status: "read", statusAt: 10 });
    });

    it("keep one standing when ten updates race", async () => {
      await messages.insert(messageOf());
      await messages.accept("acme", "msg_1", receipt);
      const ladder: MessageStatus[] = ["sent", "delivered", "read", "sent", "failed", "delivered", "read", "sent", "delivered", "read"];
      const results = await Promise.all(ladder.map((status, index) => messages.advanceStatus(provider, status, index)));
      expect(await statusNow()).toBe("read");
      expect(results.filter(({ result, standing }) => result === "advanced" && standing === "read")).toHaveLength(1);
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

    it("go with their connection", async () => {
      await messages.insert(messageOf());
      await messages.insert(messageOf({ id: "msg_2", connectionId: "con_2" }));
      await messages.deleteOfConnection("acme", "con_1");
      expect(await messages.get("acme", "msg_1")).toBeUndefined();
      expect(await messages.get("acme", "msg_2")).toBeDefined();
    });
  });
}
