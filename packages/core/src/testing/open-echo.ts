import type { InboxOptions, UpkeepOptions } from "../api/options.ts";
import type { Wadesk } from "../api/wadesk.ts";
import { createWadesk } from "../client/create-wadesk.ts";
import { memoryStorage } from "../memory/memory-storage.ts";
import type { InboundEvent } from "../model/event.ts";
import type { Lookup } from "../ports/runtime.ts";
import type { Storage } from "../ports/stores/storage.ts";
import type { ReasonSentences } from "../status/reason-table.ts";
import { type EchoFiles, type EchoVendor, echoVendor } from "./echo-channel.ts";
import { type FaultyStorage, faultyStorage } from "./faulty-storage.ts";
import { type ManualClock, manualClock } from "./manual-clock.ts";

/** A client over the echo vendor, with everything a test looks at. */
export interface EchoWorld {
  readonly wadesk: Wadesk<EchoVendor["channel"]>;
  readonly vendor: EchoVendor;
  readonly storage: Storage;
  readonly faulty: FaultyStorage;
  readonly clock: ManualClock;
  readonly log: string[];
}

/** A key ring of one key, of bytes that repeat. */
export const TEST_KEYS: string = `k1:${Buffer.alloc(32, 7).toString("base64url")}`;

let processes = 0;

/** Opens one. */
export function openEcho(
  options: {
    readonly inbox?: InboxOptions;
    readonly maxPerWorkspace?: number;
    readonly silenceLimitMs?: number;
    readonly phoneLimitMs?: number;
    readonly sentences?: ReasonSentences;
    readonly movable?: true;
    readonly chosenBy?: string;
    readonly files?: EchoFiles | undefined;
    readonly fetch?: typeof globalThis.fetch;
    readonly lookup?: Lookup;
    readonly upkeep?: UpkeepOptions;
    /** What the storage has beside its stores, or in place of its inbox. */
    readonly storage?: Partial<Pick<Storage, "durable" | "changes" | "open" | "inbox">>;
    /** Another process on the same storage. */
    readonly beside?: EchoWorld;
  } = {},
): EchoWorld {
  const { inbox, upkeep, beside, fetch, lookup, ...limits } = options;
  const clock = beside?.clock ?? manualClock();
  const vendor = echoVendor(limits);
  const faulty = beside?.faulty ?? faultyStorage({ ...memoryStorage({ now: clock.now }), ...options.storage });
  const { storage } = faulty;
  const log: string[] = [];
  const line =
    (level: string) =>
    (data: object, message: string): void =>
      void log.push(`${level} ${message} ${JSON.stringify(data)}`);
  let ids = 0;
  if (beside !== undefined) processes += 1;
  const process = beside === undefined ? "" : `p${processes}-`;
  const wadesk = createWadesk({
    channels: [vendor.channel],
    storage,
    clock,
    encryptionKeys: TEST_KEYS,
    log: { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") },
    randomId() {
      ids += 1;
      return `${process}${ids}`;
    },
    random: () => 0,
    ...(fetch && { fetch }),
    ...(lookup && { lookup }),
    ...(inbox && { inbox }),
    ...(upkeep && { upkeep }),
  });
  return { wadesk, vendor, storage, faulty, clock, log };
}

/** A text that came in on the echo vendor. */
export function receivedText(partial: {
  readonly id: string;
  readonly from?: string;
  readonly route?: string;
  readonly text?: string;
}): InboundEvent {
  const { id, from = "+4915100000001", route = "echo:+111", text = "hello" } = partial;
  return {
    key: `${route}|${from}|${from}|${id}`,
    route,
    orderKey: `${route}|${from}`,
    type: "message.received",
    at: 1_760_000_000_000,
    data: { messageId: id, contact: { phone: from }, content: { kind: "text", text }, raw: { id } },
  };
}

/** What became of a message sent through the echo vendor. */
export function statusOf(providerId: string, status: "sent" | "delivered" | "read" | "failed", route = "echo:+111"): InboundEvent {
  return {
    key: `${route}|+49|+49|${providerId}|${status}`,
    route,
    orderKey: `${route}|+49`,
    type: "message.status",
    at: 1_760_000_000_000,
    data: { messageId: providerId, status, raw: {} },
  };
}
