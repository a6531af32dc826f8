import { join } from "node:path";
import { createWadesk } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { unofficial } from "@wadesk/unofficial";
import { AMPLE_PACE } from "../../journeys/world/ample-pace.ts";
import { type ClientPlan, type Clients, numberOf } from "./plan.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The channel as a host has it, on SQLite. */
export async function ourClients({ folder, url, contact }: ClientPlan): Promise<Clients> {
  const storage = sqliteStorage(join(folder, "wadesk.db"));
  // a host is there before its sessions are
  await storage.open();
  const wadesk = createWadesk({
    channels: [unofficial({ webSocketUrl: url, ...AMPLE_PACE, fastCurves: process.env.BENCH_CURVES !== "plain" })],
    storage,
    encryptionKeys: `k1:${Buffer.alloc(32, 1).toString("base64url")}`,
    log: process.env.BENCH_LOG === undefined ? silent : console,
  });
  let heard = 0;
  wadesk.process("message.received", () => {
    heard += 1;
  });
  const acme = wadesk.workspace("acme");
  const ids = new Map<string, string>();
  let started: Promise<void> | undefined;
  const start = (): Promise<void> => (started ??= wadesk.start());
  // a host need not know its numbers for their sessions to be opened: whoever sends looks, once
  let looked: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    for (let cursor: string | undefined; ; ) {
      const { items, next } = await acme.list({ limit: 100, ...(cursor !== undefined && { cursor }) });
      for (const { id, phone } of items) ids.set(phone?.slice(1) ?? "", id);
      if (next === undefined) return;
      cursor = next;
    }
  };
  return {
    async link(phone, scan) {
      await start();
      const linking = acme.connect("unofficial", { phone: `+${numberOf(phone)}` });
      for await (const step of linking) if (step.type === "qr") await scan(step.text);
      ids.set(numberOf(phone), (await linking).id);
    },
    open: start,
    async send(phone, text, groupId) {
      if (!ids.has(numberOf(phone))) {
        looked ??= look();
        await looked;
      }
      const from = ids.get(numberOf(phone));
      const to = groupId === undefined ? `+${contact}` : { groupId };
      await acme.send({ ...(from && { from }), to, content: { kind: "text", text } });
    },
    heard: () => heard,
    async end() {
      await wadesk.stop();
    },
  };
}
