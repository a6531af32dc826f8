import type { OwnedEvent } from "@wadesk/core";
import { keyText } from "../sql/key-text.ts";

/** An event on its way into the inbox. */
export interface EventRow {
  readonly event: OwnedEvent;
  /** As it is stored. */
  readonly key: string;
  /** A JSON array: key, workspace, connection, order key, type, and the event as a JSON text. */
  readonly item: string;
}

/** Encodes an event by itself, so that one that cannot be stored fails alone. */
export function rowOf(event: OwnedEvent): EventRow {
  const key = keyText(event.key);
  const texts = [event.workspaceId, event.connectionId, event.orderKey, event.type].map(keyText);
  return { event, key, item: JSON.stringify([key, ...texts, JSON.stringify(event)]) };
}

/** Reads an event back. */
export function eventOf(text: string): OwnedEvent {
  return JSON.parse(text) as OwnedEvent;
}

/** Milliseconds as they are stored: whole, rounded up, never before the epoch, and 0 for what is no number. */
export function wholeMs(time: number): number {
  return Math.min(Math.max(Math.ceil(time), 0) || 0, Number.MAX_SAFE_INTEGER);
}

/** Rows for `words.each`. */
export function listOf(rows: Iterable<readonly (string | number | undefined)[]>): string {
  return JSON.stringify([...rows]);
}
