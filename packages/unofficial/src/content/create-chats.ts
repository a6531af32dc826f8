import { randomBytes } from "node:crypto";
import type { FetchFile, OutboundMessage, SealedRecords, SessionVoice } from "@wadesk/core/ports";
import { type OutboundKind, WadeskError } from "@wadesk/core";
import type { AuthState } from "../auth/auth-state.ts";
import type { Changes } from "../auth/change-queue.ts";
import type { Baileys, Body, Socket } from "../baileys/baileys.ts";
import { isInteractive, numberedText, type Option } from "../fallback/numbered-text.ts";
import { type PromptChat, type Prompts, prompts } from "../fallback/prompts.ts";
import { type FileIds, fileIds } from "../files/file-ids.ts";
import { type GroupCache, groupCache } from "../groups/group-cache.ts";
import { type KnownMessages, knownMessages } from "../known/known-messages.ts";
import { type People, people } from "../known/people.ts";
import { addressIn, type OwnAddresses } from "./writing/addresses.ts";
import { fetchPreview } from "./writing/link-preview.ts";
import { readJid } from "../numbers/jid.ts";
import { writeContent } from "./writing/write-content.ts";

/** What one connection knows of its chats, from which messages are written and read. It outlives each of its clients. */
export interface Chats {
  readonly known: KnownMessages;
  readonly people: People;
  readonly prompts: Prompts;
  readonly groups: GroupCache;
  readonly files: () => Promise<FileIds>;
  readonly own: () => OwnAddresses;
  /** One message as WhatsApp takes it. Rejects as `writeContent` and `numberedText` do, and with `content_unsupported` for what needs `fallback`. */
  toMessage(message: OutboundMessage, to: Destination): Promise<Written>;
  /** What is stored of a message before its bytes leave: whatever speaks of it from then on finds it. */
  said(written: Written): Promise<Changes>;
  /** What is stored where it did not go out, by its id. */
  unsaid(messageId: string): Promise<Changes>;
}

/** Where a message goes. */
export interface Destination {
  readonly socket: Pick<Socket, "groupMetadata">;
  readonly jid: string;
  readonly messageId: string;
  /** Absent where no address is to be looked at. */
  readonly fetchFile?: FetchFile | undefined;
}

/** A message that is written, and what it stands for here. */
export interface Written {
  readonly body: Body;
  readonly jid: string;
  readonly messageId: string;
  readonly chat: PromptChat;
  /** What answers it by a number; absent where it is about another message, and no word in the chat. */
  readonly options: readonly Option[] | undefined;
}

/** What chats are made of. */
export interface ChatsParts {
  readonly baileys: Pick<Baileys, "proto">;
  readonly state: Pick<AuthState, "auth" | "find" | "keep">;
  readonly records: SealedRecords;
  readonly after: SessionVoice["after"];
  readonly now: () => number;
}

/** Kinds that are about another message. One that takes a prompt back ends it. */
const ABOUT: readonly OutboundKind[] = ["reaction", "pin", "edit"];

/** Makes those of one connection. */
export function createChats({ baileys, state, records, after, now }: ChatsParts): Chats {
  const { creds, keys } = state.auth;
  const known = knownMessages(baileys, state);
  const asked = prompts(state, now);
  const who = people(keys);
  const groups = groupCache(now, who.learn);
  let ids: Promise<FileIds> | undefined;
  const files = (): Promise<FileIds> => {
    ids ??= fileIds(records).catch((error: unknown) => {
      ids = undefined;
      throw error;
    });
    return ids;
  };
  const own = (): OwnAddresses => {
    const lid = bare(creds.me?.lid);
    return { phone: bare(creds.me?.id) ?? "", ...(lid !== undefined && { lid }) };
  };

  return {
    known,
    people: who,
    prompts: asked,
    groups,
    files,
    own,
    async toMessage({ content, to, replyTo, fallback }, { socket, jid, messageId, fetchFile }) {
      if (isInteractive(content) && fallback !== "text")
        throw new WadeskError("content_unsupported", { detail: `unofficial sends "${content.kind}" as text, with fallback: "text"` });
      const plain = isInteractive(content) ? numberedText(content) : { content, options: [] };
      const isByLid = to.groupId === undefined ? readJid(jid)?.server === "lid" : (await groups.get(socket, jid)).addressingMode === "lid";
      const { open: openFile } = await files();
      const body = await writeContent(plain.content, replyTo, {
        jid,
        address: addressIn(jid, isByLid, own(), who),
        known: known.find,
        openFile,
        preview: async (text) => fetchFile && fetchPreview(text, { fetchFile, after }),
        random: (bytes) => new Uint8Array(randomBytes(bytes)),
        now,
      });
      const chat = to.groupId === undefined ? await who.complete(to) : { groupId: to.groupId };
      return { body, jid, messageId, chat, options: ABOUT.includes(content.kind) ? undefined : plain.options };
    },
    async said({ jid, messageId, chat, options, body }) {
      const standing = options === undefined ? [] : await asked.said(chat, messageId, options);
      return new Map([...standing, ...known.changesOfOwn({ id: messageId, chat: jid, body }, now())]);
    },
    unsaid: async (messageId) => new Map([...(await asked.unsaid(messageId)), ...known.forgotten(messageId)]),
  };
}

function bare(jid: string | null | undefined): string | undefined {
  const { user, server } = readJid(jid) ?? {};
  return user === undefined ? undefined : `${user}@${server}`;
}
