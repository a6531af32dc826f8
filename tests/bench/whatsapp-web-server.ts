import { createWhatsAppWeb, type Phone } from "@wadesk/testing/whatsapp-web";
import { medianOf } from "./race.ts";

/** What the process with the clients asks of the process with the server. */
export type Task =
  | { readonly kind: "phones"; readonly count: number }
  | { readonly kind: "scan"; readonly phone: number; readonly qr: string }
  | { readonly kind: "send"; readonly phone: number; readonly count: number }
  | { readonly kind: "received"; readonly count: number }
  | { readonly kind: "usage" }
  | { readonly kind: "end" };

/** What the server's process has used so far. */
export interface Usage {
  /** Milliseconds of the processor. */
  readonly cpu: number;
  /** Bytes of memory after a garbage collection. */
  readonly rss: number;
  /** How many clients are connected. */
  readonly connected: number;
  /** Milliseconds from nothing to a listening server: the first with loading Baileys, and the median of ten more. */
  readonly firstStart: number;
  readonly start: number;
}

const before = performance.now();
const web = await createWhatsAppWeb({ repeatedTokens: "allowed" });
const firstStart = performance.now() - before;
const starts: number[] = [];
for (let index = 0; index < 10; index += 1) {
  const began = performance.now();
  const other = await createWhatsAppWeb({ repeatedTokens: "allowed" });
  starts.push(performance.now() - began);
  await other.close();
}
const bob = web.addPhone({ number: "15559000000", name: "Bob" });
const phones: Phone[] = [];

const perform = async (task: Task): Promise<unknown> => {
  if (task.kind === "phones") {
    for (let index = 0; index < task.count; index += 1) phones.push(web.addPhone({ number: String(15_550_000_000 + index) }));
    return { url: web.url, bob: bob.jid };
  }
  if (task.kind === "scan") return (await at(task.phone).scan(task.qr)).connected();
  if (task.kind === "send") {
    for (let index = 0; index < task.count; index += 1) bob.send(at(task.phone), `message ${index}`);
    return undefined;
  }
  if (task.kind === "received") return bob.messages.length >= task.count;
  if (task.kind === "end") return web.close();
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const connected = phones.filter(({ clients }) => clients.some(({ isConnected }) => isConnected)).length;
  const usage: Usage = { cpu: (user + system) / 1_000, rss: process.memoryUsage.rss(), connected, firstStart, start: medianOf(starts) };
  return usage;
};

function at(index: number): Phone {
  const phone = phones[index];
  if (phone === undefined) throw new Error(`there is no phone ${index}`);
  return phone;
}

process.on("message", ({ id, task }: { readonly id: number; readonly task: Task }) => {
  perform(task).then(
    (result) => {
      process.send?.({ id, result });
      if (task.kind === "end") process.disconnect();
    },
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.send?.({ id: 0 });
