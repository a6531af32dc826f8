import type { Contact, GroupChanged } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { readMetaError, toWadeskError } from "../../errors/meta-error.ts";
import { asList, asRecord, asText, asTime, present, type Wire } from "../../wire/wire.ts";
import { isKnown, readContact } from "../contact.ts";
import { ofNumber, type Source, unknownEvent } from "../source.ts";

/** Reads what happened to groups: made, changed, joined, left, suspended. */
export function readGroups(value: Wire, source: Source, events: InboundEvent[]): void {
  for (const item of asList(value.groups)) {
    const group = asRecord(item);
    const change = asText(group?.type);
    if (group === undefined || change === undefined) {
      events.push(unknownEvent(source, item, "number"));
      continue;
    }
    const groupId = asText(group.group_id);
    const { route } = source;
    const data = {
      change,
      ...present({
        groupId,
        requestId: asText(group.request_id),
        contact: readParticipants([group])?.[0],
        added: readParticipants(group.added_participants),
        removed: readParticipants(group.removed_participants),
        failure: readFailure(group),
      }),
      raw: item,
    };
    const orderKey = `${route}|${groupId ?? source.field}`;
    events.push({ ...ofNumber(source, item), orderKey, type: "group.changed", at: asTime(group.timestamp, source.at), data });
  }
}

function readParticipants(value: unknown): readonly Contact[] | undefined {
  const people = asList(value).flatMap((item) => {
    const participant = asRecord(item);
    if (participant === undefined) return [];
    const { wa_id: phone, user_id: userId, parent_user_id: parentUserId } = participant;
    const contact = readContact(phone, userId, participant, { parentUserId });
    return isKnown(contact) ? [contact] : [];
  });
  return people.length === 0 ? undefined : people;
}

const SETTINGS = ["group_subject", "group_description", "profile_picture"] as const;

// errors stand on the operation, on each participant that it failed for, or on each setting
function readFailure(group: Wire): GroupChanged["failure"] | undefined {
  const parts: readonly unknown[] = [group, ...asList(group.failed_participants), ...SETTINGS.map((setting) => group[setting])];
  const error = parts.map((part) => asRecord(asList(asRecord(part)?.errors)[0])).find((found) => found !== undefined);
  return error && toWadeskError(readMetaError(error)).toJSON();
}
