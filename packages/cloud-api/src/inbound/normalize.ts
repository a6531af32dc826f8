import { WadeskError } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { asList, asRecord, asText, asTime, type Wire } from "../wire/wire.ts";
import { partsOf } from "./address/named.ts";
import { readConversions, readTrackingEvents, readUserActions } from "./conversations/counted.ts";
import { readHandover } from "./conversations/handover.ts";
import { readObservedEchoes, readObservedMessages, readObservedStatuses } from "./conversations/standby.ts";
import {
  readAccountAlert,
  readAccountReview,
  readAccountUpdate,
  readBusinessStatus,
  readCapability,
  readFlow,
  readPartnerSolution,
  readPaymentConfiguration,
} from "./fields/account.ts";
import { readCalls } from "./fields/calls.ts";
import { readGroups } from "./fields/groups.ts";
import { readHistory, readPastFiles } from "./fields/history.ts";
import { readBusinessUsername, readName, readNumberSettings, readQuality, readSettings } from "./fields/number.ts";
import { readContactsSync, readPreferences, readUserIds } from "./fields/people.ts";
import { FIELD_SCOPES, type FieldScope, type KnownField } from "./fields/scopes.ts";
import { readTemplate } from "./fields/template.ts";
import { readEchoes, readMessages, readMessagesAsEchoes } from "./messages.ts";
import { readSource, routeOf, type Source, unknownEvent } from "./source.ts";
import { readErrors, readStatuses } from "./statuses.ts";

type Reader = (value: Wire, source: Source, events: InboundEvent[]) => void;

/** How the value of a field is read: as lists, each item of which becomes an event of its own, or as one item itself. */
type Row = ListsRow | { readonly whole: Reader };
type ListsRow = { readonly lists: ReadonlyMap<string, Reader>; readonly within?: string };

// whatever lists stand in a value are read, under whatever field of a number they come
const ORDINARY: readonly (readonly [string, Reader])[] = [
  ["messages", readMessages],
  ["message_echoes", readEchoes],
  ["statuses", readStatuses],
  ["calls", readCalls],
  ["history", readHistory],
  ["state_sync", readContactsSync],
  ["user_preferences", readPreferences],
  ["user_id_update", readUserIds],
  ["groups", readGroups],
  ["automatic_events", readConversions],
  ["user_actions", readUserActions],
  ["errors", readErrors],
];
const lists = (...own: readonly (readonly [string, Reader])[]): Row => ({ lists: new Map([...ORDINARY, ...own]) });

const ordinary = lists();
const echoes = lists(["messages", readMessagesAsEchoes]);
const template: Row = { whole: readTemplate };
const username: Row = { whole: readBusinessUsername };

// a row for each field that is known
const ROWS: Readonly<Record<KnownField, Row>> = {
  messages: ordinary,
  smb_message_echoes: echoes,
  message_echoes: echoes,
  calls: ordinary,
  history: lists(["messages", readPastFiles("messages")], ["message_echoes", readPastFiles("message_echoes")]),
  smb_app_state_sync: ordinary,
  user_preferences: ordinary,
  user_id_update: ordinary,
  group_lifecycle_update: ordinary,
  group_participants_update: ordinary,
  group_participant_update: ordinary,
  group_settings_update: ordinary,
  group_status_update: ordinary,
  standby: {
    within: "standby",
    lists: new Map([
      ["messages", readObservedMessages],
      ["message_echoes", readObservedEchoes],
      ["statuses", readObservedStatuses],
    ]),
  },
  messaging_handovers: { whole: readHandover },
  automatic_events: ordinary,
  tracking_events: lists(["events", readTrackingEvents]),
  account_settings_update: { whole: readNumberSettings },
  account_update: { whole: readAccountUpdate },
  account_alerts: { whole: readAccountAlert },
  account_review_update: { whole: readAccountReview },
  business_capability_update: { whole: readCapability },
  business_status_update: { whole: readBusinessStatus },
  partner_solutions: { whole: readPartnerSolution },
  payment_configuration_update: { whole: readPaymentConfiguration },
  phone_number_quality_update: { whole: readQuality },
  phone_number_name_update: { whole: readName },
  business_username_update: username,
  business_username_updates: username,
  phone_number_username_update: username,
  security: { whole: readSettings },
  flows: { whole: readFlow },
  message_template_status_update: template,
  message_template_quality_update: template,
  message_template_components_update: template,
  message_template_category_update: template,
  template_category_update: template,
  template_correct_category_detection: template,
};
// a Map, because a field named like a method of Object must find no row
const FIELDS: ReadonlyMap<string, Row> = new Map(Object.entries(ROWS));

