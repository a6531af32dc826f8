import type { OwnedEvent } from "@wadesk/core";
import { storableEvent } from "@wadesk/core/ports";
import { keyText } from "../sql/key-text.ts";
import { laneOf } from "./claim/lane.ts";

/** An event on its way into the inbox. */
export interface EventRow {
  readonly event: OwnedEvent;
  /** As it is stored. */
  readonly key: string;
  readonly orderKey: string;
  /** The order key of what names the same contact by the phone alone, where the event says it. */
  readonly behind?: string;
  /** A JSON array: key, workspace, connection, order key, type, the event as a JSON text, the numbers of workspace and connection, and what it is behind. */
  readonly item: string;
}

/** Encodes an event by itself, so that one that cannot be stored as it is costs no other anything. */
export function rowOf(event: OwnedEvent): EventRow {
  const [key, workspace, connection, orderKey, type] = [event.key, event.workspaceId, event.connectionId, event.orderKey, event.type].map(
    keyText,
  ) as [string, string, string, string, string];
  const parts = [key, workspace, connection, orderKey, type, textOf(event), laneOf(workspace), laneOf(connection)];
  const behind = behindOf(event);
  if (behind !== undefined) parts.push(behind);
  return { event, key, orderKey, item: JSON.stringify(parts), ...(behind !== undefined && { behind }) };
}

/** The row of an event that came by the phone alone, under the name that its contact has by now. */
export function renamed({ event }: EventRow, orderKey: string): EventRow {
  return rowOf({ ...event, orderKey, phoneOrderKey: event.orderKey });
}

// an awkward one keeps to itself: the database could not write its name into the event's text
function behindOf({ orderKey, phoneOrderKey }: OwnedEvent): string | undefined {
  const isPlain = (text: string): boolean => keyText(text) === text && JSON.stringify(text) === `"${text}"`;
  if (phoneOrderKey === undefined || phoneOrderKey === orderKey) return undefined;
  return isPlain(phoneOrderKey) && isPlain(orderKey) ? phoneOrderKey : undefined;
}

function textOf(event: OwnedEvent): string {
  try {
    return JSON.stringify(event);
  } catch {
    return JSON.stringify(storableEvent(event));
  }
}

/** What is known of an event beside its text: texts as they are stored. */
export interface EventPlace {
  readonly key: string;
  readonly order_key: string;
  readonly workspace_id: string;
  readonly connection_id: string;
  readonly event: string | null;
}

/** Reads an event back; nothing where its text was damaged, or is another event's. */
export function eventIn(row: Pick<EventPlace, "key" | "order_key" | "event">): OwnedEvent | undefined {
  const event = parsed(row.event ?? "");
  if (typeof event !== "object" || event === null) return undefined;
  const { key, orderKey, workspaceId, connectionId, type, data } = event as Partial<Record<keyof OwnedEvent, unknown>>;
  const texts = [key, orderKey, workspaceId, connectionId, type].every((each) => typeof each === "string");
  if (!texts || typeof data !== "object" || data === null) return undefined;
  // what is not found under its own keys could never be completed
  return isStoredAs(key as string, row.key) && isStoredAs(orderKey as string, row.order_key) ? (event as OwnedEvent) : undefined;
}

function isStoredAs(text: string, stored: string): boolean {
  return text === stored || keyText(text) === stored;
}

/** Reads an event back; where its text was damaged, an unknown event that says so and has the text as `raw`. */
export function eventOf(row: EventPlace): OwnedEvent {
  return (
    eventIn(row) ?? {
      key: row.key,
      route: "",
      orderKey: row.order_key,
      type: "event.unknown",
      at: 0,
      workspaceId: row.workspace_id,
      connectionId: row.connection_id,
      data: { field: "unreadable", raw: row.event ?? "" },
    }
  );
}

/** Why an event was given up whose text was damaged. */
export const UNREADABLE = "what is stored of this event cannot be read: its row was damaged or changed by other hands";

/** A text that was stored as JSON; as it stands where that was damaged. */
export function textIn(json: string | null): string {
  const text = parsed(json ?? "");
  return typeof text === "string" ? text : (json ?? "");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Milliseconds as they are stored: whole, rounded up, never before the epoch, and 0 for what is no number. */
export function wholeMs(time: number): number {
  return Math.min(Math.max(Math.ceil(time), 0) || 0, Number.MAX_SAFE_INTEGER);
}

/** Rows for `words.each`. */
export function listOf(rows: Iterable<readonly (string | number | undefined)[]>): string {
  return JSON.stringify([...rows]);
}
