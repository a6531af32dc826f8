import type { AnyChannel } from "../ports/channel.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { Storage } from "../ports/stores/storage.ts";
import type { RetryPolicy } from "./backoff.ts";

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
  /** How events are tried again, how many run at once, and how long they are remembered. */
  readonly inbox?: InboxOptions;
  /** How often connections are checked, and what is forgotten when. */
  readonly upkeep?: UpkeepOptions;
}

/** What `createWadesk.fromEnv` takes: the keys and the address may stand in the environment. */
export type OptionsBesideEnv<List extends readonly AnyChannel[]> = Omit<WadeskOptions<List>, "encryptionKeys" | "publicUrl"> & {
  /** In place of `WADESK_ENCRYPTION_KEYS`, in the same form. */
  readonly encryptionKeys?: string | undefined;
  /** In place of `WADESK_PUBLIC_URL`. */
  readonly publicUrl?: string | undefined;
};

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
