import type { Account } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import type { World } from "../server/world.ts";
import { type BinaryNode, childrenOf, node } from "../wire/node.ts";
import { type GroupRole, type GroupState, memberJid } from "./group-state.ts";
import type { Groups } from "./groups.ts";

/** Somebody with an address: a phone. */
export interface Person {
  /** `15550001111@s.whatsapp.net`, or a LID's address. */
  readonly jid: string;
}

/** A group, in which a test lets its members do something. What a member may not do throws. */
export interface Group {
  /** `120363…@g.us`. */
  readonly jid: string;
  /** How its members know each other, as it was made: it does not change. */
  readonly addressing: "number" | "lid";
  /** The name that members read, as it is now. */
  readonly subject: string;
  /** As it is now; undefined where nobody wrote one or it was removed. */
  readonly description: string | undefined;
  /** The code of its invitation link. */
  readonly inviteCode: string;
  /** As they are now, by both of their addresses. */
  readonly members: readonly GroupMember[];
  /** Seconds after which messages disappear; undefined where they stay. */
  readonly ephemeral: number | undefined;
  /** The code of the invitation for somebody who could not be added; undefined where there is none. */
  invitationOf(person: Person): string | undefined;
  /** Throws when somebody could not be added. */
  add(by: Person, ...people: readonly Person[]): void;
  /** Takes people out of it; for an admin to do. */
  remove(by: Person, ...people: readonly Person[]): void;
  /** Makes members admins; for an admin to do. */
  promote(by: Person, ...people: readonly Person[]): void;
  /** Makes admins plain members; for an admin to do. */
  demote(by: Person, ...people: readonly Person[]): void;
  /** Joins by the invitation link. */
  join(person: Person): void;
  /** Takes the person out; the others stay, and the clients of all are told. */
  leave(person: Person): void;
  /** Changes the name that members read; for an admin alone to do where the group is locked. */
  rename(by: Person, subject: string): void;
  /** Writes the description; an empty one removes it. */
  describe(by: Person, description: string): void;
  /** Makes a new `inviteCode`: nobody can join by the former one. */
  revokeInvite(by: Person): void;
  /** After how many seconds messages disappear; 0 lets them stay. */
  expire(by: Person, seconds: number): void;
  /** Lets only admins write, or everybody. */
  announce(by: Person, isOn: boolean): void;
  /** Lets only admins change what the group is, or everybody. */
  lock(by: Person, isOn: boolean): void;
}

/** A member of a group. */
export interface GroupMember {
  /** The address by phone number, also in a group where members know each other by LID. */
  readonly jid: string;
  /** The address by LID. */
  readonly lid: string;
  /** The creator has one of their own, and may do what admins may. */
  readonly role: GroupRole;
}

/** The handle of a group. */
export function group(world: World, groups: Groups, state: GroupState): Group {
  const accountOf = ({ jid }: Person): Account => {
    const found = world.directory.find(jid);
    if (found === undefined) throw new Error(`${jid} is not on WhatsApp`);
    return found.account;
  };
  const change = (by: Person, child: BinaryNode): void => {
    const answer = groups.change(state, accountOf(by), child);
    if (answer === undefined) return;
    if ("refused" in answer) throw new Error(`${by.jid} may not do this in ${state.subject.text}: ${answer.refused.text}`);
    const failed = childrenOf(answer[0], "participant").find(({ attrs }) => attrs.error !== undefined);
    if (failed !== undefined) throw new Error(`${child.tag} of ${failed.attrs.jid} failed with ${failed.attrs.error}`);
  };
  const changePeople = (tag: string, by: Person, people: readonly Person[]): void => {
    const participants = people.map((person) => node("participant", { jid: memberJid(state, accountOf(person)) }));
    change(by, node(tag, {}, participants));
  };
  return {
    jid: state.jid,
    addressing: state.addressing,
    get subject() {
      return state.subject.text;
    },
    get description() {
      return state.description?.text;
    },
    get inviteCode() {
      return state.inviteCode;
    },
    get members() {
      return [...state.members].map(([account, role]) => ({ jid: numberJid(account), lid: lidJid(account), role }));
    },
    get ephemeral() {
      return state.ephemeral === undefined ? undefined : Number(state.ephemeral);
    },
    invitationOf: (person) => state.invites.get(accountOf(person)),
    add: (by, ...people) => changePeople("add", by, people),
    remove: (by, ...people) => changePeople("remove", by, people),
    promote: (by, ...people) => changePeople("promote", by, people),
    demote: (by, ...people) => changePeople("demote", by, people),
    join: (person) => void groups.join(state.inviteCode, accountOf(person)),
    leave: (person) => change(person, node("leave")),
    rename: (by, subject) => change(by, node("subject", {}, subject)),
    describe: (by, description) => {
      const prev = state.description?.id;
      if (description === "") change(by, node("description", { delete: "true", prev }));
      else change(by, node("description", { id: world.nextId(), prev }, [node("body", {}, description)]));
    },
    revokeInvite: (by) => change(by, node("invite")),
    expire: (by, seconds) => change(by, seconds === 0 ? node("not_ephemeral") : node("ephemeral", { expiration: seconds })),
    announce: (by, isOn) => change(by, node(isOn ? "announcement" : "not_announcement")),
    lock: (by, isOn) => change(by, node(isOn ? "locked" : "unlocked")),
  };
}
