import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { type Addressing, addressingOf, isPersonal } from "../directory/jid.ts";
import type { Room } from "../server/room.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, childOf, node } from "../wire/node.ts";

/** What somebody sees another do. */
export interface Presence {
  /** The address of the device that says so. */
  readonly from: string;
  /** The address of the chat it is about; undefined where it is about the person. */
  readonly chat: string | undefined;
  /** The first two are about the person; what one does in a chat is `composing`, `recording` or `paused`. */
  readonly state: "available" | "unavailable" | "composing" | "recording" | "paused";
}

/** Who is there, and who is writing. Nothing of it is kept for clients that are away. */
export interface Presences extends Room {
  /** What an account's own phone was told. */
  seenBy(account: Account): Presence[];
  /** From now on an account's phone is told whether somebody is there. */
  watch(watcher: Account, watched: Account): void;
  /** A person comes or goes: those who have subscribed are told. */
  appear(account: Account, state: "available" | "unavailable"): void;
  /** Somebody writes in a chat: each connected client that is in it is told. */
  write(account: Account, chat: Chat, state: "composing" | "recording" | "paused"): void;
}

/** Where somebody writes: the address as clients know it, and whose clients they are. */
export interface Chat {
  /** The group; absent for one person's chat. */
  readonly group?: string;
  readonly members: readonly Account[];
  readonly addressing: Addressing;
}

/** The room of presence. */
export function presence(world: World, chatOf: (jid: string) => Chat | undefined): Presences {
  const seen = new Map<Account, Presence[]>();
  const states = new Map<Account, { readonly type: string; readonly last: number }>();
  // who wants to know of an account, and under which address
  const subscribers = new Map<Account, Map<LinkedDevice, string>>();
  const watchers = new Map<Account, Set<Account>>();
  const seenBy = (account: Account): Presence[] => {
    const list = seen.get(account) ?? [];
    seen.set(account, list);
    return list;
  };
  const tell = ({ connection }: LinkedDevice, jid: string, account: Account): void => {
    const { type, last } = states.get(account) ?? { type: "unavailable", last: undefined };
    connection?.send(node("presence", { from: jid, ...(type === "unavailable" && { type, last: last ?? "deny" }) }));
  };
  const appear = (account: Account, type: "available" | "unavailable", from: string): void => {
    states.set(account, { type, last: world.seconds() });
    for (const [device, jid] of subscribers.get(account) ?? []) tell(device, jid, account);
    for (const watcher of watchers.get(account) ?? []) seenBy(watcher).push({ from, chat: undefined, state: type });
    world.changes.happened();
  };
  const write = (account: Account, device: number, { group, members, addressing }: Chat, child: BinaryNode | undefined): void => {
    const own = (addressing === "lid" ? lidJid : numberJid)(account, device);
    const state = child?.attrs.media === "audio" ? "recording" : (child?.tag as Presence["state"]);
    for (const member of members) {
      if (member === account) continue;
      for (const each of member.devices.values()) {
        if (each.kind === "linked")
          each.connection?.send(node("chatstate", group ? { from: group, participant: own } : { from: own }, [child]));
      }
      seenBy(member).push({ from: numberJid(account, device), chat: group ?? numberJid(account), state });
    }
    world.changes.happened();
  };
  const subscribe = ({ attrs: { to = "" } }: BinaryNode, { device }: ClientSession): void => {
    const account = world.directory.find(to)?.account;
    if (account === undefined) return;
    const known = subscribers.get(account) ?? new Map<LinkedDevice, string>();
    subscribers.set(account, known.set(device, to));
    tell(device, to, account);
  };

  return {
    seenBy,
    watch: (watcher, watched) => void watchers.set(watched, (watchers.get(watched) ?? new Set()).add(watcher)),
    appear: (account, state) => appear(account, state, numberJid(account)),
    write: (account, chat, state) => write(account, 0, chat, state === "recording" ? node("composing", { media: "audio" }) : node(state)),
    stanzas: {
      presence: (stanza, session) => {
        const { account, device } = session;
        if (stanza.attrs.type === "subscribe") return subscribe(stanza, session);
        device.presence = stanza.attrs;
        appear(account, stanza.attrs.type === "unavailable" ? "unavailable" : "available", numberJid(account, device.id));
      },
      chatstate: (stanza, { account, device }) => {
        const { to = "" } = stanza.attrs;
        const person = isPersonal(to) ? world.directory.find(to)?.account : undefined;
        const chat = person === undefined ? chatOf(to) : { members: [person], addressing: addressingOf(to) };
        if (chat !== undefined) write(account, device.id, chat, childOf(stanza));
      },
    },
  };
}
