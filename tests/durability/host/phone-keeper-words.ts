import type { DatabasePlan } from "./plan.ts";

/** What a process that keeps phones linked is told when it starts. */
export interface PhoneKeeperPlan {
  readonly database: DatabasePlan;
  readonly webSocketUrl: string;
  /** The server's, in hexadecimal digits. */
  readonly rootKey: string;
}

/** What it is told to do, as a line of JSON. */
export type PhoneKeeperOrder =
  | { readonly order: "link"; readonly phone: string }
  | { readonly order: "send"; readonly to: string; readonly words: string }
  | { readonly order: "stop" };

/** What it tells, as a line of JSON. */
export type PhoneKeeperNews =
  | { readonly news: "ready" }
  | { readonly news: "qr"; readonly text: string }
  | { readonly news: "linked"; readonly id: string }
  | { readonly news: "status"; readonly status: string }
  | { readonly news: "received"; readonly words: string }
  | { readonly news: "sent"; readonly words: string }
  | { readonly news: "refused"; readonly order: PhoneKeeperOrder; readonly code: string }
  | { readonly news: "stopped" };
