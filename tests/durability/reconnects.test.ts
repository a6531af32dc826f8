import { createWhatsAppWeb, type LinkedClient } from "@wadesk/testing/whatsapp-web";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { ReconnectingAnswer, ReconnectingOrder, ReconnectingPlan, Standing } from "./host/reconnecting-words.ts";
import { openProcesses } from "./world/host-process.ts";

const IS_LONG = Number(process.env.WADESK_TIMES ?? 1) > 1;
const ONE = { phones: 1, rounds: IS_LONG ? 200 : 20 };
const MANY = IS_LONG ? { phones: 30, rounds: 20 } : { phones: 10, rounds: 5 };
/** Before the first figure is taken: caches are filled and code is compiled by then. */
const WARM_UP = 3;
/** A client that is kept by mistake costs forty times as much. */
const BYTES_A_RECONNECT = 5_000;
/** Code that V8 goes on compiling, whatever the number of reconnects. */
const BYTES_OF_CODE = 2_500_000;
/** Longer than a question may take: what was under way when a client was cut off lets go of it then. */
const LINGERS_MS = 5_000;
/** Longer than Baileys 7.0.0-rc14 keeps a client that was cut off while it held events back (`event-buffer.js`: 30 seconds). */
const BUFFERS_MS = 35_000;
/** Longer than the storage may take for one thing (`timed-records.ts`: 20 seconds). */
const WATCHED_MS = 21_000;

interface Ordeal {
  readonly phones: number;
  readonly rounds: number;
  readonly keepsAll?: boolean;
}

/** Links phones in a process of their own, cuts all of them off again and again, and tells what the process holds more of in the end, a sentence each. */
async function reconnect({ phones, rounds, keepsAll = false }: Ordeal): Promise<readonly string[]> {
  const web = await createWhatsAppWeb();
  onTestFinished(() => web.close());
  const program = openProcesses().start("reconnecting.ts", {
    webSocketUrl: web.url,
    rootKey: web.rootKey,
  } satisfies ReconnectingPlan);
  const order = async (given: ReconnectingOrder): Promise<ReconnectingAnswer> => {
    program.child.stdin?.write(`${JSON.stringify(given)}\n`);
    return JSON.parse(await program.line()) as ReconnectingAnswer;
  };
  const standing = async (): Promise<Standing> => {
    // what a client wrote after it was cut off is watched by this clock, and the watch holds that client until its time has passed
    await order({ order: "advance", ms: WATCHED_MS });
    const answer = await order({ order: "standing" });
    if (!("standing" in answer)) throw new Error(`it said ${JSON.stringify(answer)}`);
    return answer.standing;
  };
  const clients: LinkedClient[] = [];
  for (let index = 0; index < phones; index += 1) {
    const phone = web.addPhone({ number: `1555000${1000 + index}` });
    phone.planHistory({ type: "initial", progress: 100, isInline: true });
    const answer = await order({ order: "link", phone: `+${phone.number}` });
    clients.push(await phone.scan("qr" in answer ? answer.qr : ""));
    expect(JSON.parse(await program.line())).toEqual({ done: "link" });
  }
  const allBack = async (): Promise<void> => {
    while (clients.some(({ isConnected }) => !isConnected)) await order({ order: "advance", ms: 500 });
  };
  const round = async (): Promise<void> => {
    // a minute that passes at once may be too much for a ping on a busy machine: that session was made anew, and is on its way
    await allBack();
    for (const client of clients) client.drop();
    await Promise.all(clients.map((client) => client.disconnected()));
    await allBack();
    // steady by now: the next pause is as short as this one
    await order({ order: "advance", ms: 61_000 });
    if (keepsAll) await order({ order: "keep" });
  };
  for (let each = 0; each < WARM_UP; each += 1) await round();
  // the least that there was within that time
  let before = await standing();
  const until = performance.now() + LINGERS_MS;
  await vi.waitUntil(
    async () => {
      const now = await standing();
      if (now.listeners <= before.listeners) before = now;
      return performance.now() > until;
    },
    { timeout: 2 * LINGERS_MS, interval: 500 },
  );
  for (let each = 0; each < rounds; each += 1) await round();
  let growth: readonly string[] = [];
  const isFlat = async (): Promise<boolean> => {
    const after = await standing();
    growth = growthOf(before, after, phones * rounds);
    if (IS_LONG) console.log(JSON.stringify({ phones, rounds, before, after, growth }));
    return growth.length === 0;
  };
  await vi.waitUntil(isFlat, { timeout: BUFFERS_MS, interval: 500 }).catch(() => {});
  web.assertClean();
  return growth;
}

function growthOf(before: Standing, after: Standing, reconnects: number): readonly string[] {
  const kinds = new Set([...Object.keys(before.resources), ...Object.keys(after.resources)]);
  const bytes = after.heap - before.heap;
  return [
    bytes > BYTES_OF_CODE + reconnects * BYTES_A_RECONNECT && `${reconnects} reconnects keep ${bytes} bytes`,
    after.listeners > before.listeners && `listeners grew from ${before.listeners} to ${after.listeners}`,
    ...[...kinds].map((kind) => {
      const [then = 0, now = 0] = [before.resources[kind], after.resources[kind]];
      return now > then && `${kind} grew from ${then} to ${now}`;
    }),
  ].filter((sentence) => sentence !== false);
}

describe("heap, sockets, timers and listeners", () => {
  it.each([ONE, MANY])(
    "are flat while $phones linked phones are cut off and come back $rounds times",
    { timeout: 600_000 },
    async (plan) => {
      expect(await reconnect(plan)).toEqual([]);
    },
  );

  // what is kept is waited for in vain, the whole of the time: with a slow machine's linking that is a minute and more
  it("that are kept on purpose are noticed", { timeout: 240_000 }, async () => {
    const growth = await reconnect({ phones: 1, rounds: 5, keepsAll: true });
    for (const what of ["bytes", "listeners", "Timeout"]) expect(growth.join("\n")).toContain(what);
  });
});
