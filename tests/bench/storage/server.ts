import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, type Storage } from "@wadesk/core";
import { postgresStorage } from "@wadesk/storage/postgres";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { connectionOf } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { APP_SECRET } from "../meta.ts";
import { PHONE_NUMBER_ID, type Rest, type ServerPlan } from "./server-plan.ts";

interface Contender {
  readonly listener: RequestListener;
  /** Resolves when nothing is open any more. */
  readonly rest: () => Promise<unknown>;
}

// one server of the race, in a process of its own; it ends with the process that started it

process.stdin.once("end", () => process.exit()).resume();

const plan = JSON.parse(process.env.BENCH_PLAN ?? "") as ServerPlan;
const { listener, rest } = plan.does === "one INSERT" ? bare(plan.place) : await ours(plan);
const server = createServer(async (incoming, outgoing) => {
  if (!incoming.url?.startsWith("/rest")) return listener(incoming, outgoing);
  await rest();
  const { user, system } = process.cpuUsage();
  if (incoming.url.endsWith("?gc")) global.gc?.();
  outgoing.end(JSON.stringify({ rss: process.memoryUsage.rss(), cpuUs: user + system } satisfies Rest));
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));

// the least that is durable: the pragmas of the storage, and the body as it came
function bare(path: string): Contender {
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec("pragma journal_mode = wal; pragma synchronous = full; create table webhooks (id integer primary key, body text not null)");
  const insert = database.prepare("insert into webhooks (body) values (?)");
  const listener: RequestListener = (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => void chunks.push(chunk));
    incoming.once("end", () => {
      insert.run(Buffer.concat(chunks).toString());
      outgoing.writeHead(200).end();
    });
  };
  return { listener, rest: async () => {} };
}

async function ours({ does, database, place, schema }: ServerPlan): Promise<Contender> {
  const storage: Storage = database === "SQLite" ? sqliteStorage(place) : postgresStorage({ url: place, ...(schema && { schema }) });
  await storage.connections.insert(connectionOf({ route: `cloud-api:${PHONE_NUMBER_ID}`, speaker: "cloud-api:app:1" }));
  const wadesk = createWadesk({
    channels: [cloudApi({ appId: "1", appSecret: APP_SECRET, verifyToken: "token" })],
    encryptionKeys: `k1:${Buffer.alloc(32, 1).toString("base64url")}`,
    storage,
  });
  if (does === "receives and completes") {
    wadesk.process("message.received", () => {});
    await wadesk.start();
  }
  return { listener: toNode(createWebhookHandler(wadesk)), rest: () => wadesk.drain() };
}
