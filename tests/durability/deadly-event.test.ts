import { once } from "node:events";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { receivedText } from "@wadesk/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type DatabasePlan, openStorage } from "./host/plan.ts";
import { PHONE_NUMBER_ID } from "./world/app.ts";
import { openDatabase } from "./world/databases.ts";
import { openProcesses } from "./world/host-process.ts";
import { NO_POSTGRES, WHY_SKIPPED } from "./world/postgres.ts";

const MAX_ATTEMPTS = 2;
/** To find the one among thirty-two. */
const SEARCHES = 3;
const DATABASES: readonly DatabasePlan["kind"][] = NO_POSTGRES ? ["SQLite"] : ["SQLite", "PostgreSQL"];
const route = `cloud-api:${PHONE_NUMBER_ID}`;
const eventOf = (index: number) => {
  const phone = `+5511900000${String(index).padStart(3, "0")}`;
  const id = `wamid.${index}.0`;
  return receivedText({ key: `${route}|${phone}|${phone}|${id}`, orderKey: `${route}|${phone}`, route, phone, messageId: id });
};

describe(`a handler that kills its process with kill -9, while 31 others run${WHY_SKIPPED}`, () => {
  it.each(DATABASES.flatMap((kind) => [1, 2].map((hosts) => [kind, hosts] as const)))(
    "makes a dead letter of its own event and of no other, on %s, %i processes at once",
    async (kind, hosts) => {
      const database = await openDatabase(kind);
      const storage = openStorage(database.plan);
      onTestFinished(() => storage.close());
      const events = Array.from({ length: 32 }, (_, index) => eventOf(index));
      await storage.inbox.add(events);
      const deadly = events[5]?.key ?? "";
      const journal = join(database.folder, "journal");
      await appendFile(journal, "");
      const plan = { database: database.plan, journal, deadly, maxAttempts: MAX_ATTEMPTS };

      const processes = openProcesses();
      let deaths = 0;
      let over = false;
      const live = async (): Promise<void> => {
        while (!over) {
          const { child } = processes.start("host.ts", plan);
          await once(child, "close");
          if (child.signalCode === "SIGKILL" && !over) deaths += 1;
        }
      };
      for (let host = 0; host < hosts; host += 1) void live();
      const isOver = async (): Promise<boolean> => (await storage.inbox.counts()).dead > 0 || deaths > 20;
      await vi.waitUntil(isOver, { timeout: 90_000, interval: 50 });
      const isDone = async (): Promise<boolean> => (await storage.inbox.counts()).done === 31;
      await vi.waitUntil(isDone, { timeout: 60_000, interval: 50 }).catch(() => {});
      over = true;

      expect(await storage.inbox.counts()).toEqual({ waiting: 0, running: 0, done: 31, dead: 1 });
      expect((await storage.inbox.dead(undefined, { limit: 9 })).items).toMatchObject([{ event: { key: deadly } }]);
      expect((await database.ledger.completed()).toSorted()).toEqual(
        events
          .map(({ key }) => key)
          .filter((key) => key !== deadly)
          .sort(),
      );
      // in several processes there are fewer beside it from the beginning
      expect(deaths).toBeLessThanOrEqual(SEARCHES + MAX_ATTEMPTS);
      expect(deaths).toBeGreaterThanOrEqual(hosts === 1 ? SEARCHES + MAX_ATTEMPTS : MAX_ATTEMPTS);
      // no innocent was tried more often than there were searches
      const starts = Map.groupBy((await readFile(journal, "utf8")).trimEnd().split("\n"), (key) => key);
      for (const [key, all] of starts) if (key !== deadly) expect(all.length).toBeLessThanOrEqual(SEARCHES + 1);
    },
  );
});
