import { type ChangedGroup, type Contact, type GroupRefusal, WadeskError } from "@wadesk/core";
import type { LineGroups } from "@wadesk/core/ports";
import type { GroupMetadata, Socket } from "../baileys/baileys.ts";
import { askGroups, type GroupCache } from "./group-cache.ts";
import { readGroup } from "./read-group.ts";
import { contactOf, isGroup, lidJid, phoneJid } from "../numbers/jid.ts";

/** What a number's groups are asked and changed with. */
export interface LineGroupsParts {
  readonly ready: () => Promise<Socket>;
  readonly cache: GroupCache;
}

const INVITE = "https://chat.whatsapp.com/";
const ACTIONS = ["add", "remove", "promote", "demote"] as const;
const DONE = "200";

/** The groups of one linked number. One question at a time: WhatsApp counts those about groups. */
export function lineGroups({ ready, cache }: LineGroupsParts): LineGroups {
  let before: Promise<unknown> = Promise.resolve();
  const ask = <Result>(work: (socket: Socket) => Promise<Result>): Promise<Result> => {
    const answer = before.then(async () => {
      const socket = await ready();
      return askGroups(() => work(socket));
    });
    // without what was answered: all members of a group would be kept until the next
    before = answer.then(
      () => {},
      () => {},
    );
    return answer;
  };
  const fresh = async (groupId: string): Promise<GroupMetadata> => {
    cache.forget(groupId);
    return ask(async (socket) => {
      const askedAt = cache.moment();
      const group = await socket.groupMetadata(groupId);
      cache.put(group, askedAt);
      return group;
    });
  };
  const changed = async (groupId: string, refused: readonly GroupRefusal[]): Promise<ChangedGroup> => ({
    group: readGroup(await fresh(groupId)),
    refused,
  });

  return {
    async list() {
      const askedAt = cache.moment();
      const groups = Object.values(await ask((socket) => socket.groupFetchAllParticipating()));
      for (const group of groups) cache.put(group, askedAt);
      return groups.map(readGroup);
    },
    get: async (groupId) => readGroup(cache.peek(idOf(groupId)) ?? (await fresh(groupId))),
    async create({ subject, members }) {
      const jids = members.map(jidOf);
      const askedAt = cache.moment();
      const group = await ask((socket) => socket.groupCreate(subject, jids));
      cache.put(group, askedAt);
      const isIn = ({ phone, lid }: Contact) =>
        readGroup(group).members.some(
          ({ contact }) => (lid !== undefined && contact.lid === lid) || (phone !== undefined && contact.phone === phone),
        );
      // WhatsApp answers who is in it, and leaves out who lets nobody add them
      const refused = members.filter((contact) => !isIn(contact)).map((contact) => ({ contact, action: "add", code: "403" }) as const);
      return { group: readGroup(group), refused };
    },
    async change(groupId, edit) {
      const id = idOf(groupId);
      const { subject, description, announcement, locked, disappearAfter } = edit;
      const refused: GroupRefusal[] = [];
      if (subject !== undefined) await ask((socket) => socket.groupUpdateSubject(id, subject));
      if (description !== undefined) await ask((socket) => socket.groupUpdateDescription(id, description));
      if (announcement !== undefined)
        await ask((socket) => socket.groupSettingUpdate(id, announcement ? "announcement" : "not_announcement"));
      if (locked !== undefined) await ask((socket) => socket.groupSettingUpdate(id, locked ? "locked" : "unlocked"));
      if (disappearAfter !== undefined) await ask((socket) => socket.groupToggleEphemeral(id, disappearAfter));
      for (const action of ACTIONS) {
        const people = edit[action] ?? [];
        if (people.length === 0) continue;
        const answers = await ask((socket) => socket.groupParticipantsUpdate(id, people.map(jidOf), action));
        refused.push(...answers.flatMap(({ jid, status }, index) => refusalOf(jid, status, action, people[index])));
      }
      return changed(id, refused);
    },
    async leave(groupId) {
      const id = idOf(groupId);
      await ask((socket) => socket.groupLeave(id));
      cache.forget(id);
    },
    async invite(groupId, renew) {
      const id = idOf(groupId);
      const code = await ask((socket) => (renew ? socket.groupRevokeInvite(id) : socket.groupInviteCode(id)));
      if (!code) throw new WadeskError("provider_refused", { detail: "WhatsApp gave no invitation" });
      return `${INVITE}${code}`;
    },
    async join(invite) {
      const code = invite.replace(/^https?:\/\/chat\.whatsapp\.com\/(?:invite\/)?/i, "").replace(/[?#/].*$/, "");
      const jid = await ask((socket) => socket.groupAcceptInvite(code));
      return jid || undefined;
    },
  };
}

function refusalOf(
  jid: string | undefined,
  status: string,
  action: GroupRefusal["action"],
  asked: Contact | undefined,
): readonly GroupRefusal[] {
  const contact = contactOf([jid]) ?? asked;
  return status === DONE || contact === undefined ? [] : [{ contact, action, code: status }];
}

function idOf(groupId: string): string {
  if (isGroup(groupId)) return groupId;
  throw new WadeskError("recipient_invalid", { detail: "a group's id ends with @g.us; give the groupId of an event" });
}

function jidOf({ lid, phone }: Contact): string {
  if (lid !== undefined) return lidJid(lid);
  if (phone !== undefined) return phoneJid(phone);
  throw new WadeskError("recipient_invalid", { detail: "somebody is named by phone or lid here" });
}
