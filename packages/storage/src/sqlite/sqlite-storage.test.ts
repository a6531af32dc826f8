import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isWadeskError } from "@wadesk/core";
import { connectionOf, receivedText, recordingLogger } from "@wadesk/testing";
import { afterAll, describe, expect, it } from "vitest";
import type { SqlStorage } from "../storage/sql-storage.ts";
import { temporaryFolder } from "../testing/open-databases.ts";
import { sqliteStorage } from "./sqlite-storage.ts";

const folder = await temporaryFolder();
afterAll(folder.remove);

/** The sentence of a refusal that a person can act on. */
async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!isWadeskError(error, "storage_unavailable")) throw new Error("it was not refused", { cause: error });
  expect(error.httpStatus).toBe(503);
  return error.message;
}

const unusable = (sentence: string) => ({
  code: "configuration_invalid",
  remedy: "none",
  message: expect.stringContaining(sentence),
  issues: [{ field: "path" }],
});

const write = (storage: SqlStorage, bytes = 1): Promise<unknown> =>
  storage.records.set("n/", new Map([["key", { value: new Uint8Array(bytes) }]]));

describe("sqliteStorage", () => {
  it("touches no file before its first use, and none at all when it is closed unused", async () => {
    const unused = sqliteStorage(folder.path("unused.db"));
    await unused.close();
    const used = sqliteStorage(folder.path("used.db"));
    expect([existsSync(folder.path("unused.db")), existsSync(folder.path("used.db"))]).toEqual([false, false]);
    await used.records.get("n/", ["key"]);
    expect(existsSync(folder.path("used.db"))).toBe(true);
    await used.close();
  });

  it.each([
    ["off", "wal", 1],
    ["normal", "wal", 1],
    ["full", "wal", 0],
    ["normal", "delete", 0],
  ])(
    "says that a database of the host's does not wait for the disk: synchronous %s, journal %s",
    async (synchronous, journal, warnings) => {
      const database = new DatabaseSync(folder.path(`${synchronous}-${journal}.db`));
      database.exec(`pragma journal_mode = ${journal}; pragma synchronous = ${synchronous}`);
      const { log, lines } = recordingLogger();
      await sqliteStorage({ database, log }).open();
      database.close();
      expect(lines.filter(({ message }) => message.includes("PRAGMA synchronous = FULL"))).toHaveLength(warnings);
    },
  );

  it("has every write on the disk before it is answered, by WAL and synchronous FULL", async () => {
    const path = folder.path("pragmas.db");
    const storage = sqliteStorage(path);
    await write(storage);
    await storage.close();
    const other = new DatabaseSync(path);
    expect(other.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(other.prepare("select count(*) as count from wadesk_records").get()).toEqual({ count: 1 });
    other.close();
  });

  it("does not call durable what is gone with the process", async () => {
    const storages = [sqliteStorage(":memory:"), sqliteStorage(folder.path("durable.db"))];
    expect(storages.map(({ durable }) => durable)).toEqual([false, true]);
    for (const storage of storages) await storage.close();
  });

  it("works by a clock that tells parts of a millisecond", async () => {
    const storage = sqliteStorage({ path: ":memory:", now: () => 1000.4 });
    const fence = await storage.leases.acquire("session", "a", 10);
    expect(fence && (await storage.leases.renew(fence, 10))).toBe("renewed");
    await storage.close();
  });

  it("keeps what it was given, from one process to the next", async () => {
    const path = folder.path("kept.db");
    const first = sqliteStorage(path);
    await first.connections.insert(connectionOf());
    await first.close();
    const second = sqliteStorage(path);
    expect(await second.connections.get("acme", "connection-1")).toEqual(connectionOf());
    await second.close();
  });

  it("leaves the host's database open, and as it was set up", async () => {
    const database = new DatabaseSync(":memory:");
    database.exec("create table messages (mine text); pragma synchronous = off");
    const storage = sqliteStorage({ database });
    await write(storage);
    await storage.close();
    expect(database.isOpen).toBe(true);
    expect(database.prepare("pragma synchronous").get()).toEqual({ synchronous: 0 });
    expect(database.prepare("select * from messages").all()).toEqual([]);
  });

  it.each([{ readBigInts: true }, { returnArrays: true }])(
    "reads its own rows as it needs them, whatever the host set: %j",
    async (options) => {
      const { inbox } = sqliteStorage({ database: new DatabaseSync(":memory:", options) });
      await inbox.add([receivedText({ key: "m1" })]);
      const claims = await inbox.claim({ owner: "a", limit: 1, leaseMs: 1000, now: 1 });
      expect(claims).toMatchObject([{ event: { key: "m1" }, attempt: 1 }]);
    },
  );

  it("finishes what is under way when it is closed, closes once, and says so to whoever comes later", async () => {
    const path = folder.path("closing.db");
    const storage = sqliteStorage(path);
    const writes = Array.from({ length: 20 }, (_, index) =>
      storage.connections.insert(connectionOf({ id: `con_${index}`, route: `echo:${index}` })),
    );
    const closed = Promise.all([storage.close(), storage.close()]);
    expect(await Promise.all(writes)).toEqual(writes.map(() => "inserted"));
    await closed;
    expect(await refusalOf(storage.connections.total())).toContain("close() of this storage was called");
    expect(await refusalOf(storage.open())).toContain("close() of this storage was called");
    const next = sqliteStorage(path);
    expect(await next.connections.total()).toBe(20);
    await next.close();
  });
});

describe("sqliteStorage on a file that others write to", () => {
  it("waits for their lock, and holds nobody up meanwhile", async () => {
    const path = folder.path("shared.db");
    const storage = sqliteStorage(path);
    await storage.open();
    const holder = new DatabaseSync(path);
    holder.exec("begin immediate");
    const writes = [storage.leases.acquire("name", "a", 1000), storage.connections.setPrimary("acme", "echo", "con_1")];
    // only this process can let go of it
    setImmediate(() => holder.exec("commit"));
    expect(await Promise.all(writes)).toEqual([{ lease: "name", token: expect.any(Number) }, undefined]);
    holder.close();
    await storage.close();
  });

  it("shares it with another storage of the same process", async () => {
    const path = folder.path("twins.db");
    const twins = [sqliteStorage(path), sqliteStorage(path)];
    await Promise.all(twins.map((storage) => storage.open()));
    const events = twins.map((_, index) => receivedText({ key: `m${index}`, orderKey: `${index}` }));
    await Promise.all(twins.map(({ inbox }, index) => inbox.add([events[index] ?? receivedText()])));
    const claims = await Promise.all(twins.map(({ inbox }) => inbox.claim({ owner: "a", limit: 5, leaseMs: 1000, now: 1 })));
    expect(
      claims
        .flat()
        .map(({ event }) => event.key)
        .sort(),
    ).toEqual(["m0", "m1"]);
    await Promise.all(twins.map((storage) => storage.close()));
  });
});

describe("sqliteStorage says what is wrong and what to do", () => {
  it("when the folder is not there, and works once it is", async () => {
    const late = await temporaryFolder();
    await late.remove();
    const storage = sqliteStorage(late.path("wadesk.db"));
    await expect(storage.open()).rejects.toMatchObject(unusable("wadesk.db cannot be opened: its folder is not there"));
    mkdirSync(late.path("."));
    await write(storage);
    await storage.close();
    await late.remove();
  });

  it("when the file is something else", async () => {
    writeFileSync(folder.path("letter.db"), "Dear reader, this is a letter and not a database. ".repeat(40));
    await expect(sqliteStorage(folder.path("letter.db")).open()).rejects.toMatchObject(unusable("letter.db is not an SQLite database"));
  });

  it("when it is a folder, and when it has no name", async () => {
    mkdirSync(folder.path("folder.db"));
    await expect(sqliteStorage(folder.path("folder.db")).open()).rejects.toMatchObject(unusable("folder.db is a folder"));
    await expect(sqliteStorage("").open()).rejects.toMatchObject(unusable("is empty: name a file"));
  });

  it("when it is damaged", async () => {
    const path = folder.path("damaged.db");
    const storage = sqliteStorage(path);
    await write(storage);
    await storage.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xff, 100, 4096));
    await expect(sqliteStorage(path).open()).rejects.toMatchObject(unusable("damaged.db is damaged"));
  });

  it("when the database is read-only", async () => {
    const path = folder.path("read-only.db");
    const storage = sqliteStorage(path);
    await write(storage);
    await storage.close();
    const database = new DatabaseSync(path, { readOnly: true });
    const reading = sqliteStorage({ database });
    expect((await reading.records.get("n/", ["key"])).size).toBe(1);
    expect(await refusalOf(write(reading))).toContain("the database is read-only");
    database.close();
    expect(await refusalOf(write(reading))).toContain("was closed while the storage was in use");
  });

  it("when the disk is full, and works again when there is room", async () => {
    const database = new DatabaseSync(":memory:");
    const storage = sqliteStorage({ database });
    await storage.open();
    const pages = Number(database.prepare("pragma page_count").get()?.page_count);
    database.exec(`pragma max_page_count = ${pages + 2}`);
    expect(await refusalOf(write(storage, 100_000))).toContain("the disk or the database is full");
    database.exec(`pragma max_page_count = ${pages + 1000}`);
    await write(storage, 100_000);
    expect((await storage.records.get("n/", ["key"])).get("key")?.length).toBe(100_000);
  });

  it("when the database itself ended the transaction, as it does on a full disk", async () => {
    const database = new DatabaseSync(":memory:");
    const storage = sqliteStorage({ database });
    await storage.open();
    database.exec("create trigger ending before insert on wadesk_inbox begin select raise(rollback, 'this is wrong'); end");
    await expect(storage.inbox.add([receivedText()])).rejects.toThrow("this is wrong");
    database.exec("drop trigger ending");
    expect(await storage.inbox.add([receivedText()])).toHaveLength(1);
  });

  it("when another connection holds the database, and loses nothing that it had begun", async () => {
    const path = folder.path("held.db");
    const database = new DatabaseSync(path);
    database.exec("pragma journal_mode = wal");
    const storage = sqliteStorage({ database });
    await storage.open();
    const holder = new DatabaseSync(path);
    holder.exec("begin immediate");
    const change = { label: "new" };
    await expect(storage.leases.acquire("name", "a", 1000)).rejects.toThrow("holds a transaction open");
    await expect(storage.connections.setPrimary("acme", "echo", "con_1")).rejects.toThrow("holds a transaction open");
    holder.exec("commit");
    await storage.connections.insert(connectionOf());
    expect(await storage.connections.update("acme", "connection-1", 1, change)).toBe("updated");
    holder.close();
  });
});
