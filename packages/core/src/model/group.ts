import type { Contact } from "./contact.ts";

/** A group, to be written to. */
export interface GroupAddress {
  /** As events name it. */
  readonly groupId: string;
  /** No person is meant. */
  readonly phone?: never;
  /** No person is meant. */
  readonly userId?: never;
  /** No person is meant. */
  readonly lid?: never;
}

/** Whom a message goes to. */
export type Recipient =
  | (Contact & {
      /** No group is meant. */
      readonly groupId?: never;
    })
  | GroupAddress;

/** A group that a number is in. */
export interface Group {
  /** The vendor's id, as events name it. */
  readonly id: string;
  /** What it is called. */
  readonly subject: string;
  /** What it says of itself. */
  readonly description?: string;
  /** Everybody in it, the number itself among them. */
  readonly members: readonly GroupMember[];
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  /** Only admins write. */
  readonly announcement: boolean;
  /** Only admins change what the group is called and says of itself. */
  readonly locked: boolean;
  /** After how many seconds messages disappear; absent where they stay. */
  readonly disappearAfter?: number;
}

/** Somebody in a group. */
export interface GroupMember {
  /** Who it is. */
  readonly contact: Contact;
  /** The `owner` made it, and is an admin too. */
  readonly role: "member" | "admin" | "owner";
}

/** A group that is to be made. */
export interface NewGroup {
  /** 1 to 100 characters. */
  readonly subject: string;
  /** Phones as `+` with country code and number, or contacts as events gave them. */
  readonly members: readonly (string | Contact)[];
}

/** What is to change about a group; what is absent stays as it is. */
export interface GroupEdit {
  /** 1 to 100 characters. */
  readonly subject?: string;
  /** An empty one takes it away. */
  readonly description?: string;
  /** Who is to be in it: phones or contacts. */
  readonly add?: readonly (string | Contact)[];
  /** Who is to leave it. */
  readonly remove?: readonly (string | Contact)[];
  /** To admins. */
  readonly promote?: readonly (string | Contact)[];
  /** To members. */
  readonly demote?: readonly (string | Contact)[];
  /** Whether only admins may write. */
  readonly announcement?: boolean;
  /** Whether only admins may change what it is called and says of itself. */
  readonly locked?: boolean;
  /** In seconds; 0 lets messages stay. */
  readonly disappearAfter?: number;
}

/** Somebody to whom a change could not be done. */
export interface GroupRefusal {
  /** To whom. */
  readonly contact: Contact;
  /** What could not be done. */
  readonly action: "add" | "remove" | "promote" | "demote";
  /** The vendor's own code, e.g. `403` for somebody who lets nobody add them. */
  readonly code: string;
}

/** How a group stands after it was made or changed. */
export interface ChangedGroup {
  /** As it stands now. */
  readonly group: Group;
  /** Those to whom it could not be done. */
  readonly refused: readonly GroupRefusal[];
}
