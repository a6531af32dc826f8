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
  /** Where vendors reach this application, e.g. `https://chat.example.com`. */
  readonly publicUrl?: string;
  /** The first value of the admin's setting; the first channel when absent. */
  readonly activeChannel?: List[number]["kind"];
  readonly inbox?: InboxOptions;
}

/** How inbound events are worked through. */
export interface InboxOptions extends Partial<RetryPolicy> {
  /** How many events are handled at once; 32 when absent. */
  readonly concurrency?: number;
  /** How long an attempt holds its event before another process may take it, in milliseconds; renewed while it runs; 30 seconds when absent. */
  readonly leaseMs?: number;
  /** How long completed events are remembered, in milliseconds; 8 days when absent, a day more than Meta redelivers. */
  readonly retentionMs?: number;
  /** How long a webhook waits for its handlers before it answers 503, with a storage that does not survive the process; 10 seconds when absent. */
  readonly answerWithinMs?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** How the inbox works, with what was not given filled in. Throws `configuration_invalid` on a number that cannot work. */
export function readInboxOptions(
  options: InboxOptions = {},
): Omit<Required<InboxOptions>, keyof RetryPolicy> & { readonly retry: RetryPolicy } {
  const read = (name: keyof InboxOptions, absent: number): number => {
    const value = options[name] ?? absent;
    if (!Number.isFinite(value) || value <= 0) throw invalid(`inbox.${name}`, `it must be a number above 0, and is ${value}`);
    return value;
  };
  return {
    concurrency: read("concurrency", 32),
    leaseMs: read("leaseMs", 30_000),
    retentionMs: read("retentionMs", 8 * DAY_MS),
    answerWithinMs: read("answerWithinMs", 10_000),
    retry: {
      maxAttempts: read("maxAttempts", DEFAULT_RETRY.maxAttempts),
      firstDelayMs: read("firstDelayMs", DEFAULT_RETRY.firstDelayMs),
      longestDelayMs: read("longestDelayMs", DEFAULT_RETRY.longestDelayMs),
    },
  };
}

/** The channels by kind. Throws `configuration_invalid` when there is none, or a kind comes twice. */
export function readChannels(list: readonly AnyChannel[]): ReadonlyMap<string, AnyChannel> {
  const byKind = new Map(list.map((channel) => [channel.kind, channel]));
  if (byKind.size === 0) throw invalid("channels", "install at least one channel");
  if (byKind.size !== list.length) throw invalid("channels", "each channel may be installed once");
  for (const { kind, spec } of list)
    if (spec !== "v1") throw invalid("channels", `${kind} is made for another version of @wadesk/core; update both`);
  return byKind;
}

/** The public URL, without query and fragment. Throws `configuration_invalid`. */
export function readPublicUrl(text: string | undefined): URL | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalid("publicUrl", 'write the whole address, e.g. "https://chat.example.com"');
  if (url.search !== "" || url.hash !== "") throw invalid("publicUrl", "it must have no query and no fragment");
  return url;
}

/** An option that cannot work. */
function invalid(field: string, message: string): WadeskError {
  return new WadeskError("configuration_invalid", { detail: `${field}: ${message}`, issues: [{ field, message }] });
}
