import type { OperationName } from "../meta-graph/operation.ts";

/** What goes wrong with a call of the Graph API. */
export type CallFault =
  /** 190 and 401; the subcode is 463 where none is given. */
  | { readonly kind: "expired_token"; readonly subcode?: number }
  /** 10 or 200 and 403, as if the token lacked the operation's scope. */
  | { readonly kind: "missing_scope" }
  /** 429 with 80007, 130429 or 4. The wait is told in minutes in `X-Business-Use-Case-Usage` and in seconds in `Retry-After`. */
  | { readonly kind: "rate_limited"; readonly code?: number; readonly waitMs?: number }
  /** Any other of Meta's errors, at once, e.g. 131056. */
  | { readonly kind: "refused"; readonly code: number; readonly status?: number; readonly subcode?: number; readonly details?: string }
  /** The connection breaks before the call is accepted: nothing happened. */
  | { readonly kind: "connection_dropped" }
  /** The call is accepted, and the connection breaks before the answer. */
  | { readonly kind: "answer_lost" }
  /** 500, or another status; with Meta's envelope unless `envelope` is false, then with HTML. */
  | { readonly kind: "server_error"; readonly status?: number; readonly envelope?: boolean }
  /** The answer waits, by the fake's clock. */
  | { readonly kind: "slow_answer"; readonly byMs: number };

/** What becomes of a message that was accepted. */
export type MessageFault =
  /** A failed status with this code instead of the ladder, e.g. 131047 or 131026. */
  | { readonly kind: "failed_status"; readonly code: number; readonly details?: string }
  /** Statuses arrive before the answer to the call; with a pace of 0, all of them. */
  | { readonly kind: "status_before_answer" };

/** What goes wrong with webhooks on their way to the host. */
export type WebhookFault =
  /** The same webhook several times at once; twice where `copies` is absent. */
  | { readonly kind: "webhooks_duplicated"; readonly copies?: number }
  /** As many webhooks as `count` (two where absent) are gathered and come last first. */
  | { readonly kind: "webhooks_reordered"; readonly count?: number }
  /** As many webhooks as `count` (two where absent) are gathered and come as one request. */
  | { readonly kind: "webhooks_batched"; readonly count?: number }
  /** Webhooks wait until the fault ends. */
  | { readonly kind: "webhooks_held" };

/** A fault on request. It strikes once, or as often as `times` says; `operation` narrows it to one operation. */
export type MetaFault = (CallFault | MessageFault | WebhookFault) & { readonly times?: number; readonly operation?: OperationName };

/** A fault that was asked for. */
export interface FaultHandle {
  /** Ends it early; what it held or gathered goes out in order. */
  end(): void;
  /** Whether it has struck as often as it was to. */
  readonly spent: boolean;
}

type Kind = MetaFault["kind"];
type FaultOf<Each extends Kind> = Extract<MetaFault, { readonly kind: Each }>;

/** The faults that are waiting to strike. */
export interface Faults {
  add(fault: MetaFault, whenEnded?: () => void): FaultHandle;
  /** The first waiting fault of these kinds, counted as struck. */
  take<Each extends Kind>(kinds: readonly Each[], operation?: OperationName | "unknown"): FaultOf<Each> | undefined;
}

/** Keeps faults in the order they were asked for. */
export function faultList(): Faults {
  const waiting: { readonly fault: MetaFault; left: number }[] = [];
  return {
    add: (fault, whenEnded) => {
      // what is held stays held until the test ends it
      const entry = { fault, left: fault.times ?? (fault.kind === "webhooks_held" ? Number.POSITIVE_INFINITY : 1) };
      waiting.push(entry);
      return {
        end: () => {
          entry.left = 0;
          whenEnded?.();
        },
        get spent() {
          return entry.left <= 0;
        },
      };
    },
    take: (kinds, operation) => {
      const found = waiting.find(
        ({ fault, left }) =>
          left > 0 && (kinds as readonly Kind[]).includes(fault.kind) && (fault.operation === undefined || fault.operation === operation),
      );
      if (!found) return undefined;
      found.left -= 1;
      return found.fault as FaultOf<(typeof kinds)[number]>;
    },
  };
}
