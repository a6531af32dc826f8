import type { Contact } from "../contact.ts";

/** A question with options to choose from, in the chat for all to see. */
export interface PollContent {
  readonly kind: "poll";
  /** What is asked. */
  readonly question: string;
  /** 2 to 12, each its own. */
  readonly options: readonly string[];
  /** How many one person may choose; any number when absent. */
  readonly selectable?: number;
}

/** A vote in a poll: all that the person has chosen now, which is nothing when they took their vote back. */
export interface PollVoteContent {
  readonly kind: "poll_vote";
  /** The vendor's id of the poll's message. */
  readonly messageId: string;
  /** By their texts. */
  readonly options: readonly string[];
}

/** A message that is kept at the top of its chat, or no longer. */
export interface PinContent {
  readonly kind: "pin";
  /** The vendor's id of the message. */
  readonly messageId: string;
  /** False takes it down again. */
  readonly pinned: boolean;
  /** For how long, in seconds: 86400, 604800 or 2592000; a day when absent. */
  readonly seconds?: number;
}

/** A message that came in or was sent, passed on to somebody else. */
export interface ForwardContent {
  readonly kind: "forward";
  /** The vendor's id of the message. */
  readonly messageId: string;
}

/** Other words for a message of our own. What others change comes in as `message.edited`. */
export interface EditContent {
  readonly kind: "edit";
  /** The vendor's id of the message. */
  readonly messageId: string;
  /** The text from now on, or the caption of a file. */
  readonly text: string;
  /** As in a text. */
  readonly mentions?: readonly Contact[];
}

/** A message taken back for everybody: our own, or anybody's in a group that the number is an admin of. What others take back comes in as `message.revoked`. */
export interface DeleteContent {
  readonly kind: "delete";
  /** The vendor's id of the message. */
  readonly messageId: string;
}
