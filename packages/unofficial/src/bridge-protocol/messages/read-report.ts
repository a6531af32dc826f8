import { WadeskError } from "@wadesk/core";
import { EVENT_TYPES } from "./event-types.ts";
import type { BridgedNumber } from "./calls.ts";
import { type BridgeReport, MOST_REPORTED, type ReportedEvent } from "./reports.ts";

/** Reads a report whose sender is known. Throws `body_invalid` for what a bridge does not send. An event of a type that is not known here is an `event.unknown`. */
export function readReport(body: Uint8Array): BridgeReport {
  const report = parsed(body);
  if (isList(report.events)) return { events: report.events.map((event) => readEvent(event)) };
  if (isList(report.numbers) && report.numbers.every(isNumber)) return { numbers: report.numbers };
  throw invalid();
}

function parsed(body: Uint8Array): { readonly events?: unknown; readonly numbers?: unknown } {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // as any other that is none
  }
  throw invalid();
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= MOST_REPORTED;
}

function readEvent(value: unknown): ReportedEvent {
  const event = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof ReportedEvent, unknown>>;
  const { key, route, orderKey, phoneOrderKey, type, at, data } = event;
  const texts = [key, route, orderKey, type, phoneOrderKey ?? ""];
  if (!texts.every((text) => typeof text === "string") || !Number.isFinite(at) || typeof data !== "object" || data === null)
    throw invalid();
  // under the name of another number's an event would stand in its place, and in its order before it
  if (![key, orderKey, phoneOrderKey ?? key].every((text) => (text as string).startsWith(`${route}|`))) throw invalid();
  const place = { key, route, orderKey, ...(phoneOrderKey !== undefined && { phoneOrderKey }), at };
  const known = EVENT_TYPES.has(type as string) ? { type, data } : { type: "event.unknown", data: { field: type, raw: data } };
  // the secret that signed it is trusted as a channel in this process is
  return { ...place, ...known } as unknown as ReportedEvent;
}

function isNumber(value: unknown): value is BridgedNumber {
  if (typeof value !== "object" || value === null) return false;
  const { route, status, seenMsAgo, details, facts, warnings } = value as Partial<Record<keyof BridgedNumber, unknown>>;
  if (typeof route !== "string" || !Number.isFinite(seenMsAgo) || !Array.isArray(warnings) || !isStatus(status)) return false;
  return typeof details === "object" && (facts === undefined || (typeof facts === "object" && facts !== null));
}

function isStatus(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { state, reason, restriction } = value as Partial<Record<"state" | "reason" | "restriction", unknown>>;
  const isRestriction = restriction === undefined || (typeof restriction === "object" && restriction !== null);
  return typeof state === "string" && (state === "connected" || typeof reason === "string") && isRestriction;
}

function invalid(): WadeskError {
  return new WadeskError("body_invalid", { detail: "no report of a bridge; install the same release of @wadesk/unofficial on both sides" });
}
