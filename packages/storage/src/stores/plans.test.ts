import { DatabaseSync } from "node:sqlite";
import { connectionOf } from "@wadesk/testing";
import { describe, expect, it } from "vitest";
import { sqliteStorage } from "../sqlite/sqlite-storage.ts";
import type { SqlStorage } from "../storage/sql-storage.ts";

/** What SQLite would do for each statement that some work runs. */
async function plansOf(work: (storage: SqlStorage) => Promise<unknown>): Promise<readonly string[]> {
  const database = new DatabaseSync(":memory:");
  const storage = sqliteStorage({ database });
  await storage.open();
  const texts: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (text) => {
    texts.push(text);
    return prepare(text);
  };
  await work(storage);
  const plans = texts.filter((text) => /^\s*(select|update|delete|insert)/i.test(text));
  expect(plans.length).toBeGreaterThan(0);
  return plans.flatMap((text) =>
    prepare(`explain query plan ${text}`)
      .all()
      .map(({ detail }) => String(detail)),
  );
}

const page = { limit: 50 };

describe("every question finds its rows by an index", () => {
  it.each<[string, (storage: SqlStorage) => Promise<unknown>]>([
    ["a page of connections", ({ connections }) => connections.list("acme", {}, page)],
    ["of a channel", ({ connections }) => connections.list("acme", { channel: "echo" }, page)],
    ["of a region", ({ connections }) => connections.list("acme", { region: "BR" }, page)],
    ["of two states", ({ connections }) => connections.list("acme", { states: ["failed", "pending"] }, page)],
    ["of what counts as disconnected", ({ connections }) => connections.list("acme", { states: ["disconnected"], silentBefore: 1 }, page)],
    [
      "of all at once",
      ({ connections }) => connections.list("acme", { states: ["connected"], channel: "echo", region: "BR", silentBefore: 1 }, page),
    ],
    ["counts", ({ connections }) => connections.counts("acme", { silentBefore: 1 })],
    ["counts of a channel and region", ({ connections }) => connections.counts("acme", { channel: "echo", region: "BR" })],
    ["a route", ({ connections }) => connections.byRoute("echo:1")],
    ["an account", ({ connections }) => connections.byAccount("echo:1")],
    ["the silent ones", ({ connections }) => connections.silent("echo", 1, 50)],
    ["the walk", ({ connections }) => connections.walk(page)],
    ["the primary", ({ connections }) => connections.setPrimary("acme", "echo", "con_1", "if-none")],
    ["a heartbeat", ({ connections }) => connections.touch([{ id: "con_1", epoch: 1, at: 1 }])],
    ["a limited insert", ({ connections }) => connections.insert(connectionOf(), 1)],
    ["a page of messages", ({ messages }) => messages.list("acme", page)],
    ["a status", ({ messages }) => messages.advanceStatus({ connectionId: "con_1", providerId: "1" }, "read", 1)],
    ["an idempotency key", ({ messages }) => messages.byIdempotencyKey("acme", "key")],
    ["old messages", ({ messages }) => messages.prune(1, 50)],
    ["a connection's messages", ({ messages }) => messages.deleteOfConnection("acme", "con_1")],
    ["a workspace's messages", ({ messages }) => messages.deleteOfWorkspace("acme")],
    ["records", ({ records }) => records.get("n/", ["a", "b"])],
    ["a page of keys", ({ records }) => records.list("n/", { prefix: "session-", limit: 50 })],
    ["a move", ({ messages }) => messages.hand("acme", "msg_1", "con_1")],
    ["a scan", ({ records }) => records.scan("n/")],
    ["a clearing", ({ records }) => records.clear("n/")],
    ["what expired", ({ records }) => records.prune(50)],
  ])("%s", async (_name, work) => {
    const walked = (await plansOf(work)).filter(
      (step) => /SCAN (wadesk_|message|standing|record|own|known)/.test(step) && !/USING.* INDEX/.test(step),
    );
    expect(walked).toEqual([]);
  });

  it.each<[string, string, (storage: SqlStorage) => Promise<unknown>]>([
    ["connections", "connections_oldest", ({ connections }) => connections.list("acme", {}, page)],
    ["a channel's", "connections_channel", ({ connections }) => connections.list("acme", { channel: "echo" }, page)],
    ["a region's", "connections_region", ({ connections }) => connections.list("acme", { channel: "echo", region: "BR" }, page)],
    ["a state's", "connections_state", ({ connections }) => connections.list("acme", { channel: "echo", states: ["failed"] }, page)],
    [
      "the lively",
      "connections_state",
      ({ connections }) => connections.list("acme", { channel: "echo", states: ["connected"], silentBefore: 1 }, page),
    ],
    ["the silent", "connections_silent", ({ connections }) => connections.silent("echo", 1, 50)],
    ["the walk's", "autoindex_wadesk_connections", ({ connections }) => connections.walk(page)],
    ["messages", "messages_oldest", ({ messages }) => messages.list("acme", page)],
    ["records", "autoindex_wadesk_records", ({ records }) => records.scan("n/")],
  ])("a page of %s comes in the order of its index, so that its cost does not grow with what is not on it", async (_name, index, work) => {
    const plans = await plansOf(work);
    expect(plans.filter((step) => step.includes(index))).toHaveLength(1);
    // merging the ordered branches of a list is all the sorting there is
    expect(plans.filter((step) => step.includes("TEMP B-TREE") && index !== "connections_state")).toEqual([]);
  });

  it.each([{ channel: "echo", region: "BR", silentBefore: 1 }, { silentBefore: 1 }])(
    "counts read what is kept, and of the connections only the range of the silent: %o",
    async (scope) => {
      const plans = await plansOf(({ connections }) => connections.counts("acme", scope));
      const read = plans.filter((step) => /(SEARCH|SCAN) wadesk_/.test(step));
      expect(read.filter((step) => step.includes("wadesk_connections "))).toEqual([
        expect.stringMatching(/INDEX wadesk_connections_alive \(workspace_id=\? AND channel=\? AND <expr><\?\)/),
      ]);
      expect(read.filter((step) => !/autoindex_wadesk_(connection_counts|change_counts)/.test(step))).toHaveLength(1);
    },
  );

  it("the primary one is found by an index that holds no other", async () => {
    const plans = await plansOf(({ connections }) => connections.primary("acme", "echo"));
    expect(plans).toEqual([expect.stringContaining("INDEX wadesk_connections_primary (workspace_id=? AND channel=?)")]);
  });

  it("what counts as disconnected is found in the range of the silent", async () => {
    const scope = { channel: "echo", states: ["disconnected"], silentBefore: 1 } as const;
    const plans = await plansOf(({ connections }) => connections.list("acme", scope, page));
    expect(plans.filter((step) => step.includes("wadesk_connections USING"))).toEqual([
      expect.stringContaining("wadesk_connections_state (workspace_id=? AND channel=? AND state=? AND (created_at,id)>(?,?))"),
      expect.stringContaining("wadesk_connections_alive (workspace_id=? AND channel=? AND <expr><?)"),
    ]);
  });
});
