import type { InboundEvent } from "@wadesk/core/ports";
import { normalizeMeta } from "../inbound/normalize.ts";

/** The number that the values of {@link ofNumber} name. */
export const metadata = { display_phone_number: "15550001111", phone_number_id: "700100200" };

/** The events of one change of the account 800100. */
export function toldOf(field: string, value: unknown): readonly InboundEvent[] {
  return normalizeMeta({
    object: "whatsapp_business_account",
    entry: [{ id: "800100", time: 1_750_000_000, changes: [{ field, value }] }],
  });
}

/** The events of one change that names its number. */
export function ofNumber(field: string, value: object): readonly InboundEvent[] {
  return toldOf(field, { messaging_product: "whatsapp", metadata, ...value });
}
