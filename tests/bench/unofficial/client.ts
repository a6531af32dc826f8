import { mkdtemp } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { WA_CERT_DETAILS } from "@whiskeysockets/baileys";
import { countTransactions } from "./count-transactions.ts";
import { dialogue } from "./dialogue.ts";
import { ourClients } from "./ours.ts";
import { plainClients } from "./plain.ts";
import type { ClientPlan, Clients, ClientTask, Usage } from "./plan.ts";

// one side of the race, in a process of its own; it ends with the process that started it

process.once("disconnect", () => process.exit());

const plan = JSON.parse(process.argv[2] ?? "") as ClientPlan;
// whose certificate is checked by one side and not by the other
WA_CERT_DETAILS.PUBLIC_KEY.set(Buffer.from(plan.rootKey, "hex"));
const transactions = countTransactions();
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

const clientsIn = (folder: string): Promise<Clients> => (plan.side === "ours" ? ourClients : plainClients)({ ...plan, folder });
const clients = await clientsIn(plan.folder);
let heard = 0;

async function scan(phone: number, qr: string): Promise<void> {
  await talk.ask({ kind: "scan", phone, qr });
}

async function perform(task: ClientTask | "ready"): Promise<unknown> {
  if (task === "ready") return undefined;
  switch (task.kind) {
    case "warm": {
      const warm = await clientsIn(await mkdtemp(`${plan.folder}-warm-`));
      await warm.link(task.phone, (qr) => scan(task.phone, qr));
      await warm.end();
      return undefined;
    }
    case "link": {
      const left = [...task.phones];
      const worker = async (): Promise<void> => {
        for (let phone = left.shift(); phone !== undefined; phone = left.shift()) {
          const place = phone;
          await clients.link(place, (qr) => scan(place, qr));
        }
      };
      await Promise.all(Array.from({ length: task.atOnce }, worker));
      return undefined;
    }
    case "open":
      return clients.open(task.phones);
    case "send":
      await Promise.all(
        task.phones.map(async (phone, place) => {
          const send = (index: number): Promise<void> => clients.send(phone, `message ${index}`, task.groups?.[place]);
          if (task.atOnce) await Promise.all(Array.from({ length: task.count }, (_unused, index) => send(index)));
          else for (let index = 0; index < task.count; index += 1) await send(index);
        }),
      );
      return undefined;
    case "heard":
      heard += task.count;
      while (clients.heard() < heard) await new Promise<void>((resolve) => void setTimeout(resolve, 2));
      return undefined;
    case "usage": {
      const { user, system } = process.cpuUsage();
      const usage: Usage = { cpu: (user + system) / 1000, block: delay.max / 1e6, transactions: transactions() };
      delay.reset();
      return usage;
    }
    case "memory":
      globalThis.gc?.();
      return process.memoryUsage.rss();
    case "end":
      return clients.end();
  }
}

const talk = dialogue(process as never, perform);
