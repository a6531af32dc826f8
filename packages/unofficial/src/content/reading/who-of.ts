import type { Contact } from "@wadesk/core";
import type { WebMessage } from "../../baileys/baileys.ts";
import { contactOf, isGroup, isList } from "../../numbers/jid.ts";

type Key = WebMessage["key"] & { readonly remoteJidUsername?: string | null; readonly participantUsername?: string | null };

// in a group, and of a list that somebody writes to, who wrote; else whose chat it is
function jidsOf({ remoteJid, remoteJidAlt, participant, participantAlt, fromMe }: Key): readonly (string | null | undefined)[] {
  if (isGroup(remoteJid)) return [participant, participantAlt];
  if (!isList(remoteJid)) return [remoteJid, remoteJidAlt];
  // Baileys 7.0.0-rc14 has the other name of who wrote beside the list's
  return fromMe ? [] : [participant, participantAlt, remoteJidAlt];
}

/** The group of a message; nothing in a chat of two. */
export function groupOf({ remoteJid }: Pick<Key, "remoteJid">): string | undefined {
  return isGroup(remoteJid) ? (remoteJid ?? undefined) : undefined;
}

/** The person of a message as it names them. Nothing where it names nobody. */
export function whoOf({ key, pushName }: { readonly key: Key; readonly pushName?: string | null }): Contact | undefined {
  // what the shop's own phone sends bears the shop's name
  const contact = contactOf(jidsOf(key), key.fromMe ? undefined : pushName);
  const username = isGroup(key.remoteJid) || isList(key.remoteJid) ? key.participantUsername : key.remoteJidUsername;
  return contact && { ...contact, ...(username && { username }) };
}

/** Seconds since the epoch, however they are written; 0 where they are not. */
export function secondsOf(time: WebMessage["messageTimestamp"]): number {
  return typeof time === "number" ? time : (time?.toNumber() ?? 0);
}
