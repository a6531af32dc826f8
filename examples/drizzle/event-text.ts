import type { OwnedEvent } from "@wadesk/core";
import { storableEvent } from "@wadesk/core/ports";
import { keyOf } from "./columns.ts";

/** What a row says of its event beside the event's own text. */
interface EventRow {
  readonly key: string;
  readonly orderKey: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly event: string | null;
}

/** An event as JSON. What JSON cannot say, or what is nested too deep, is in it as text, so that one strange event costs no other anything. */
export function textOf(event: OwnedEvent): string {
  try {
    return JSON.stringify(event);
  } catch {
    return JSON.stringify(storableEvent(event));
  }
}

/** Reads an event back. Of a text that was damaged, or put there by other hands, comes an unknown event without a route, with the text as `raw`. */
export function eventOf(row: EventRow): OwnedEvent {
  const { key, orderKey, workspaceId, connectionId } = row;
  const read = parsed(row.event ?? "");
  if (isEvent(read) && keyOf(read.key) === key && keyOf(read.orderKey) === orderKey) return read;
  const data = { field: "unreadable", raw: row.event };
  return { key, route: "", orderKey, type: "event.unknown", at: 0, workspaceId, connectionId, data };
}

/** Why an event died, as JSON, which keeps what PostgreSQL's texts cannot. */
export function reasonText(reason: string): string {
  return JSON.stringify(reason);
}

/** Reads such a reason back; as it stands where it was damaged. */
export function reasonOf(text: string | null): string {
  const reason = parsed(text ?? "");
  return typeof reason === "string" ? reason : (text ?? "");
}

function isEvent(value: unknown): value is OwnedEvent {
  if (typeof value !== "object" || value === null) return false;
  const { key, orderKey, data } = value as Record<string, unknown>;
  return typeof key === "string" && typeof orderKey === "string" && typeof data === "object" && data !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
