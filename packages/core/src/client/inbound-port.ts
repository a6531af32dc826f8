import type { InboundEvent } from "../model/event.ts";
import type { Logger } from "../ports/runtime.ts";
import type { WebhookSource } from "../ports/webhook-source.ts";

/** One installed channel that a vendor calls in to. What it is asked with is had by `contextOf` alone. */
export interface InboundSource {
  readonly kind: string;
  readonly source: WebhookSource<unknown>;
}

/** Lets work go on after the answer, where the platform has such a thing. */
export interface Platform {
  waitUntil?(work: Promise<unknown>): void;
}

/** What a webhook handler needs of the client; `@wadesk/webhooks` is built on it. */
export interface InboundPort {
  readonly sources: readonly InboundSource[];
  readonly publicUrl: URL | undefined;
  readonly log: Logger;
  /**
   * Takes the events of one verified request. Rejects with `handler_unfinished` when they are not safe yet, so that the vendor delivers
   * them again, and with `storage_unavailable` when they could not be stored.
   */
  receive(kind: string, events: readonly InboundEvent[], platform?: Platform): Promise<void>;
}
