import type { FaultList } from "../../fakes/stage/fault-list.ts";

/** What can go wrong on purpose. `operation` is a kind of request, `<xmlns>:<type>:<child>`, such as `encrypt:get:count`. */
export type WhatsAppWebFault =
  /** A request that is never answered. */
  | { readonly kind: "request_unanswered"; readonly operation?: string; readonly times?: number }
  /** A request that is answered with an error. */
  | {
      readonly kind: "request_refused";
      readonly operation?: string;
      readonly code: number;
      readonly text?: string;
      readonly times?: number;
    }
  /** A login that meets `<failure reason=code>`, with further attributes where given. */
  | {
      readonly kind: "login_refused";
      readonly operation?: string;
      readonly code: number;
      readonly attributes?: Readonly<Record<string, string>>;
      readonly times?: number;
    }
  /** A message of a client that is answered with an error, 463 or 479 for instance, and goes nowhere. */
  | { readonly kind: "message_refused"; readonly operation?: string; readonly code: number; readonly times?: number };

/** The faults that wait to strike. */
export type WhatsAppWebFaults = FaultList<WhatsAppWebFault>;
