import type { Group, GroupMember } from "@wadesk/core";
import type { GroupMetadata } from "../baileys/baileys.ts";
import { contactOf } from "../numbers/jid.ts";

const ROLES: Readonly<Record<string, GroupMember["role"]>> = { admin: "admin", superadmin: "owner" };

/** A group of Baileys' in our words. */
export function readGroup(group: GroupMetadata): Group {
  const { id, subject, desc, participants, creation, announce, restrict, ephemeralDuration } = group;
  return {
    id,
    subject,
    ...(desc && { description: desc }),
    members: participants.flatMap((member) => readMember(member) ?? []),
    ...(creation && { createdAt: creation * 1000 }),
    announcement: announce === true,
    locked: restrict === true,
    ...(ephemeralDuration && { disappearAfter: ephemeralDuration }),
  };
}

function readMember({ id, lid, phoneNumber, admin }: GroupMetadata["participants"][number]): GroupMember | undefined {
  const contact = contactOf([id, lid, phoneNumber]);
  return contact && { contact, role: ROLES[admin ?? ""] ?? "member" };
}
