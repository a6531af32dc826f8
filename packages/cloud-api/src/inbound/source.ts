import type { InboundEvent } from "@wadesk/core";
import { readPhone } from "./contact.ts";
import { digestOf } from "./digest.ts";
import { asRecord, asText, type Wire } from "./wire.ts";

/** Where a change came from: what all of its items share. */
export interface Source {
  readonly field: string;
  /** The number's route where the value names one; else a route that no connection has. */
  readonly route: string;
  /** `cloud-api:<WABA id>`. */
  readonly account: string;
  /** When Meta sent it, in milliseconds since the epoch; 0 when it does not say. */
  readonly at: number;
  /** Whether the value names a number. */
  readonly ofNumber: boolean;
}

/** The route of a phone number. */
export function routeOf(phoneNumberId: string): string {
  return `cloud-api:${phoneNumberId}`;
}

/** Reads the source of a change. `account` and `at` come from the entry around it. */
export function readSource(field: string, value: Wire, account: string, at: number): Source {
  const named = asRecord(value.metadata) ?? asRecord(value.recipient) ?? asRecord(value.phone_number_settings);
  const phoneNumberId = asText(named?.phone_number_id);
  return phoneNumberId === undefined
    ? { field, route: account, account, at, ofNumber: false }
    : { field, route: routeOf(phoneNumberId), account, at, ofNumber: true };
}

/** What an event without an id of its own is addressed with: a digest of what it says and of when it was said. */
export interface Unnamed {
  readonly key: string;
  readonly route: string;
  readonly orderKey: string;
  readonly scope?: "account";
  readonly phone?: string;
}

/**
 * Addresses a fact that belongs to the whole account, e.g. a ban. Every workspace with a number on it learns of it, unless Meta names the one
 * number that it is about, which it does by the number's display form and not by its id.
 */
export function ofAccount(source: Source, item: unknown, account: string = source.account): Unnamed {
  const value = asRecord(item);
  const phone = readPhone(value?.display_phone_number) ?? readPhone(value?.phone_number);
  const address = { key: keyOf(account, source, item), route: account, scope: "account", orderKey: `${account}|${source.field}` } as const;
  return phone === undefined ? address : { ...address, phone };
}

/**
 * Addresses a fact about one number that carries no id. Where Meta names no number the route is one that nobody has: what may
 * concern one tenant must not reach its neighbours on the same account.
 */
export function ofNumber(source: Source, item: unknown): Unnamed {
  return { key: keyOf(source.route, source, item), route: source.route, orderKey: `${source.route}|${source.field}` };
}

/** Something that this version has no word for. */
export function unknownEvent(source: Source, raw: unknown, scope: "account" | "number"): InboundEvent {
  const address = scope === "account" && !source.ofNumber ? ofAccount(source, raw) : ofNumber(source, raw);
  return { ...address, type: "event.unknown", at: source.at, data: { field: source.field, raw } };
}

// the time is part of it: the same fact may come true twice, e.g. a quality that drops, recovers and drops again
function keyOf(route: string, source: Source, item: unknown): string {
  return `${route}|${source.field}||${digestOf([source.at, item])}`;
}
