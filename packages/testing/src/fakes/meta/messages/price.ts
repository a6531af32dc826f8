import type { ContactState, MetaState, NumberState } from "../state.ts";

/** What a message costs, in Meta's words. */
export interface Price {
  readonly billable: boolean;
  readonly category: string;
  readonly type: "regular" | "free_customer_service" | "free_entry_point";
}

const DAY_MS = 24 * 3_600_000;
const ENTRY_MS = 3 * DAY_MS;

/**
 * Counts a message that goes out, as Meta prices it since October 2026: a number's first service messages of a month are free, every template
 * costs, inside the window too, and for 72 hours after an answer to somebody who came by an ad nothing does. Without a category it is a
 * service message.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
 */
export function charge(state: MetaState, number: NumberState, contact: ContactState | undefined, category: string | undefined): Price {
  const now = state.clock.now();
  if (contact && cameByAd(number, contact, now)) return { billable: false, category: "referral_conversion", type: "free_entry_point" };
  if (category !== undefined) return { billable: true, category, type: "regular" };
  const month = new Date(now).toISOString().slice(0, 7);
  const sent = number.services.get(month) ?? 0;
  number.services.set(month, sent + 1);
  return sent < number.freeServiceMessages
    ? { billable: false, category: "service", type: "free_customer_service" }
    : { billable: true, category: "service", type: "regular" };
}

// an answer within a day opens the entry
function cameByAd({ id }: NumberState, { entries }: ContactState, now: number): boolean {
  const entry = entries.get(id);
  if (!entry) return false;
  if (entry.answeredAt === undefined && now - entry.at < DAY_MS) entry.answeredAt = now;
  return entry.answeredAt !== undefined && now - entry.answeredAt < ENTRY_MS;
}
