import { type InboundEvent, WadeskError } from "@wadesk/core";
import { partsOf } from "./address/named.ts";
import { readAccountAlert, readAccountReview, readAccountUpdate, readCapability } from "./fields/account.ts";
import { readCalls } from "./fields/calls.ts";
import { readFlow } from "./fields/flow.ts";
import { readGroups } from "./fields/groups.ts";
import { readHistory } from "./fields/history.ts";
import { readName, readQuality, readSettings } from "./fields/number.ts";
import { readContactsSync, readPreferences, readUserIds } from "./fields/people.ts";
import { readTemplate, TEMPLATE_FIELDS } from "./fields/template.ts";
import { readEchoes, readMessages } from "./messages.ts";
import { readSource, routeOf, type Source, unknownEvent } from "./source.ts";
import { readErrors, readStatuses } from "./statuses.ts";
import { asList, asRecord, asText, asTime, type Wire } from "./wire.ts";

type Reader = (value: Wire, source: Source, events: InboundEvent[]) => void;

interface Row {
  readonly of: "account" | "number";
  readonly readers: readonly Reader[];
}

const number = (...readers: readonly Reader[]): Row => ({ of: "number", readers });
const account = (...readers: readonly Reader[]): Row => ({ of: "account", readers });

// one row per webhook field; a field without a row, and a value its readers find nothing in, becomes `event.unknown`
const FIELDS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ["messages", number(readMessages, readStatuses, readErrors)],
  ["smb_message_echoes", number(readEchoes, readErrors)],
  ["message_echoes", number(readEchoes, readErrors)],
  ["calls", number(readCalls, readStatuses, readErrors)],
  ["history", number(readHistory, readErrors)],
  ["smb_app_state_sync", number(readContactsSync, readErrors)],
  ["user_preferences", number(readPreferences)],
  ["user_id_update", number(readUserIds)],
  ["group_lifecycle_update", number(readGroups, readErrors)],
  ["group_participants_update", number(readGroups, readErrors)],
  ["group_participant_update", number(readGroups, readErrors)],
  ["group_settings_update", number(readGroups, readErrors)],
  ["group_status_update", number(readGroups, readErrors)],
  ["account_update", account(readAccountUpdate)],
  ["account_alerts", account(readAccountAlert)],
  ["account_review_update", account(readAccountReview)],
  ["business_capability_update", account(readCapability)],
  ["phone_number_quality_update", account(readQuality)],
  ["phone_number_name_update", account(readName)],
  ["phone_number_username_update", account(readName)],
  ["account_settings_update", account(readSettings)],
  ["security", account(readSettings)],
  ["flows", account(readFlow)],
  ...TEMPLATE_FIELDS.map((field): [string, Row] => [field, account(readTemplate)]),
]);

/**
 * Reads a WhatsApp webhook of Meta's into events: every entry, change, message and status of the batch, in their order. Pure; what it
 * has no word for becomes `event.unknown` with the raw value.
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
    for (const change of asList(entry?.changes)) readChange(change, owner, at, events);
  }
  return events;
}

function readChange(item: unknown, owner: string, at: number, events: InboundEvent[]): void {
  const change = asRecord(item);
  const value = asRecord(change?.value);
  const field = asText(change?.field) ?? asText(value?.field) ?? "unknown";
  const row = FIELDS.get(field);
  // a field that is not known to be the account's could be about anybody on it
  const of = row?.of ?? "number";
  if (value === undefined) {
    events.push(unknownEvent(readSource(field, change ?? {}, owner, at), item, of));
    return;
  }
  const source = readSource(field, value, owner, at);
  const parts = partsOf(value);
  const own = parts?.own ?? value;
  const before = events.length;
  if (row !== undefined && source.unclear !== true) for (const read of row.readers) read(own, source, events);
  if (events.length === before) events.push(unknownEvent(source, own, of));
  if (parts !== undefined) events.push(unknownEvent(readSource(field, {}, owner, at), parts.foreign, "number"));
}
