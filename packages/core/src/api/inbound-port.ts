import type { InboundEvent } from "../model/event.ts";
import type { Logger } from "../ports/runtime.ts";
import type { ReportedStanding, StrayNumber, ToldOnce, WebhookSource } from "../ports/webhook-source.ts";
import type { Clock } from "../time/clock.ts";

/** One installed channel that a vendor calls in to. What it is asked with is had by `contextOf` alone. */
export interface InboundSource {
  /** The channel's kind. */
  readonly kind: string;
  /** The channel's side of it. */
  readonly source: WebhookSource<unknown>;
}

/** Lets work go on after the answer, where the platform has such a thing. */
export interface Platform {
  /** Keeps the process until the work is done, as on Workers and Vercel. */
  waitUntil?(work: Promise<unknown>): void;
}

/** How many items of verified webhooks were handed to nobody, by the reason. Each is in the log, too. */
export interface PassedOver {
  /** They name a number or account that no connection has, or nothing that is known. */
  readonly unowned: number;
  /** They name a connection that another app or account speaks for than the one that signed, or whose number was taken away. */
  readonly unspoken: number;
}

/** What a webhook handler needs of the client; `@wadesk/webhooks` is built on it. */
export interface InboundPort {
  /** Every installed channel that its vendor calls. */
  readonly sources: readonly InboundSource[];
  /** Without credentials and query, which whoever has the client may not see; what has them is the context of a source, by `contextOf`. */
  readonly publicUrl: URL | undefined;
  /** The public URL as it was written, for a port that somebody makes; the client's own leaves it to the context of its sources. */
  readonly publicAddress?: string | undefined;
  /** How long completed events are remembered, in milliseconds. */
  readonly retentionMs: number;
  /** Time and timers. */
  readonly clock: Clock;
  /** Where is said what was refused, and why. */
  readonly log: Logger;
  /**
   * Takes the events of one verified request. Rejects with `handler_unfinished` when they are not safe yet, so that the vendor delivers
   * them again, and with `storage_unavailable` when they could not be stored. `speaker` is whose secret verified the request: only its own
   * connections hear it, and without one only those that nobody speaks for.
   */
  receive(kind: string, events: readonly InboundEvent[], platform?: Platform, speaker?: string): Promise<void>;
  /**
   * Keeps how numbers are, as one verified request says, and answers those that nobody uses. `speaker` as above; what is told `once` and was told before is passed
   * over. Absent where nobody keeps it.
   */
  stand?(kind: string, standings: readonly ReportedStanding[], speaker?: string, once?: ToldOnce): Promise<readonly StrayNumber[]>;
  /** What verified requests held and nobody was handed, since this client was made. */
  passedOver(): PassedOver;
}
