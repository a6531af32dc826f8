import { DatabaseSync } from "node:sqlite";
import type { MessageStore } from "@wadesk/core/ports";
import { messageRowOf } from "@wadesk/testing";
import { expect, it } from "vitest";
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
  await new Promise<void>((resolve) => void setImmediate(resolve));
  expect(left()).toEqual({ messages: many, standings: many - ROWS_AT_ONCE });
  await forgetting;
  expect(left()).toEqual({ messages: 0, standings: 0 });
});
