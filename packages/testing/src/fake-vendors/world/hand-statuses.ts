import { mayFollow } from "../../fakes/stage/status-order.ts";
import type { HandStatus } from "./vendor.ts";

const BY_HAND: readonly HandStatus[] = ["delivered", "read", "failed"];

/** What a person can still do to a message of this status. */
export function handStatuses(current: string): readonly HandStatus[] {
  return BY_HAND.filter((status) => mayFollow(current, status));
}
