import type { ErrorCode } from "../errors/error-table.ts";

/** What a fact says about the health of the connection it concerns. */
export type HealthFact =
  | {
      readonly type: "alive";
      /** Nothing limits it any more either. */
      readonly unrestricted?: true;
    }
  | {
      readonly type: "closed";
      /** Why. */
      readonly reason: "unlinked" | "phone_inactive" | "connection_lost" | "replaced";
    }
  | {
      readonly type: "failed";
      /** Why it cannot work. */
      readonly code: ErrorCode;
    }
  | {
      readonly type: "restricted";
      /** Why. */
      readonly reason: string;
      /** Milliseconds since the epoch; absent where no end is named. */
      readonly until?: number;
    }
  | { readonly type: "unrestricted" };
