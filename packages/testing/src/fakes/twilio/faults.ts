import type { FaultList } from "../stage/fault-list.ts";
import type { FileFault } from "../stage/file-faults.ts";
import type { WebhookFault } from "../stage/webhook-shaping.ts";
import type { TwilioOperationName } from "./api/operation.ts";

/** What goes wrong with a call of Twilio's APIs. */
export type TwilioCallFault =
  /** 20003 and 401, as if the token were wrong. */
  | { readonly kind: "credentials_rejected" }
  /** 20429 and 429. Twilio says no wait; with `waitMs` the answer carries `Retry-After` in seconds. */
  | {
      readonly kind: "rate_limited";
      /** Milliseconds; no wait is told where absent. */
      readonly waitMs?: number;
    }
  /** Any other of Twilio's errors, at once. */
  | {
      readonly kind: "refused";
      /** Twilio's, e.g. 63007; its own wording comes with one that the fake knows. */
      readonly code: number;
      /** The HTTP status; what Twilio gives the code where absent. */
      readonly status?: number;
      /** Twilio's own words for the code where absent. */
      readonly message?: string;
    }
  /** The connection breaks before the call is accepted: nothing happened. */
  | { readonly kind: "connection_dropped" }
  /** The call is accepted, and the connection breaks before the answer. */
  | { readonly kind: "answer_lost" }
  /** 500 with 20500, or another status; with Twilio's envelope unless `envelope` is false, then with HTML. */
  | {
      readonly kind: "server_error";
      /** The HTTP status; 500 where absent. */
      readonly status?: number;
      /** True where absent. */
      readonly envelope?: boolean;
    }
  /** The answer waits, by the fake's clock. */
  | {
      readonly kind: "slow_answer";
      /** Milliseconds. */
      readonly byMs: number;
    };

/** What becomes of a message that was accepted. */
export type TwilioMessageFault =
  /** This code instead of the ladder, e.g. 63018; `failed` or `undelivered` as Twilio does with the code unless `status` says. */
  | {
      readonly kind: "failed_status";
      /** Twilio's, in `ErrorCode` of the callback. */
      readonly code: number;
      /** What Twilio reports with the code where absent. */
      readonly status?: "failed" | "undelivered";
    }
  /** Statuses arrive before the answer to the call; with a pace of 0, all of them. */
  | { readonly kind: "status_before_answer" };

/** A fault on request. It strikes once, or as often as `times` says; `operation` narrows it to one operation. */
export type TwilioFault = (
  | TwilioCallFault
  | TwilioMessageFault
  | FileFault
  | Exclude<WebhookFault, { readonly kind: "webhooks_batched" }>
) & {
  /** Once where absent; webhooks are held until the fault ends. */
  readonly times?: number;
  /** A call by its method and path in Twilio's specification; where absent, the first that comes. */
  readonly operation?: TwilioOperationName;
};

/** The faults that are waiting to strike. */
export type TwilioFaults = FaultList<TwilioFault>;
