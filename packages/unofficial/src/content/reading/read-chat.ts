import type { Contact, InboundContent } from "@wadesk/core";
import type { AuthState } from "../../auth/auth-state.ts";
import type { Baileys, WebMessage } from "../../baileys/baileys.ts";
import type { KnownMessage } from "../../known/known-messages.ts";
import { isGroup, lidJid, phoneJid, readJid } from "../../numbers/jid.ts";
import type { Chats } from "../create-chats.ts";
import { openVote } from "./poll-votes.ts";
import { type ReadMessage, readMessage } from "./read-message.ts";
import { groupOf, secondsOf, whoOf } from "./who-of.ts";

/** What a message tells, with all that is known about it: a vote is opened, a number is the tap that it stands for, people have all their names. */
export type Told = Exclude<ReadMessage, { readonly type: "vote" }>;

/** A message that was read. */
export interface ReadChat {
  /** Whose it is; absent where a group's notice names nobody. */
  readonly contact: Contact | undefined;
  readonly told: Told;
}

/** What reading one needs. */
export interface ReadingParts {
  readonly baileys: Pick<Baileys, "decryptPollVote">;
  readonly state: Pick<AuthState, "keep">;
  readonly chats: Chats;
}

/** Reads one message of Baileys'. The same message reads the same again. Nothing where it tells nobody anything. */
export async function readChat(message: WebMessage, parts: ReadingParts): Promise<ReadChat | undefined> {
  const { chats } = parts;
  const { seal } = await chats.files();
  const read = readMessage(message, seal);
  const named = whoOf(message);
  if (read === undefined || (named === undefined && read.type !== "group")) return undefined;
  const contact = named && (await chats.people.complete(named));
  if (read.type === "group") return { contact, told: { type: "group", notice: read.notice } };
  if (contact === undefined) return undefined;
  if (read.type === "revoked" || read.type === "edited") {
    if (!(await mayDo(read, message, chats))) return undefined;
    return { contact, told: read.type === "edited" ? { ...read, content: await withNames(read.content, chats) } : read };
  }
  const opened: Told =
    read.type === "vote"
      ? { type: "content", content: await voteOf(read.vote, message.key.fromMe ? undefined : contact, parts) }
      : { ...read, content: await withNames(read.content, chats) };
  return { contact, told: await withAnswer(opened, message, contact, parts) };
}

/** A number that answers a prompt as the tap that it stands for. What the shop's own phone writes is the newest from us. */
async function withAnswer(
  told: Told,
  { key, messageTimestamp }: WebMessage,
  contact: Contact,
  { chats, state }: ReadingParts,
): Promise<Told> {
  if (told.type !== "content" || !key.id || isAbout(told.content)) return told;
  const groupId = groupOf(key);
  const chat = groupId === undefined ? contact : { groupId };
  if (key.fromMe) {
    await state.keep({}, await chats.prompts.said(chat, key.id, []));
    return told;
  }
  const { content, replyTo } = told;
  const answer = await chats.prompts.answerTo({
    chat,
    messageId: key.id,
    content,
    at: secondsOf(messageTimestamp) * 1000,
    ...(replyTo !== undefined && { replyTo }),
  });
  return answer === undefined ? told : { ...told, content: answer };
}

/** Whether content is about another message: it is no word in the chat, neither ours nor theirs. */
function isAbout({ kind }: InboundContent): boolean {
  return kind === "reaction" || kind === "pin" || kind === "poll_vote";
}

async function withNames(content: InboundContent, { people }: Chats): Promise<InboundContent> {
  if (!("mentions" in content) || content.mentions === undefined) return content;
  return { ...content, mentions: await Promise.all(content.mentions.map((each) => people.complete(each))) };
}

async function voteOf(
  update: Extract<ReadMessage, { readonly type: "vote" }>["vote"],
  voter: Contact | undefined,
  { baileys, chats }: ReadingParts,
): Promise<InboundContent> {
  const poll = await chats.known.find(update.pollCreationMessageKey?.id ?? "");
  const own = chats.own();
  const author = poll?.participant ?? poll?.chat;
  const ours = [own.phone, own.lid ?? own.phone];
  const creators = poll?.fromMe ? ours : await addressesOf(author, chats);
  return openVote(baileys, { update, poll, creators, voters: voter === undefined ? ours : addressesBy(voter) });
}

async function addressesOf(jid: string | undefined, { people }: Chats): Promise<readonly string[]> {
  const { user, server } = readJid(jid) ?? {};
  if (user === undefined) return [];
  return addressesBy(await people.complete(server === "lid" ? { lid: user } : { phone: `+${user}` }));
}

function addressesBy({ lid, phone }: Contact): readonly string[] {
  return [...(phone === undefined ? [] : [phoneJid(phone)]), ...(lid === undefined ? [] : [lidJid(lid)])];
}

/** Whether who takes a message back or changes it may: its author, and to take it back an admin of the group. What is not known here is believed. */
async function mayDo(
  { type, messageId }: { readonly type: "revoked" | "edited"; readonly messageId: string },
  { key }: WebMessage,
  chats: Chats,
): Promise<boolean> {
  const about = await chats.known.find(messageId);
  if (about === undefined) return true;
  if (await isSame(about, key, chats)) return true;
  if (type === "edited" || !isGroup(key.remoteJid)) return false;
  const members = chats.groups.peek(key.remoteJid ?? "")?.participants;
  const by = readJid(key.participant)?.user;
  const found = members?.find(({ id, lid, phoneNumber }) => [id, lid, phoneNumber].some((each) => readJid(each)?.user === by));
  return found === undefined ? members === undefined : Boolean(found.admin);
}

async function isSame(about: KnownMessage, { fromMe, participant, remoteJid }: WebMessage["key"], chats: Chats): Promise<boolean> {
  if (about.fromMe || fromMe === true) return about.fromMe === (fromMe === true);
  const [one, other] = await Promise.all([
    addressesOf(about.participant ?? about.chat, chats),
    addressesOf(participant || remoteJid || undefined, chats),
  ]);
  return one.some((each) => other.includes(each));
}
