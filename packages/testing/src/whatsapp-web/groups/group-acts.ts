import type { MessageContent } from "../delivery/message-content.ts";
import { linkedDevices, type SendOptions } from "../delivery/send-from.ts";
import type { Account, FakeDevice } from "../directory/account.ts";
import type { World } from "../server/world.ts";
import { type Group, group, type Person } from "./group.ts";
import { sendToAudience } from "./group-messages.ts";
import { devicesOf } from "./group-state.ts";
import type { Groups } from "./groups.ts";

/** What a person does to many at once. */
export interface GroupActs {
  /** Makes a group with the person as its creator. Members know each other by number where `addressing` is absent. */
  createGroup(beginning: NewGroup): Group;
  /** Posts a status that some people may see. Answers its id. */
  postStatus(content: string | MessageContent, people: readonly Person[], options?: SendOptions): string;
}

/** A new group. */
export interface NewGroup {
  /** The name that members read. */
  readonly subject: string;
  /** Beside the creator; somebody who is not on the server throws. */
  readonly members?: readonly Person[];
  /** Whether its members know each other by phone number or by LID; by number where absent. */
  readonly addressing?: "number" | "lid";
}

/** The address of everybody's status. */
const STATUS_JID = "status@broadcast";

/** The acts of one account. */
export function groupActs(world: World, groups: Groups, account: Account): GroupActs {
  const accounts = (people: readonly Person[]): readonly Account[] =>
    people.map(({ jid }) => {
      const found = world.directory.find(jid);
      if (found === undefined) throw new Error(`${jid} is not on WhatsApp`);
      return found.account;
    });
  return {
    createGroup: ({ subject, members = [], addressing = "number" }) =>
      group(world, groups, groups.create({ subject, creator: account, members: accounts(members), addressing })),
    postStatus: (content, people, options) => {
      const devices = [account, ...accounts(people)].flatMap(linkedDevices);
      const message = typeof content === "string" ? { extendedTextMessage: { text: content } } : content;
      return sendToAudience(world, account.phone, { jid: STATUS_JID, addressing: "number", devices }, message, options);
    },
  };
}

/** Sends a message of a member's device to a group. Throws when there is no such group or its sender is not in it. Answers the message's id. */
export function sendToGroup(
  world: World,
  groups: Groups,
  from: FakeDevice,
  jid: string,
  content: MessageContent,
  options?: SendOptions,
): string {
  const state = groups.find(jid);
  if (state === undefined) throw new Error(`there is no group ${jid}`);
  if (!state.members.has(from.account)) throw new Error(`${from.account.number} is not in ${state.subject.text}`);
  return sendToAudience(world, from, { jid, addressing: state.addressing, devices: devicesOf(state) }, content, options);
}
