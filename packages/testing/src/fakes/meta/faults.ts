import type { FaultList } from "../stage/fault-list.ts";
import type { FileFault } from "../stage/file-faults.ts";
import type { WebhookFault } from "../stage/webhook-shaping.ts";
import type { OperationName } from "./graph/operation.ts";
import type { EXCHANGE } from "./signup/exchange-code.ts";

/** What goes wrong with a call of the Graph API. */
export type CallFault =
  /** 190 and 401; the subcode is 463 where none is given. */
  | {
      readonly kind: "expired_token";
      /** 463, an expired token, where absent; 460, 467 and 458 are others. */
      readonly subcode?: number;
    }
  /** 10 or 200 and 403, as if the token lacked the operation's scope. */
  | { readonly kind: "missing_scope" }
  /** 400 with 80007, 130429 or 4. The wait is told in minutes in `X-Business-Use-Case-Usage` and in seconds in `Retry-After`. */
  | {
      readonly kind: "rate_limited";
      /** 80007 where absent. */
      readonly code?: number;
      /** Milliseconds; a minute where absent. */
      readonly waitMs?: number;
    }
  /** Any other of Meta's errors, at once, e.g. 131056. */
  | {
      readonly kind: "refused";
      /** Meta's; its own wording comes with one that the fake knows. */
      readonly code: number;
      /** The HTTP status; what Meta gives the code where absent, else 400. */
      readonly status?: number;
      /** Left out where absent. */
      readonly subcode?: number;
      /** What stands in `error_data.details`; left out where absent. */
      readonly details?: string;
    }
  /** The connection breaks before the call is accepted: nothing happened. */
  | { readonly kind: "connection_dropped" }
  /** The call is accepted, and the connection breaks before the answer. */
  | { readonly kind: "answer_lost" }
  /** 500, or another status; with Meta's envelope unless `envelope` is false, then with HTML. */
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
export type MessageFault =
  /** A failed status with this code instead of the ladder, e.g. 131047 or 131026. */
  | {
      readonly kind: "failed_status";
      /** Meta's, in the `errors` of the status. */
      readonly code: number;
      /** What stands in `error_data.details`; Meta's own words for the code where absent. */
      readonly details?: string;
    }
  /** Statuses arrive before the answer to the call; with a pace of 0, all of them. */
  | { readonly kind: "status_before_answer" };

/** What is wrong with what Meta says of a file: another size than it has. */
export type DescriptionFault = {
  readonly kind: "file_size";
  /** What Meta gives as the size, whatever the file has. */
  readonly bytes: number;
};

/** A fault on request. It strikes once, or as often as `times` says; `operation` narrows it to one operation. */
export type MetaFault = (CallFault | MessageFault | WebhookFault | FileFault | DescriptionFault) & {
  /** Once where absent; webhooks are held until the fault ends. */
  readonly times?: number;
  /** A call by its method and path, e.g. `POST /{Phone-Number-ID}/messages`; where absent, the first that comes. */
  readonly operation?: OperationName | typeof EXCHANGE;
};

/** The faults that are waiting to strike. */
export type Faults = FaultList<MetaFault>;
