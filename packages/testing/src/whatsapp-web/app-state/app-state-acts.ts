import { linkedDevices } from "../delivery/send-from.ts";
import type { Account } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import type { World } from "../server/world.ts";
import type { AppState, AppStateChange, CollectionName } from "./app-state.ts";
import type { Mutation } from "./mutation.ts";

/** A chat: somebody with an address, or the address. */
export type Chat =
  | string
  | {
      /** `15550001111@s.whatsapp.net`, a LID's address, or that of a group. */
      readonly jid: string;
    };

/** What a person does with chats and contacts on the phone, so that the linked clients do it too. */
export interface AppStateActs {
  /** Archives a chat; `false` takes it out of the archive again. */
  archive(chat: Chat, isArchived?: boolean): void;
  /** Pins a chat to the top; `false` lets go of it. */
  pin(chat: Chat, isPinned?: boolean): void;
  /** Mutes a chat until a time in milliseconds since the epoch; undefined ends it. */
  mute(chat: Chat, until: number | undefined): void;
  /** Marks a chat as read, or as unread. */
  markRead(chat: Chat, isRead?: boolean): void;
  /** Stars a message, which must name its chat; `false` takes the star away. */
  star(message: StarredMessage, isStarred?: boolean): void;
  /** Deletes a message on the person's own devices alone. */
  deleteForMe(message: StarredMessage): void;
  /** Deletes a chat with all that is in it on the person's own devices alone. */
  deleteChat(chat: Chat): void;
  /** Gives a contact a name of one's own; undefined takes the contact out of the address book. */
  rename(contact: Chat, name: string | undefined): void;
  /** Changes the person's own push name. */
  setName(name: string): void;
  /** Sets or removes anything else. */
  change(collection: CollectionName, ...mutations: readonly Mutation[]): void;
  /** Everything that is set in a collection now. */
  state(collection: CollectionName): readonly Mutation[];
  /** The next thing a client has changed that has not been asked for before; waits for it. */
  changed(fits?: (change: AppStateChange) => boolean): Promise<AppStateChange>;
  /** Shares the keys of the app state with every linked client; without them a client can neither read nor write it. */
  shareKeys(): void;
  /** Makes a new key: what the phone changes from now on no client can read before the key is shared. */
  newKey(): void;
}

/** A message as a person's own devices name it. */
export interface StarredMessage {
  /** Where it was written: what its id is looked for in. */
  readonly chat: Chat;
  /** As its stanza had it. */
  readonly id: string;
  /** Whether the person wrote it, by the phone or by a client; false where absent. */
  readonly fromMe?: boolean;
}

/** The acts of the person with an account. */
export function appStateActs(world: World, appState: AppState, account: Account): AppStateActs {
  const taken = new WeakSet<object>();
  const change = (name: CollectionName, ...mutations: readonly Mutation[]): void => appState.change(account, name, mutations);
  const messageRange = () => ({ lastMessageTimestamp: world.seconds() });
  return {
    change,
    archive: (chat, archived = true) =>
      change("regular_low", {
        index: ["archive", jidOf(chat)],
        action: { archiveChatAction: { archived, messageRange: messageRange() } },
        version: 3,
      }),
    pin: (chat, pinned = true) => change("regular_low", { index: ["pin_v1", jidOf(chat)], action: { pinAction: { pinned } }, version: 5 }),
    mute: (chat, until) =>
      change("regular_high", {
        index: ["mute", jidOf(chat)],
        action: { muteAction: { muted: until !== undefined, muteEndTimestamp: until } },
        version: 2,
      }),
    markRead: (chat, read = true) =>
      change("regular_low", {
        index: ["markChatAsRead", jidOf(chat)],
        action: { markChatAsReadAction: { read, messageRange: messageRange() } },
        version: 3,
      }),
    star: ({ chat, id, fromMe }, starred = true) =>
      change("regular_high", {
        index: ["star", jidOf(chat), id, fromMe === true ? "1" : "0", "0"],
        action: { starAction: { starred } },
        version: 2,
      }),
    deleteForMe: ({ chat, id, fromMe }) =>
      change("regular_high", {
        index: ["deleteMessageForMe", jidOf(chat), id, fromMe === true ? "1" : "0", "0"],
        action: { deleteMessageForMeAction: { deleteMedia: false, messageTimestamp: world.seconds() } },
        version: 3,
      }),
    deleteChat: (chat) =>
      change("regular_high", {
        index: ["deleteChat", jidOf(chat), "1"],
        action: { deleteChatAction: { messageRange: messageRange() } },
        version: 6,
      }),
    rename: (contact, fullName) => {
      const found = world.directory.find(jidOf(contact))?.account;
      const contactAction = fullName === undefined ? {} : { fullName, firstName: fullName.split(" ")[0], lidJid: found && lidJid(found) };
      const index = ["contact", found === undefined ? jidOf(contact) : numberJid(found)];
      change("critical_unblock_low", { index, action: { contactAction }, isRemoved: fullName === undefined, version: 2 });
    },
    setName: (name) => {
      account.name = name;
      change("critical_block", { index: ["setting_pushName"], action: { pushNameSetting: { name } } });
    },
    state: (name) => appState.of(account).collections[name].entries,
    changed: async (fits = () => true) => {
      const { changes } = appState.of(account);
      const look = () => changes.find((each) => !taken.has(each) && fits(each));
      const found = await world.changes.until(`a change of ${account.number}'s app state`, look);
      taken.add(found);
      return found;
    },
    shareKeys: () => {
      for (const device of linkedDevices(account)) appState.shareKeys(device);
    },
    newKey: () => void appState.newKey(account),
  };
}

function jidOf(chat: Chat): string {
  return typeof chat === "string" ? chat : chat.jid;
}
