import { DatabaseSync, StatementSync } from "node:sqlite";
import { connectionOf, messageRowOf } from "@wadesk/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { sqliteStorage } from "./sqlite-storage.ts";

/** An open storage, and the statements that its database runs from then on. */
async function heard() {
  const database = new DatabaseSync(":memory:");
  const storage = sqliteStorage({ database });
  await storage.open();
  const texts: string[] = [];
  for (const name of ["all", "run"] as const) {
    const own = StatementSync.prototype[name] as (...values: unknown[]) => unknown;
    const hear = vi.spyOn(StatementSync.prototype, name).mockImplementation(function (this: StatementSync, ...values: unknown[]) {
      texts.push(this.sourceSQL.trim());
      return own.apply(this, values) as never;
    });
    onTestFinished(() => hear.mockRestore());
  }
  const commits = (): number => texts.filter((text) => text === "commit").length;
  return { database, storage, texts, commits };
}

const record = (name: string): Map<string, { value: Uint8Array }> => new Map([[name, { value: new Uint8Array([1]) }]]);

it("what several write at once shares one commit, whatever they write", async () => {
  const { storage, commits } = await heard();
  await Promise.all([
    storage.connections.insert(connectionOf()),
    storage.records.set("a/", record("one")),
    storage.messages.insert(messageRowOf({ id: "msg_1" })),
    storage.leases.acquire("name", "a", 1000),
  ]);
  expect(commits()).toBe(1);
  expect((await storage.records.get("a/", ["one"])).size).toBe(1);
  await storage.close();
});

it("one statement by itself needs no transaction, and whoever reads waits for nobody's turn", async () => {
  const { storage, texts } = await heard();
  await storage.records.set("a/", record("one"));
  expect(texts).toHaveLength(1);
  const writing = storage.records.set("a/", record("two"));
  expect((await storage.records.get("a/", ["two"])).size).toBe(0);
  await writing;
  await storage.close();
});

it("what fails by itself fails nobody beside it, and leaves nothing", async () => {
  const { database, storage } = await heard();
  database.exec("create trigger refused before insert on wadesk_records when new.key = 'bad' begin select raise(abort, 'refused'); end");
  // a fault that SQLite has no sentence for
  database.exec("create trigger broken before insert on wadesk_records when new.key = 'broken' begin select json('{'); end");
  const both = new Map([...record("with"), ...record("bad")]);
  const outcomes = await Promise.allSettled([
    storage.records.set("a/", record("before")),
    storage.records.set("a/", both),
    storage.records.set("a/", record("broken")),
    storage.records.set("a/", record("after")),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  expect([...(await storage.records.get("a/", ["before", "with", "bad", "after"])).keys()].sort()).toEqual(["after", "before"]);
  await storage.close();
});

it("nobody is answered before the commit that they share, and all hear where it fails", async () => {
  const { database, storage } = await heard();
  // a constraint that is looked at when the transaction ends
  database.exec(
    "pragma foreign_keys = on; create table parent (id text primary key); create table child (id text references parent deferrable initially deferred);" +
      "create trigger orphan after insert on wadesk_records when new.key like 'orphan%' begin insert into child values ('nobody'); end",
  );
  const outcomes = await Promise.allSettled([
    storage.records.set("a/", record("orphan 1")),
    storage.records.set("a/", record("child")),
    storage.records.set("a/", record("orphan 2")),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
  expect([...(await storage.records.get("a/", ["orphan 1", "child", "orphan 2"])).keys()]).toEqual(["child"]);
  await storage.close();
});

it("a great many are written in more than one commit, and others have their turn in between", async () => {
  const { storage, commits } = await heard();
  let turns = 0;
  const writes = Promise.all(Array.from({ length: 200 }, (_, index) => storage.records.set("a/", record(`${index}`))));
  for (let isOver = false; !isOver; turns += 1)
    isOver = await Promise.race([writes.then(() => true), new Promise<false>((resolve) => setImmediate(() => resolve(false)))]);
  expect(commits()).toBe(4);
  expect(turns).toBeGreaterThan(4);
  await storage.close();
});
