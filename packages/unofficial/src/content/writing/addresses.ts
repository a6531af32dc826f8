import type { Contact } from "@wadesk/core";
import type { KnownMessage } from "../../known/known-messages.ts";
import type { People } from "../../known/people.ts";
import { isGroup, lidJid, phoneJid, readJid } from "../../numbers/jid.ts";

/** Who the number itself is, by both of its addresses. */
export interface OwnAddresses {
  readonly phone: string;
  readonly lid?: string;
}

/** How people are named in one chat: all by LID, or all by number. */
export interface Address {
  readonly byLid: boolean;
  /** The number itself. */
  readonly own: string;
  /** Somebody; nothing where they are not known by that kind of address. */
  of(contact: Contact): Promise<string | undefined>;
  /** Who wrote a message. */
  authorOf(message: KnownMessage): Promise<string | undefined>;
  /** A message, for others to find it in this chat. */
  keyOf(message: KnownMessage): Promise<MessageKey>;
}

/** How one message names another. */
export interface MessageKey {
  readonly remoteJid: string;
  readonly fromMe: boolean;
  readonly id: string;
  readonly participant?: string;
}

/** Makes that of a chat. */
export function addressIn(jid: string, byLid: boolean, self: OwnAddresses, people: People): Address {
  const own = (byLid ? self.lid : undefined) ?? self.phone;
  const of: Address["of"] = async (contact) => {
    const { lid, phone } = await people.complete(contact);
    if (byLid) return lid === undefined ? undefined : lidJid(lid);
    return phone === undefined ? undefined : phoneJid(phone);
  };
  const asNamedHere = async (named: string | undefined): Promise<string | undefined> => {
    const { user, server } = readJid(named) ?? {};
    if (user === undefined) return undefined;
    return of(server === "lid" ? { lid: user } : { phone: `+${user}` });
  };
  const authorOf: Address["authorOf"] = async ({ fromMe, participant, chat }) =>
    fromMe ? own : isGroup(jid) || isGroup(chat) ? ((await asNamedHere(participant)) ?? participant) : jid;
  return {
    byLid,
    own,
    of,
    authorOf,
    async keyOf(message) {
      const { id, fromMe } = message;
      const participant = isGroup(jid) && !fromMe ? await authorOf(message) : undefined;
      return { remoteJid: jid, fromMe, id, ...(participant && { participant }) };
    },
  };
}
