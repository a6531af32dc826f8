import type { Contact, InboundContent } from "@wadesk/core";
import type { AuthState } from "../auth/auth-state.ts";
import type { Changes } from "../auth/change-queue.ts";
import type { Option } from "./numbered-text.ts";

/** What a prompt asked, as it is kept. */
interface Prompt {
  readonly id: string;
  readonly options: readonly Option[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Where it stands while it is the newest from us. */
  readonly places: readonly string[];
  /** The contact's message that came next: it alone may answer without a quote. */
  readonly next?: string;
}

/** A chat of two by both names of the person, or a group. */
export type PromptChat = Contact & { readonly groupId?: string };

/** A person's message that may answer a prompt. */
export interface Answer {
  readonly chat: PromptChat;
  readonly messageId: string;
  readonly content: InboundContent;
  /** When it was written, in milliseconds since the epoch: it may come long after. */
  readonly at: number;
  readonly replyTo?: string;
}

/** Numbered texts that went out, and what answers them. */
export interface Prompts {
  /** What is stored when something goes out to a chat: it is the newest from us, with options or without any. It has to be stored before the bytes leave. */
  said(chat: PromptChat, messageId: string, options: readonly Option[]): Promise<Changes>;
  /** What is stored where it did not go out after all. */
  unsaid(messageId: string): Promise<Changes>;
  /**
   * What a message answers: a number that quotes its prompt, or that is the person's next message within 24 hours while that prompt is the newest from us. The
   * same for the same message whenever it is asked. Nothing where it answers none.
   */
  answerTo(answer: Answer): Promise<InboundContent | undefined>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a prompt can be answered by a quote, in milliseconds. */
const LIFE_MS = 14 * DAY_MS;
/** A number with what people write around it, in characters. */
const LONGEST_ANSWER = 16;

/** Those of one connection, in its records. */
export function prompts({ find, keep }: Pick<AuthState, "find" | "keep">, now: () => number): Prompts {
  const read = async (places: readonly string[]): Promise<readonly Prompt[]> =>
    [...(await find(places)).values()].map((value) => JSON.parse(new TextDecoder().decode(value)) as Prompt);
  const rows = (places: readonly string[], prompt: Prompt): Changes => {
    const kept = { value: new TextEncoder().encode(JSON.stringify(prompt)), expiresAt: prompt.at + LIFE_MS };
    return new Map(places.map((place) => [place, kept]));
  };

  const next = async ({ chat, messageId, content, at }: Answer): Promise<InboundContent | undefined> => {
    // in a group whoever writes next need not be who was asked
    if (chat.groupId !== undefined) return undefined;
    const [newest] = await read(placesOf(chat));
    if (newest === undefined) return undefined;
    if (newest.next === undefined) await keep({}, rows(placesOf(chat), { ...newest, next: messageId }));
    else if (newest.next !== messageId) return undefined;
    return at - newest.at > DAY_MS ? undefined : chosen(newest.options, content);
  };

  return {
    async said(chat, messageId, options) {
      const places = placesOf(chat);
      // most chats never had a prompt, and a read costs less than a write
      if (options.length === 0) return new Map([...(await find(places)).keys()].map((place) => [place, undefined]));
      return rows([...places, askedPlace(messageId)], { id: messageId, options, at: now(), places });
    },
    async unsaid(messageId) {
      const [asked] = await read([askedPlace(messageId)]);
      if (asked === undefined) return new Map();
      const standing = await read(asked.places);
      const mine = standing.some(({ id }) => id === messageId) ? asked.places : [];
      return new Map([...mine, askedPlace(messageId)].map((place) => [place, undefined]));
    },
    async answerTo(answer) {
      const { replyTo, content } = answer;
      const standing = await next(answer);
      if (replyTo === undefined) return standing;
      const [asked] = await read([askedPlace(replyTo)]);
      return asked && chosen(asked.options, content);
    },
  };
}

function chosen(options: readonly Option[], content: InboundContent): InboundContent | undefined {
  if (content.kind !== "text") return undefined;
  // beyond that nobody looks: a long text of blanks would keep the process busy
  if (content.text.length > LONGEST_ANSWER) return undefined;
  const [, digits = ""] = /^(\d{1,2})\s*[.)]?$/.exec(content.text.trim()) ?? [];
  const option = options[Number(digits) - 1];
  return option && { ...option, text: content.text };
}

function placesOf({ groupId, lid, phone }: PromptChat): readonly string[] {
  if (groupId !== undefined) return [`prompt/${groupId}`];
  return [lid, phone].flatMap((name) => (name === undefined ? [] : [`prompt/${name}`]));
}

function askedPlace(messageId: string): string {
  return `asked/${messageId}`;
}
