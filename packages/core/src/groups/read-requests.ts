import type { GroupOptions } from "../api/groups.ts";
import { checkRequest } from "../fields/check-fields.ts";
import { invalidField } from "../fields/invalid.ts";
import type { Contact } from "../model/contact.ts";
import type { GroupEdit, NewGroup } from "../model/group.ts";
import type { LineGroupEdit } from "../ports/groups.ts";
import { readRecipient } from "../sending/recipient.ts";

const LONGEST_SUBJECT = 100;
const LONGEST_DESCRIPTION = 2048;
const PEOPLE = ["add", "remove", "promote", "demote"] as const;

/** The id of a group. Throws `input_invalid`. */
export function readGroupId(groupId: unknown): string {
  if (typeof groupId === "string" && groupId !== "") return groupId;
  throw invalidField("groupId", "give the groupId of an event or the id of a group", "required");
}

/** The address of an invitation, or its code. Throws `input_invalid`. */
export function readInvite(invite: unknown): string {
  if (typeof invite === "string" && invite.trim() !== "") return invite.trim();
  throw invalidField("invite", "give the address of the invitation, or its code", "required");
}

/** Which connection's groups. Throws `input_invalid`. */
export function readOptions(options: GroupOptions & { readonly renew?: boolean } = {}): GroupOptions & { readonly renew?: boolean } {
  checkRequest<GroupOptions & { readonly renew?: boolean }>(options, { from: "text", renew: "flag" });
  if (options.from === "") throw invalidField("from", "must not be empty; leave it out for the primary connection", "required");
  return options;
}

/** A group that is to be made. Throws `input_invalid`, and `recipient_invalid` for a member that is none. */
export function readNewGroup(group: NewGroup): { readonly subject: string; readonly members: readonly Contact[] } {
  checkRequest<NewGroup>(group, { subject: "text", members: "list" });
  return { subject: readSubject(group.subject), members: readPeople(group.members, "members") };
}

/** What is to change about a group. Throws as `readNewGroup` does. */
export function readEdit(edit: GroupEdit): LineGroupEdit {
  checkRequest<GroupEdit>(edit, {
    subject: "text",
    description: "text",
    add: "list",
    remove: "list",
    promote: "list",
    demote: "list",
    announcement: "flag",
    locked: "flag",
    disappearAfter: "number",
  });
  const { subject, description, disappearAfter, add: _a, remove: _r, promote: _p, demote: _d, ...rest } = edit;
  if (description !== undefined && [...description].length > LONGEST_DESCRIPTION)
    throw invalidField("description", `has more than ${LONGEST_DESCRIPTION} characters`, "too_long", { max: LONGEST_DESCRIPTION });
  if (disappearAfter !== undefined && !(Number.isInteger(disappearAfter) && disappearAfter >= 0))
    throw invalidField("disappearAfter", "must be whole seconds, 0 or more", "wrong_type", { expected: "whole_number" });
  const people = PEOPLE.flatMap((action) => (edit[action] === undefined ? [] : [[action, readPeople(edit[action], action)] as const]));
  return {
    ...rest,
    ...(subject !== undefined && { subject: readSubject(subject) }),
    ...(description !== undefined && { description }),
    ...(disappearAfter !== undefined && { disappearAfter }),
    ...Object.fromEntries(people),
  };
}

function readSubject(subject: unknown): string {
  if (typeof subject !== "string" || subject.trim() === "") throw invalidField("subject", "give a text that is not empty", "required");
  if ([...subject].length > LONGEST_SUBJECT)
    throw invalidField("subject", `has more than ${LONGEST_SUBJECT} characters`, "too_long", { max: LONGEST_SUBJECT });
  return subject;
}

function readPeople(people: readonly (string | Contact)[] = [], field: string): readonly Contact[] {
  return people.map((each, index) => {
    if (typeof each === "string" || (typeof each === "object" && each !== null)) return readRecipient(each, `${field}.${index}`);
    throw invalidField(`${field}.${index}`, "must be a phone in E.164 or a contact", "not_a_phone");
  });
}
