import { WadeskError } from "../errors/wadesk-error.ts";
import { DEFAULT_RETRY, type RetryPolicy } from "../inbox/backoff.ts";
import type { AnyChannel } from "../ports/channel.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { Storage } from "../ports/stores/storage.ts";

/** What `createWadesk` takes. */
export interface WadeskOptions<List extends readonly AnyChannel[]> extends Partial<Runtime> {
  /** The installed channels, each kind once. */
  readonly channels: List;
  /** `memoryStorage()` when absent: everything is gone when the process ends. */
  readonly storage?: Storage;
  /** `k2:<base64url of 32 bytes>,k1:…`: the first seals, all open. Missing or short, and `createWadesk` throws, naming the command that makes one. */
  readonly encryptionKeys: string | undefined;
  /**
   * Where vendors reach this application, e.g. `https://chat.example.com`, exactly as they are told: Twilio signs it. It may have a path, a port,
   * credentials and a query; webhooks lie below the path.
   */
  readonly publicUrl?: string;
  /** The first value of the admin's setting; the first channel when absent. */
  readonly activeChannel?: List[number]["kind"];
  readonly inbox?: InboxOptions;
  readonly upkeep?: UpkeepOptions;
}

/** What a started client does by itself, in one process at a time. Whatever is forgotten is forgotten in small batches. */
export interface UpkeepOptions {
  /** How long one round of `check()` over all connections takes, in milliseconds, evenly spread; 6 hours when absent, `false` for no round. */
  readonly checkEveryMs?: number | false;
  /** How long dead letters are kept, in milliseconds; for ever when absent. */
  readonly keepDeadLettersMs?: number;
  /** How long sent messages and their idempotency keys are kept, in milliseconds; for ever when absent. */
  readonly keepMessagesMs?: number;
}

/** How inbound events are worked through. */
export interface InboxOptions extends Partial<RetryPolicy> {
  /** How many events are handled at once; 32 when absent. */
  readonly concurrency?: number;
  /** How long an attempt holds its event before another process may take it, in milliseconds; renewed while it runs; 30 seconds when absent. */
  readonly leaseMs?: number;
  /** How long completed events are remembered, in milliseconds; 8 days when absent, a day more than Meta redelivers. */
  readonly retentionMs?: number;
  /** How often the inbox is looked at where the storage cannot tell that something came in, in milliseconds; a second when absent. */
  readonly pollMs?: number;
  /**
   * How long a handler may run, in milliseconds; 5 minutes when absent. Its attempt counts as failed then, and its event is tried again. One that
   * still runs after half of it, or after 30 seconds, is told of in the log.
   */
  readonly handleWithinMs?: number;
  /** How long a webhook waits for the storage before it answers 503, in milliseconds; 10 seconds when absent. */
  readonly storeWithinMs?: number;
  /** How long a webhook waits for its handlers before it answers 503, with a storage that does not survive the process; 10 seconds when absent. */
  readonly answerWithinMs?: number;
}

const HOUR_MS = 60 * 60 * 1000;

/** How the inbox works, with what was not given filled in. Throws `configuration_invalid` on a number that cannot work. */
export function readInboxOptions(
  options: InboxOptions = {},
): Omit<Required<InboxOptions>, keyof RetryPolicy> & { readonly retry: RetryPolicy } {
  const read = (name: keyof InboxOptions, absent: number): number => above0(`inbox.${name}`, options[name] ?? absent);
  return {
    concurrency: read("concurrency", 32),
    leaseMs: read("leaseMs", 30_000),
    retentionMs: read("retentionMs", 8 * 24 * HOUR_MS),
    pollMs: read("pollMs", 1000),
    handleWithinMs: read("handleWithinMs", 5 * 60_000),
    storeWithinMs: read("storeWithinMs", 10_000),
    answerWithinMs: read("answerWithinMs", 10_000),
    retry: {
      maxAttempts: read("maxAttempts", DEFAULT_RETRY.maxAttempts),
      firstDelayMs: read("firstDelayMs", DEFAULT_RETRY.firstDelayMs),
      longestDelayMs: read("longestDelayMs", DEFAULT_RETRY.longestDelayMs),
    },
  };
}

/** How the upkeep works, with what was not given filled in; 0 milliseconds are no checks too. Throws `configuration_invalid`. */
export function readUpkeepOptions({ checkEveryMs = 6 * HOUR_MS, keepDeadLettersMs, keepMessagesMs }: UpkeepOptions = {}): {
  readonly checkEveryMs: number | undefined;
  readonly deadLettersMs?: number;
  readonly messagesMs?: number;
} {
  return {
    checkEveryMs: checkEveryMs === false || checkEveryMs === 0 ? undefined : above0("upkeep.checkEveryMs", checkEveryMs),
    ...(keepDeadLettersMs !== undefined && { deadLettersMs: above0("upkeep.keepDeadLettersMs", keepDeadLettersMs) }),
    ...(keepMessagesMs !== undefined && { messagesMs: above0("upkeep.keepMessagesMs", keepMessagesMs) }),
  };
}

/** The channels by kind. Throws `configuration_invalid` when there is none, or a kind comes twice. */
export function readChannels(list: readonly AnyChannel[]): ReadonlyMap<string, AnyChannel> {
  const byKind = new Map(list.map((channel) => [channel.kind, channel]));
  if (byKind.size === 0) throw invalid("channels", "install at least one channel");
  if (byKind.size !== list.length) throw invalid("channels", "each channel may be installed once");
  return byKind;
}

/** The public URL, and as it was written; without a fragment, which no request carries. Throws `configuration_invalid`. */
export function readPublicUrl(text: string | undefined): {
  readonly publicUrl: URL | undefined;
  readonly publicAddress: string | undefined;
} {
  const publicAddress = text?.trim();
  if (publicAddress === undefined || publicAddress === "") return { publicUrl: undefined, publicAddress: undefined };
  const publicUrl = URL.canParse(publicAddress) ? new URL(publicAddress) : undefined;
  if (publicUrl === undefined || !/^https?:\/\//i.test(publicAddress))
    throw invalid("publicUrl", 'write the whole address, e.g. "https://chat.example.com"');
  if (publicAddress.includes("#")) throw invalid("publicUrl", "it must have no fragment");
  return { publicUrl, publicAddress };
}

function above0(field: string, value: number): number {
  if (!Number.isFinite(value) || value <= 0) throw invalid(field, `it must be a number above 0, and is ${value}`);
  return value;
}

/** An option that cannot work. */
function invalid(field: string, message: string): WadeskError {
  return new WadeskError("configuration_invalid", { detail: `${field}: ${message}`, issues: [{ field, message }] });
}
