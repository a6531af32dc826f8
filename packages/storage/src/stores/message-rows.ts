import type { FailureData, MessageRow, MessageStatus } from "@wadesk/core";
import { climbs, type SendReceipt } from "@wadesk/core/ports";

/** A message and where its ladder stands, as their tables keep them. */
export interface StoredMessage {
  readonly id: string;
  readonly created_at: number | string;
  readonly data: string;
  readonly receipt: string | null;
  readonly waiting: number;
  /** Of the standing, where the vendor has reported one. */
  readonly status: MessageStatus | null;
  readonly at: number | string | null;
  readonly failure: string | null;
}

const LADDER: readonly MessageStatus[] = ["queued", "sent", "delivered", "read", "played", "failed"];

/** How high a status is; it only climbs. */
export function rankOf(status: MessageStatus): number {
  return LADDER.filter((other) => climbs(other, status)).length;
}

/** The message of a row, with the standing that was reported for it. */
export function toMessage({ data, receipt, waiting, status, at, failure }: StoredMessage): MessageRow {
  const { waiting: _, ...row } = JSON.parse(data) as MessageRow;
  return {
    ...row,
    ...(waiting === 1 && { waiting: true }),
    ...(receipt !== null && { receipt: JSON.parse(receipt) as SendReceipt }),
    ...(status !== null && { status, statusAt: Number(at) }),
    ...(failure !== null && { failure: JSON.parse(failure) as FailureData }),
  };
}
