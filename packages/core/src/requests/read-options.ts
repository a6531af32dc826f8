import { DEFAULT_RETRY, type RetryPolicy } from "../api/backoff.ts";
import type { InboxOptions, UpkeepOptions } from "../api/options.ts";
import type { IssueCode } from "../errors/issue-code.ts";
import type { NoticeValues } from "../errors/notice.ts";
import { WadeskError } from "../errors/wadesk-error.ts";
import { issueOf } from "../fields/invalid.ts";
import type { AnyChannel } from "../ports/channel.ts";

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
  if (byKind.size === 0) throw invalid("channels", "required", "install at least one channel");
  if (byKind.size !== list.length) throw invalid("channels", "repeated", "each channel may be installed once");
  return byKind;
}

/**
 * The public URL, and as it was written; without a fragment, which no request carries. Webhooks lie below it, so it is none of their addresses, which end in
 * one of `paths`. Throws `configuration_invalid`.
 */
export function readPublicUrl(
  text: string | undefined,
  paths: readonly string[] = [],
): {
  readonly publicUrl: URL | undefined;
  readonly publicAddress: string | undefined;
} {
  const publicAddress = text?.trim();
  if (publicAddress === undefined || publicAddress === "") return { publicUrl: undefined, publicAddress: undefined };
  const publicUrl = URL.canParse(publicAddress) ? new URL(publicAddress) : undefined;
  if (publicUrl === undefined || !/^https?:\/\//i.test(publicAddress))
    throw invalid("publicUrl", "not_an_address", 'write the whole address, e.g. "https://chat.example.com"');
  if (publicAddress.includes("#")) throw invalid("publicUrl", "wrong_form", "it must have no fragment");
  const above = paths.map((path) => webhookBelow(path).exec(publicUrl.pathname)?.[1]).find((found) => found !== undefined);
  if (above !== undefined)
    throw invalid("publicUrl", "wrong_form", `a webhook's address lies below it; write "${publicUrl.origin}${above}"`);
  return { publicUrl, publicAddress };
}

// with the base path in front that a handler has by default
function webhookBelow(path: string): RegExp {
  return new RegExp(`^(.*?)(/webhooks)?${path.replace(/:\w+/, "[^/]+")}/?$`);
}

function above0(field: string, value: number): number {
  if (!Number.isFinite(value) || value <= 0) throw invalid(field, "too_low", `it must be a number above 0, and is ${value}`, { above: 0 });
  return value;
}

/** An option that cannot work. */
function invalid(field: string, code: IssueCode, message: string, values?: NoticeValues): WadeskError {
  return new WadeskError("configuration_invalid", { detail: `${field}: ${message}`, issues: [issueOf(field, code, message, values)] });
}
