import { DatabaseSync, StatementSync } from "node:sqlite";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { receivedText } from "@wadesk/testing";
import { temporaryFolder } from "../testing/open-databases.ts";
import { type SqliteStorageOptions, sqliteStorage } from "./sqlite-storage.ts";

const folder = await temporaryFolder();
afterAll(folder.remove);

const WRITES = /^\s*(insert|update|delete|commit)\b/i;

/** An open storage, and how each commit from then on went to the disk. */
async function heard(place: string | SqliteStorageOptions) {
  const storage = sqliteStorage(place);
  onTestFinished(() => storage.close());
  let level = "as it was opened";
  const exec = DatabaseSync.prototype.exec;
  const telling = vi.spyOn(DatabaseSync.prototype, "exec").mockImplementation(function (this: DatabaseSync, text) {
    exec.call(this, text);
    level = /synchronous = (\w+)/.exec(text)?.[1] ?? level;
  });
  onTestFinished(() => telling.mockRestore());
  await storage.open();
  const commits: string[] = [];
  for (const name of ["all", "run"] as const) {
    const own = StatementSync.prototype[name] as (...values: unknown[]) => unknown;
    let inside = false;
    const hear = vi.spyOn(StatementSync.prototype, name).mockImplementation(function (this: StatementSync, ...values: unknown[]) {
      const text = this.sourceSQL.trim();
      if (name === "run") inside = text.startsWith("begin") || (inside && text !== "commit");
      if (text === "commit" || (WRITES.test(text) && !inside)) commits.push(level);
      return own.apply(this, values) as never;
    });
    onTestFinished(() => hear.mockRestore());
  }
  const commitsOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    commits.splice(0);
    await work();
    return [...new Set(commits)];
  };
  return { storage, commitsOf };
}

const place = { workspaceId: "acme", connectionId: "con_1", kind: "socket" };
const record = new Map([["one", { value: new Uint8Array([1]) }]]);

it("a commit that says who holds something at the moment waits for no disk", async () => {
  const { storage, commitsOf } = await heard(folder.path("brief.db"));
  const { leases, sessions } = storage;
  const fence = await leases.acquire("name", "a", 1000);
  if (fence === undefined) throw new Error("it is not free");
  expect(await commitsOf(() => leases.acquire("other", "a", 1000))).toEqual(["normal"]);
  expect(await commitsOf(() => leases.renew(fence, 1000))).toEqual(["normal"]);
  expect(await commitsOf(() => leases.release(fence))).toEqual(["normal"]);
  expect(await commitsOf(() => sessions.join("p", ["socket"], 1000))).toEqual(["normal"]);
  expect(await commitsOf(() => sessions.beat("p", ["socket"], 1000))).toEqual(["normal"]);
  expect(await commitsOf(() => sessions.claim("p", "socket", 1))).toEqual(["normal"]);
  expect(await commitsOf(() => sessions.release("p", ["con_1"]))).toEqual(["normal"]);
  expect(await commitsOf(() => sessions.reap())).toEqual(["normal"]);
  expect(await commitsOf(() => sessions.leave("p"))).toEqual(["normal"]);
});

it("a claim of what came in, and how far a message got, wait for no disk, and what ends the claim does", async () => {
  const { storage, commitsOf } = await heard(folder.path("claims.db"));
  const { inbox, messages } = storage;
  const claim = (now: number) => inbox.claim({ owner: "a", limit: 5, leaseMs: 1000, now });
  expect(await commitsOf(() => inbox.add([receivedText({ key: "a" })]))).toEqual(["full"]);
  expect(await commitsOf(() => claim(0))).toEqual(["normal"]);
  const [claimed] = await claim(2000);
  if (claimed === undefined) throw new Error("its lease has not ended");
  expect(await commitsOf(() => messages.advanceStatus({ connectionId: "con_1", providerId: "wamid.1" }, "delivered", 0))).toEqual([
    "normal",
  ]);
  expect(await commitsOf(() => inbox.done(claimed, 2000))).toEqual(["full"]);
});

it("every other commit waits for the disk, what is brief beside it too", async () => {
  const { storage, commitsOf } = await heard(folder.path("lasting.db"));
  const { leases, sessions, records } = storage;
  await sessions.join("p", ["socket"], 1000);
  expect(await commitsOf(() => sessions.take("p", place, 0))).toEqual(["full"]);
  await leases.acquire("name", "a", 1000);
  expect(await commitsOf(() => sessions.want("con_1", true))).toEqual(["full"]);
  await leases.acquire("another", "a", 1000);
  expect(await commitsOf(() => records.set("n/", record))).toEqual(["full"]);
  await leases.acquire("third", "a", 1000);
  expect(await commitsOf(() => Promise.all([leases.acquire("fourth", "a", 1000), records.set("n/", record)]))).toEqual(["full"]);
});

it("without a log that is written ahead every commit waits", async () => {
  const { storage, commitsOf } = await heard(":memory:");
  expect(await commitsOf(() => storage.leases.acquire("name", "a", 1000))).toEqual(["full"]);
});

it("a database of the host's keeps its own pragmas", async () => {
  const database = new DatabaseSync(folder.path("own.db"));
  onTestFinished(() => database.close());
  const { storage, commitsOf } = await heard({ database });
  expect(await commitsOf(() => storage.leases.acquire("name", "a", 1000))).toEqual(["as it was opened"]);
});
