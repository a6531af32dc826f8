import { digestOf, type InboundEvent } from "@wadesk/core/ports";
import { asRecord, asText, type Wire } from "../wire/wire.ts";
import { namedIn } from "./address/named.ts";

/** Where a change came from: what all of its items share. */
export interface Source {
  readonly field: string;
  /** The number's route where the value names one; else a route that no connection has. */
  readonly route: string;
  /** `cloud-api:<WABA id>`: the one that the value names, else that of the entry around it. */
  readonly account: string;
  /** When Meta sent it, in milliseconds since the epoch; 0 when it does not say. */
  readonly at: number;
  /** Whether the value names a number by its id. */
  readonly ofNumber: boolean;
  /** The one number that the value names by its display form only, in E.164. */
  readonly phone?: string;
  /** Present when the value names several numbers or accounts, so that it can be nobody's. */
  readonly unclear?: true;
}

/** The route of a phone number. */
export function routeOf(phoneNumberId: string): string {
  return `cloud-api:${phoneNumberId}`;
}

/**
 * Reads the source of a change. `owner` and `at` come from the entry around it. `metadata` names the number where Meta sends it; elsewhere every name in
 * the value counts, since a fact about one number must not reach its neighbours on the account.
 */
export function readSource(field: string, value: Wire, owner: string, at: number): Source {
  const phoneNumberId = asText(asRecord(value.metadata)?.phone_number_id);
  if (phoneNumberId !== undefined) return { field, route: routeOf(phoneNumberId), account: owner, at, ofNumber: true };
  const { numbers, phones, accounts, people } = namedIn(value);
  const [number] = numbers;
  const [phone] = phones.values();
  const [wabaId] = accounts;
  const nobody = { field, route: owner, account: owner, at, ofNumber: false };
  if (numbers.size > 1 || phones.size > 1) return { ...nobody, unclear: true };
  if (number !== undefined) return { ...nobody, route: routeOf(number), ofNumber: true };
  if (accounts.size > 1 || (people && phone === undefined)) return { ...nobody, unclear: true };
  const account = wabaId === undefined ? owner : routeOf(wabaId);
  return { ...nobody, route: account, account, ...(phone !== undefined && { phone }) };
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
 * Addresses a fact that belongs to the whole account, e.g. a ban. Every workspace with a number on it learns of it, unless the value names the one
 * number that it is about.
 */
export function ofAccount(source: Source, item: unknown): Unnamed {
  if (source.ofNumber) return ofNumber(source, item);
  const { account, phone } = source;
  const address = { key: keyOf(account, source, item), route: account, scope: "account", orderKey: `${account}|${source.field}` } as const;
  return phone === undefined ? address : { ...address, phone };
}

/**
 * Addresses a fact about one number that carries no id. Where Meta names no number the route is one that nobody has: what may
 * concern one tenant must not reach its neighbours on the same account.
 */
export function ofNumber(source: Source, item: unknown): Unnamed {
  if (!source.ofNumber && source.phone !== undefined) return ofAccount(source, item);
  return nobodys(source, item);
}

/** Addresses what nobody may be handed: with a source that names no number, its route is one that no connection has. */
function nobodys(source: Source, item: unknown): Unnamed {
  return { key: keyOf(source.route, source, item), route: source.route, orderKey: `${source.route}|${source.field}` };
}

/** Something that this version has no word for. */
export function unknownEvent(source: Source, raw: unknown, scope: "account" | "number"): InboundEvent {
  const address = scope === "account" && source.unclear !== true ? ofAccount(source, raw) : ofNumber(source, raw);
  return { ...address, type: "event.unknown", at: source.at, data: { field: source.field, raw } };
}

// the time is part of it: the same fact may come true twice, e.g. a quality that drops, recovers and drops again
function keyOf(route: string, source: Source, item: unknown): string {
  return `${route}|${source.field}||${digestOf([source.at, item])}`;
}
