import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import type { MessageStore } from "@wadesk/core/ports";
import { messageRowOf } from "@wadesk/testing";
import { expect, it, onTestFinished } from "vitest";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import { ROWS_AT_ONCE } from "./message-statements.ts";

it.each<[string, (messages: MessageStore) => Promise<void>]>([
  ["a connection", (messages) => messages.deleteOfConnection("acme", "con_1")],
  ["a workspace", (messages) => messages.deleteOfWorkspace("acme")],
])("the many messages of %s are forgotten some at a time, and others have their turn in between", async (_owner, forget) => {
  const database = new DatabaseSync(":memory:");
  const { messages } = sqliteStorage({ database });
  const many = ROWS_AT_ONCE * 2;
  for (let index = 0; index < many; index += 1) {
    const receipt = { providerId: `wamid.${index}`, acceptedAt: 1 };
    await messages.insert(messageRowOf({ id: `msg_${index}`, workspaceId: "acme", connectionId: "con_1", receipt }));
    await messages.advanceStatus({ connectionId: "con_1", providerId: receipt.providerId }, "read", 1);
  }
  const left = (): unknown =>
    database
      .prepare("select (select count(*) from wadesk_messages) as messages, (select count(*) from wadesk_standings) as standings")
      .get();
  const forgetting = forget(messages);
  // those of its first turn
  const before = left();
  while (isDeepStrictEqual(left(), before)) await new Promise<void>((resolve) => void setImmediate(resolve));
  expect(left()).toEqual({ messages: many, standings: many - ROWS_AT_ONCE });
  await forgetting;
  expect(left()).toEqual({ messages: 0, standings: 0 });
});

it("a status that is no news waits for nobody who writes on SQLite, nor for the disk", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wadesk-messages-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "wadesk.db");
  const storage = sqliteStorage(file);
  const message = { connectionId: "con_1", providerId: "wamid.1" };
  expect(await storage.messages.advanceStatus(message, "delivered", 1)).toEqual({ result: "advanced", standing: "delivered" });
  const other = new DatabaseSync(file);
  other.exec("begin immediate");
  expect(await storage.messages.advanceStatus(message, "delivered", 2)).toEqual({ result: "stale", standing: "delivered" });
  expect(await storage.messages.advanceStatus(message, "sent", 2)).toEqual({ result: "stale", standing: "delivered" });
  other.exec("rollback");
  other.close();
  expect(await storage.messages.advanceStatus(message, "read", 3)).toEqual({ result: "advanced", standing: "read" });
  await storage.close();
});
