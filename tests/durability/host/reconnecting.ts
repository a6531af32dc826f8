import { createInterface } from "node:readline";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { countListeners } from "./count-listeners.ts";
import type { ReconnectingAnswer, ReconnectingOrder, ReconnectingPlan, Standing } from "./reconnecting-words.ts";

// a process that keeps phones linked by a clock that it is told to move; it does one order after the other, and says what it holds when it is asked

process.stdin.once("end", () => process.exit(1));

const listeners = countListeners();
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const { createWadesk, memoryStorage } = await import("@wadesk/core");
const { manualClock } = await import("@wadesk/testing");
const { unofficial } = await import("@wadesk/unofficial");
const { ENCRYPTION_KEYS } = await import("../world/app.ts");
const { trustRoot } = await import("./trust-root.ts");

const { webSocketUrl, rootKey } = JSON.parse(process.env.HOST_PLAN ?? "") as ReconnectingPlan;
trustRoot(rootKey);
const time = manualClock(Date.now());
const wadesk = createWadesk({
  // a question that was cut off keeps its client until it would have timed out (Baileys 7.0.0-rc14, generics.js): 20 seconds by default
  channels: [unofficial({ webSocketUrl, timeoutMs: 3000 })],
  storage: memoryStorage({ now: time.now }),
  clock: time.clock,
  encryptionKeys: ENCRYPTION_KEYS,
  random: () => 0,
});
const tell = (answer: ReconnectingAnswer): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);
const kept: unknown[] = [];
/** As many as a client of Baileys has: one of an earlier round may be held while the first figure is taken, and let go of later. */
const LISTENERS_OF_A_CLIENT = 31;
// what a session that forgets to tidy up would leave, on purpose
function keep(): void {
  process.setMaxListeners(0);
  kept.push(
    Array.from({ length: 300_000 }, Math.random),
    setInterval(() => {}, 60_000),
    Array.from({ length: LISTENERS_OF_A_CLIENT }, () => process.on("SIGUSR2", () => {})),
  );
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function standing(): Promise<Standing> {
  let heap = Number.POSITIVE_INFINITY;
  // until nothing more goes: what ended last is let go of some turns later
  for (let round = 0; round < 20; round += 1) {
    for (let each = 0; each < 10; each += 1) await turn();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    if (round > 5 && heapUsed + external > heap - 10_000) break;
    heap = Math.min(heap, heapUsed + external);
  }
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  // the turns that were just waited for
  delete resources.Immediate;
  return { heap, resources, listeners: listeners() };
}

async function link(phone: string): Promise<void> {
  for await (const step of wadesk.workspace("acme").connect("unofficial", { phone })) if (step.type === "qr") tell({ qr: step.text });
}

async function obey(order: ReconnectingOrder): Promise<ReconnectingAnswer> {
  if (order.order === "standing") return { standing: await standing() };
  if (order.order === "link") await link(order.phone);
  else if (order.order === "keep") keep();
  else await time.advance(order.ms);
  return { done: order.order };
}

await wadesk.start();
for await (const line of createInterface(process.stdin)) tell(await obey(JSON.parse(line) as ReconnectingOrder));
