import type { ErrorCode } from "../errors/error-table.ts";

/** What a fact says about the health of the connection it concerns. */
export type HealthFact =
  | {
      readonly type: "alive";
      /** Nothing limits it any more either. */
      readonly unrestricted?: true;
    }
  | { readonly type: "closed"; readonly reason: "unlinked" | "phone_inactive" | "connection_lost" | "replaced" }
  | { readonly type: "failed"; readonly code: ErrorCode }
  | { readonly type: "restricted"; readonly reason: string; readonly until?: number }
  | { readonly type: "unrestricted" };
