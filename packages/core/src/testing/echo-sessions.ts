import type { Wadesk } from "../api/wadesk.ts";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { Storage } from "../ports/stores/storage.ts";
import type { Clock } from "../time/clock.ts";
import { type EchoSocket, type EchoSocketOptions, echoSocket, type SocketChannel } from "./echo-socket.ts";
import { type FaultyStorage, faultyStorage } from "./faulty-storage.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";
import { TEST_KEYS } from "./open-echo.ts";

/** A process whose numbers need a session. */
export interface EchoProcess extends Omit<EchoSocket, "channel"> {
  readonly wadesk: Wadesk<SocketChannel>;
  readonly log: string[];
}

/** Processes on one storage in memory, under one clock. */
export interface SessionWorld {
  readonly clock: ManualClock;
  readonly storage: Storage;
  readonly faulty: FaultyStorage;
  process(sharing?: EchoSocketOptions["sharing"], own?: Parameters<typeof openEchoProcess>[3]): EchoProcess;
  /** Every namespace and key that has a connection's id in it, but for its locks. */
  recordsOf(id: string): Promise<readonly string[]>;
}

/** Opens it. */
export function openSessionWorld(): SessionWorld {
  const clock = manualClock();
  const faulty = faultyStorage(memoryStorage({ now: clock.now }));
  const { storage } = faulty;
  return {
    clock,
    faulty,
    storage,
    process: (sharing, own) => openEchoProcess(storage, clock, sharing, own),
    async recordsOf(id) {
      const { items } = await storage.records.scan("");
      return items.map(({ namespace, key }) => `${namespace} ${key}`).filter((name) => name.includes(id));
    },
  };
}

let processes = 0;

/** Opens a process on a storage that others may share. */
export function openEchoProcess(
  storage: Storage,
  clock: Clock,
  sharing?: EchoSocketOptions["sharing"],
  /** For a process of its own: what makes its names, and who hears which sessions are open. */
  own: { readonly randomId?: () => string } & Pick<
    EchoSocketOptions,
    "changed" | "numbers" | "openAtOnce" | "mediaOf" | "silenceLimitMs"
  > = {},
): EchoProcess {
  const { randomId, ...options } = own;
  const vendor = echoSocket({ sharing, now: clock.now, ...options });
  const log: string[] = [];
  processes += 1;
  const name = `s${processes}`;
  let ids = 0;
  const line =
    (level: string) =>
    (data: object, message: string): void =>
      void log.push(`${level} ${message} ${JSON.stringify(data)}`);
  const wadesk = createWadesk({
    channels: [vendor.channel],
    storage,
    clock,
    encryptionKeys: TEST_KEYS,
    log: { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") },
    randomId:
      randomId ??
      (() => {
        ids += 1;
        return `${name}-${ids}`;
      }),
    random: () => 0,
  });
  return Object.assign(vendor, { wadesk, log });
}