/**
 * Reads a WhatsApp webhook of Meta's into events: every entry, change, message and status of the batch, in their order. Pure. Every part of a value
 * reaches an event: an item is the `raw` of its own, what stands beside the items is the `beside` of the first, and what there is no word for
 * is `event.unknown`.
 * @throws WadeskError `body_invalid` when the payload is not a webhook of a WhatsApp account.
 */
export function normalizeMeta(payload: unknown): readonly InboundEvent[] {
  const root = asRecord(payload);
  if (root === undefined || root.object !== "whatsapp_business_account") {
    throw new WadeskError("body_invalid", { detail: 'object must be "whatsapp_business_account"' });
  }
  const events: InboundEvent[] = [];
  for (const item of asList(root.entry)) {
    const entry = asRecord(item);
    const at = asTime(entry?.time, 0);
    const owner = routeOf(asText(entry?.id) ?? "unknown");
    const around = { owner, at, beside: entry && without(entry, OF_ENTRY) };
    for (const change of asList(entry?.changes)) readChange(change, around, events);
  }
  return events;
}

/** What stands around a change: whose its entry is and when it was sent, and what else the entry says. */
interface Around {
  readonly owner: string;
  readonly at: number;
  readonly beside: Wire | undefined;
}

// a number that is named beside a value is what the value is about, where the value itself names nobody
function sourceOf(field: string, value: Wire, beside: readonly (Wire | undefined)[], { owner, at }: Around): Source {
  const source = readSource(field, value, owner, at);
  for (const each of beside) {
    // as a rule there is nothing, and that is seen sooner than whom the value names
    if (each === undefined) continue;
    if (!namesNobody(source, owner)) break;
    const named = readSource(field, each, owner, at);
    if (!namesNobody(named, owner)) return named;
  }
  return source;
}

function namesNobody({ route, phone, unclear }: Source, owner: string): boolean {
  return route === owner && phone === undefined && unclear !== true;
}

function readChange(item: unknown, around: Around, events: InboundEvent[]): void {
  const change = asRecord(item);
  const value = asRecord(change?.value);
  const field = asText(change?.field) ?? asText(value?.field) ?? "unknown";
  if (change === undefined || value === undefined) {
    events.push(unknownEvent(sourceOf(field, change ?? {}, [around.beside], around), item, scopeOf(field)));
    return;
  }
  const rest = without(change, BESIDES_FIELD_AND_VALUE);
  const source = sourceOf(field, value, [rest, around.beside], around);
  const parts = partsOf(value);
  const own = parts?.own ?? value;
  const before = events.length;
  // what names several is nobody's, and is read as nothing
  const row = source.unclear === true ? undefined : FIELDS.get(field);
  let beside: Wire | undefined;
  if (row !== undefined && "lists" in row) beside = readLists(row, own, source, events);
  else row?.whole(own, source, events);
  const first = events[before];
  if (first === undefined) events.push(unknownEvent(source, own, scopeOf(field)));
  // the event was made a moment ago and is nobody's yet: a copy would cost more than all of its reading
  else if (beside !== undefined) (first.data as { beside?: Wire }).beside = beside;
  if (parts !== undefined) events.push(unknownEvent(readSource(field, {}, around.owner, around.at), parts.foreign, "number"));
  if (rest === undefined) return;
  const named = readSource(field, rest, around.owner, around.at);
  events.push(unknownEvent(namesNobody(named, around.owner) ? source : named, rest, scopeOf(field)));
}

function scopeOf(field: string): FieldScope {
  // a field that is not known to be the account's could be about anybody on it
  return FIELD_SCOPES.get(field) ?? "number";
}

/** Reads the lists of a value, in the order in which they stand, and answers what else is in it. */
function readLists({ lists, within }: ListsRow, value: Wire, source: Source, events: InboundEvent[]): Wire | undefined {
  const inner = within === undefined ? value : asRecord(value[within]);
  if (inner === undefined) return value;
  const rest = without(inner, (key, field) => {
    const read = Array.isArray(field) ? lists.get(key) : undefined;
    read?.(inner, source, events);
    return read !== undefined;
  });
  if (within === undefined) return rest;
  const around = without(value, (key) => key === within);
  return rest === undefined ? around : { ...around, [within]: rest };
}

type IsOut = (key: string, field: unknown) => boolean;

const OF_ENTRY: IsOut = (key) => key === "id" || key === "time" || key === "changes";
const BESIDES_FIELD_AND_VALUE: IsOut = (key) => key === "field" || key === "value";

/** An object without some of its fields; nothing where none is left. */
function without(value: Wire, isOut: IsOut): Wire | undefined {
  let left: Record<string, unknown> | undefined;
  for (const key in value) {
    const field = value[key];
    if (isOut(key, field)) continue;
    left ??= {};
    // set as any other, it would become the object's prototype
    if (key === "__proto__") Object.defineProperty(left, key, { value: field, enumerable: true, configurable: true, writable: true });
    else left[key] = field;
  }
  return left;
}
