import { randomInt } from "node:crypto";
import type { Account, Device } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";

/** What somebody is in a group; its creator is `superadmin`. */
export type GroupRole = "member" | "admin" | "superadmin";

/** A group as the server knows it. */
export interface GroupState {
  /** `120363…@g.us`. */
  readonly jid: string;
  /** Whether members know each other by phone number or by LID. */
  readonly addressing: "number" | "lid";
  readonly creator: Account;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly members: Map<Account, GroupRole>;
  subject: GroupText;
  /** Absent where nobody has written one. */
  description: (GroupText & { readonly id: string }) | undefined;
  inviteCode: string;
  /** Settings that are on, as their tags: `announcement`, `locked`, `membership_approval_mode`. */
  readonly settings: Set<string>;
  /** Seconds after which messages disappear; undefined where they stay. */
  ephemeral: string | undefined;
  memberAddMode: string;
  /** Whether groups can stand below it. */
  readonly isCommunity: boolean;
  /** The community that the group stands below; undefined where it stands alone. */
  parent: string | undefined;
  /** Who wants to be let in, and since when in seconds since the epoch. */
  readonly requests: Map<Account, number>;
  /** Codes of invitations that were made for one person each. */
  readonly invites: Map<Account, string>;
}

/** A text of a group with who wrote it when. */
export interface GroupText {
  readonly text: string;
  readonly by: Account;
  /** Seconds since the epoch. */
  readonly at: number;
}

/** How a group begins. */
export interface NewGroupState {
  readonly subject: string;
  readonly creator: Account;
  readonly members: readonly Account[];
  readonly addressing: "number" | "lid";
  readonly at: number;
  readonly inviteCode: string;
  readonly isCommunity?: boolean;
  readonly parent?: string | undefined;
}

/** A new group with its creator in it. */
export function groupState({
  subject,
  creator,
  members,
  addressing,
  at,
  inviteCode,
  isCommunity = false,
  parent,
}: NewGroupState): GroupState {
  const others = members.filter((member) => member !== creator).map((member) => [member, "member"] as const);
  return {
    jid: `120363${String(randomInt(1e12)).padStart(12, "0")}@g.us`,
    addressing,
    creator,
    createdAt: at,
    members: new Map<Account, GroupRole>([[creator, "superadmin"], ...others]),
    subject: { text: subject, by: creator, at },
    description: undefined,
    inviteCode,
    settings: new Set(),
    ephemeral: undefined,
    memberAddMode: "all_member_add",
    isCommunity,
    parent,
    requests: new Map(),
    invites: new Map(),
  };
}

/** The address of a person or a device as the members of a group know it. */
export function memberJid({ addressing }: Pick<GroupState, "addressing">, account: Account, device = 0): string {
  return (addressing === "lid" ? lidJid : numberJid)(account, device);
}

/** Every device of every member. */
export function devicesOf({ members }: GroupState): readonly Device[] {
  return [...members.keys()].flatMap((account) => [...account.devices.values()]);
}

/** Whether somebody may change who is in a group and what it is. */
export function isAdmin({ members }: GroupState, account: Account): boolean {
  return (members.get(account) ?? "member") !== "member";
}
