import { openSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { APP, ENCRYPTION_KEYS } from "../world/app.ts";
import { flawed } from "./flawed.ts";
import { type HostPlan, openStorage } from "./plan.ts";

// the process of an application that may end at any moment: `host-process.ts` starts it, and kills it

// whoever started it holds the other end; with it ends this
process.stdin.once("end", () => process.exit(1)).resume();

const { database, journal, flaw, deadly, maxAttempts = 1000 } = JSON.parse(process.env.HOST_PLAN ?? "") as HostPlan;
const storage = openStorage(database);
const wadesk = createWadesk({
  channels: [cloudApi(APP)],
  encryptionKeys: ENCRYPTION_KEYS,
  storage: flaw === undefined ? storage : flawed(storage, flaw),
  // what a killed process held is free again soon
  inbox: { leaseMs: 600, maxAttempts },
});

const file = openSync(journal, "a");
wadesk.process("message.received", async ({ key }) => {
  // one write, so that lines of several processes do not mix, and survive this one
  writeSync(file, `${key}\n`);
  if (key === deadly) setTimeout(() => process.kill(process.pid, "SIGKILL"), 50);
  if (deadly !== undefined) return new Promise((resolve) => void setTimeout(resolve, 150));
  // most are quick, and some are so slow that others overtake them
  await new Promise((resolve) => setTimeout(resolve, Math.random() < 0.05 ? 60 : Math.random() * 4));
});
await wadesk.start();

const server = createServer(toNode(createWebhookHandler(wadesk)));
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/whatsapp/inbound\n`);
});
