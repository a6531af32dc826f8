import type { MessageContent } from "../delivery/message-content.ts";
import { encodeContent, stanzaType } from "../delivery/message-content.ts";
import type { Account } from "../directory/account.ts";
import type { World } from "../server/world.ts";
import type { NewsletterMessage, NewsletterState, Newsletters } from "./newsletter-state.ts";

/** A channel, in which its owner posts. */
export interface Newsletter {
  /** `120363…@newsletter`. */
  readonly jid: string;
  /** How many follow it, its owner included. */
  followers(): number;
  /** What was posted, the oldest first. */
  messages(): readonly NewsletterMessage[];
  /** Posts a message of the owner's. Answers its id. */
  post(content: string | MessageContent): string;
}

/** What a person does with channels. */
export interface NewsletterActs {
  /** Makes a channel that the person owns and follows; its description is empty where none is given. */
  createNewsletter(name: string, description?: string): Newsletter;
}

/** The acts of one account. */
export function newsletterActs(world: World, newsletters: Newsletters, account: Account): NewsletterActs {
  return { createNewsletter: (name, description) => newsletter(world, newsletters, newsletters.create(account, name, description)) };
}

function newsletter(world: World, newsletters: Newsletters, state: NewsletterState): Newsletter {
  return {
    jid: state.jid,
    followers: () => state.followers.size,
    messages: () => [...state.messages],
    post: (content) => {
      const message = typeof content === "string" ? { conversation: content } : content;
      const padded = encodeContent(world.baileys, message);
      // nothing in a channel is encrypted, and so nothing is padded
      const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
      return newsletters.post(state, { id: world.nextId(), content: plain, type: stanzaType(message) }).id;
    },
  };
}
