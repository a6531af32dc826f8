import { WadeskError } from "@wadesk/core";
import type { InboundEvent, InboundPort, RawRequest, WebhookSource } from "@wadesk/core/ports";
import type { Refusals } from "./refusals.ts";

/** What becomes of a genuine webhook that is older, by its own time, than what is remembered. */
export type Expired = "take" | "refuse";

/** One webhook that was verified and read. */
interface Arrived {
  readonly kind: string;
  readonly source: WebhookSource<unknown>;
  readonly raw: RawRequest;
  readonly events: readonly InboundEvent[];
}

/**
 * Notices a webhook that the inbox would not recognise any more: everything in it is older than completed events are remembered, and than the vendor
 * delivers again. It is counted, and told of once an hour. Throws `webhook_expired` where such are refused.
 */
export function noticeReplay({ kind, source, raw, events }: Arrived, inbound: InboundPort, refusals: Refusals, expired: Expired): void {
  const { redelivery } = source;
  if (redelivery === undefined || events.length === 0) return;
  const oldest = inbound.clock.now() - Math.max(redelivery.forMs, inbound.retentionMs);
  // one recent item, or one without a time, and the whole webhook may be as recent: what is old in it is history
  if (!events.every(({ at }) => at > 0 && at < oldest)) return;
  const madeAt = redelivery.madeAt(raw) ?? events.reduce((latest, { at }) => Math.max(latest, at), 0);
  if (madeAt >= oldest) return;
  const error = new WadeskError("webhook_expired");
  refusals.log.warn({ code: error.code, kind, madeAt: new Date(madeAt).toISOString(), expired }, error.message);
  if (expired === "refuse") throw error;
  refusals.expired();
}
