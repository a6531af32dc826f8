import { WadeskError } from "@wadesk/core";
import { parseJson } from "@wadesk/core/ports";
import type { Transport } from "../options.ts";
import { asList, asNumber, asRecord } from "../wire/wire.ts";

/** What an app has used up of what it may ask in an hour, of one account or in all. */
interface Usage {
  /** The highest of Meta's three percentages. */
  readonly percent: number;
  readonly toldAt: number;
  /** When access is regained; in the past where it was not lost. */
  readonly until: number;
}

/** Whose calls are counted together: an app's of one account. */
export interface Paced {
  readonly appId: string | undefined;
  readonly wabaId: string;
}

/** What a call waits by. */
export interface PaceClock {
  readonly now: () => number;
  readonly pause?: ((delayMs: number) => Promise<void>) | undefined;
}

const MINUTE_MS = 60_000;
/** From here on each call waits, longer the less is left. */
const SLOW_FROM = 80;
const LONGEST_PAUSE_MS = 2000;
/** Meta counts an hour; what it told this long ago says little. */
const FRESH_MS = 10 * MINUTE_MS;
/** Messages and files have limits of their own, which the number's throughput sets. */
const FREE: readonly unknown[] = ["messages", "marketing_messages", "media", "calls"];

// for the life of a channel, in this process
const USAGES = new WeakMap<Transport, Map<string, Usage>>();

/** Whether a path is one of those that manage an account, and are counted. */
export function isManaging([, edge]: readonly string[]): boolean {
  return !FREE.includes(edge);
}

/**
 * Keeps what `X-Business-Use-Case-Usage` tells of each account, and `X-App-Usage` of all that the app asks; of the latter no header tells when access is regained.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function noteUsage(transport: Transport, appId: string | undefined, headers: Headers, clock: () => number): void {
  const [ofAccounts, ofApp] = ["x-business-use-case-usage", "x-app-usage"].map((name) => asRecord(parsed(headers.get(name) ?? "")));
  if (ofAccounts === undefined && ofApp === undefined) return;
  const now = clock();
  const known = USAGES.get(transport) ?? new Map<string, Usage>();
  USAGES.set(transport, known);
  for (const [wabaId, uses] of Object.entries(ofAccounts ?? {})) known.set(keyOf({ appId, wabaId }), readUsage(asList(uses), now));
  if (ofApp !== undefined) known.set(keyOf({ appId, wabaId: "" }), readUsage([ofApp], now));
}

function readUsage(uses: readonly unknown[], now: number): Usage {
  const each = uses.map((use) => asRecord(use) ?? {});
  const most = (...names: readonly string[]): number =>
    Math.max(0, ...each.flatMap((use) => names.map((name) => asNumber(use[name]) ?? 0)));
  const until = now + most("estimated_time_to_regain_access") * MINUTE_MS;
  return { percent: most("call_count", "total_cputime", "total_time"), toldAt: now, until };
}

/**
 * Waits before a call that manages an account, two seconds at most, while much of its hour is used up. Rejects with `rate_limited` and its wait once Meta has
 * told when access is regained: each call before would be refused.
 */
export async function keepPace(transport: Transport, paced: Paced, { now, pause }: PaceClock): Promise<void> {
  const known = USAGES.get(transport);
  const [account, app] = [known?.get(keyOf(paced)), known?.get(keyOf({ ...paced, wabaId: "" }))];
  const at = now();
  if (account !== undefined && account.until > at) {
    const retryAfterMs = account.until - at;
    const detail = `the calls that manage WhatsApp account ${paced.wabaId} are used up; Meta takes more in ${Math.ceil(retryAfterMs / MINUTE_MS)} minutes`;
    throw new WadeskError("rate_limited", { detail, retryAfterMs, vendor: { vendor: "meta" } });
  }
  const fresh = [account, app].flatMap((usage) => (usage === undefined || at - usage.toldAt > FRESH_MS ? [] : [usage.percent]));
  const percent = Math.max(0, ...fresh);
  if (percent < SLOW_FROM) return;
  const share = Math.min(1, (percent - SLOW_FROM) / (100 - SLOW_FROM));
  await pause?.(Math.ceil(share * LONGEST_PAUSE_MS));
}

function keyOf({ appId = "", wabaId }: Paced): string {
  return `${appId}/${wabaId}`;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
