import type { SocketConfig } from "../baileys/baileys.ts";
import { boundedCache } from "./bounded-cache.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What one session keeps in memory from one client to the next. */
export type SessionCaches = Required<
  Pick<SocketConfig, "userDevicesCache" | "msgRetryCounterCache" | "placeholderResendCache" | "callOfferCache">
>;

/**
 * Makes those of one session. Devices of people are told of when they change; without what is known of them each message to somebody would cost a request and
 * a new Signal session after five minutes, and tries of a message that cannot be read would begin anew with each client.
 */
export function sessionCaches(now: () => number): SessionCaches {
  return {
    userDevicesCache: boundedCache({ most: 5000, lifeMs: 12 * HOUR_MS, now }),
    msgRetryCounterCache: boundedCache({ most: 10_000, lifeMs: HOUR_MS, now }),
    placeholderResendCache: boundedCache({ most: 1000, lifeMs: HOUR_MS, now }),
    callOfferCache: boundedCache({ most: 1000, lifeMs: 5 * MINUTE_MS, now }),
  };
}
