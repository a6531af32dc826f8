import type { LimitOptions } from "@wadesk/unofficial";

/** Limits of pace that no test or measurement meets: 1000000 of each. What the defaults are is held by `number-pace.test.ts` of the channel. */
export const AMPLE_PACE: Required<LimitOptions> = {
  messagesPerMinute: 1_000_000,
  messagesPerHour: 1_000_000,
  messagesPerDay: 1_000_000,
  newChatsPerDay: 1_000_000,
};
