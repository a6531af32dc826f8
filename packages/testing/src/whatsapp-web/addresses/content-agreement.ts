import type { MessageContent } from "../delivery/message-content.ts";
import { type Addressing, addressingOf, isPersonal } from "../directory/jid.ts";

interface MessageKey {
  readonly remoteJid?: string | null;
  readonly participant?: string | null;
}

/** Where a message names another one, by the field it stands in: reactions, edits, deletions, pins, votes, answers, comments. */
const KEYS: readonly (readonly [kind: string, field: string])[] = [
  ["reactionMessage", "key"],
  ["encReactionMessage", "targetMessageKey"],
  ["protocolMessage", "key"],
  ["pinInChatMessage", "key"],
  ["keepInChatMessage", "key"],
  ["pollUpdateMessage", "pollCreationMessageKey"],
  ["encEventResponseMessage", "eventCreationMessageKey"],
  ["encCommentMessage", "targetMessageKey"],
];

/**
 * What is wrong with how a message names another one, in words: the chat is known to the recipient by one kind of address, and a message that is named
 * by another is not found there, so that the reaction, the edit or the deletion is lost (Baileys 7.0.0-rc14 splits chats so as well; facts on LIDs,
 * whatsmeow 4f8f64e0). Undefined where the addresses agree.
 */
export function flawOfKeys(content: MessageContent, chat: string, addressing: Addressing | undefined): string | undefined {
  const edited = (content.editedMessage as { readonly message?: MessageContent } | undefined)?.message;
  for (const [kind, field] of KEYS) {
    const holder = (edited?.[kind] ?? content[kind]) as Readonly<Record<string, unknown>> | undefined;
    const flaw = flawOfKey(holder?.[field] as MessageKey | undefined, chat, addressing);
    if (flaw !== undefined) return `its ${kind} ${flaw}`;
  }
  return undefined;
}

function flawOfKey(key: MessageKey | undefined, chat: string, addressing: Addressing | undefined): string | undefined {
  const { remoteJid, participant } = key ?? {};
  if (remoteJid && isPersonal(chat) !== isPersonal(remoteJid)) return `names a message of ${remoteJid} in ${chat}`;
  const astray = [remoteJid, participant].find(
    (jid) => jid != null && isPersonal(jid) && addressing !== undefined && addressingOf(jid) !== addressing,
  );
  return astray == null ? undefined : `names ${astray} by another kind of address than the chat's`;
}

const ASTRAY = Symbol("names a message by another kind of address");

/** The error of a message that was read and names another one that cannot be found: to ask for it again is no use. */
export function astray(flaw: string): Error {
  return Object.assign(new Error(flaw), { [ASTRAY]: true });
}

/** Whether an error is of that kind. */
export function isAstray(error: unknown): boolean {
  return error instanceof Error && ASTRAY in error;
}
