import { linkedDevices } from "../delivery/send-from.ts";
import type { Account } from "../directory/account.ts";
import { fakeDevice, lidJid } from "../directory/directory.ts";
import { SERVER_JID } from "../directory/jid.ts";
import type { Mex } from "../limits/mex.ts";
import type { PrivacyTokens } from "../limits/privacy-tokens.ts";
import type { World } from "../server/world.ts";
import { node } from "../wire/node.ts";
import { announceDevice, announceIdentity, announceToOwn, clientsOfContacts } from "./contact-notices.ts";

/** What happens to a person's devices and account, and who is told. */
export interface DeviceActs {
  /** The person links another device of their own: contacts are told. Answers its number. */
  addCompanion(): number;
  /** The person removes a device of their own: contacts are told. Throws where there is none. */
  removeCompanion(device: number): void;
  /** The person sets the phone up anew: it has another identity key and knows no session any more, its clients are unlinked, and contacts are told. */
  renewIdentity(): void;
  /** WhatsApp tells the connected clients that what they know of something is out of date: `account_sync`, `groups`, `communities`. */
  markDirty(type: string): void;
  /** The phone changes for how long messages stay in new chats, in seconds; 0 lets them stay. Its clients are told. */
  setDisappearingMode(seconds: number): void;
  /** The person takes a user name, or gives it up: contacts are told, and messages carry it along. */
  setUsername(username: string | undefined): void;
  /** Tells the clients that something of the account was changed on the phone, by its name: `privacy`, `status`, `picture`, `tos`. */
  sync(what: string, attributes?: Readonly<Record<string, string>>): void;
  /** When the phone was on last, in milliseconds since the epoch. After 14 days off, its clients are unlinked. */
  lastActive(): number;
}

const DAYS_OFF_MS = 14 * 86_400_000;

/** Unlinks the clients of an account whose phone stays off for 14 days. Answers how to cancel. */
export function dropAfterDaysOff(world: World, account: Account, unlink: () => void): () => void {
  account.lastActive = world.clock.now();
  return world.after(DAYS_OFF_MS, () => {
    if (!account.isOnline) unlink();
  });
}

/** The acts of one account. */
export function deviceActs(
  world: World,
  rooms: { readonly mex: Mex; readonly tokens: PrivacyTokens },
  account: Account,
  unlink: () => void,
): DeviceActs {
  return {
    addCompanion: () => {
      const id = account.nextDevice;
      account.nextDevice += 1;
      const device = fakeDevice(account, id);
      account.devices.set(id, device);
      announceDevice(world, account, "add", device);
      return id;
    },
    removeCompanion: (id) => {
      const device = account.devices.get(id);
      if (id === 0 || device?.kind !== "fake") throw new Error(`${account.number} has no companion ${id} of its own`);
      account.devices.delete(id);
      announceDevice(world, account, "remove", device);
    },
    renewIdentity: () => {
      unlink();
      for (const { id, kind } of account.devices.values()) if (kind === "fake" && id !== 0) account.devices.delete(id);
      account.devices.set(0, fakeDevice(account, 0));
      rooms.tokens.renewed(account);
      announceIdentity(world, account);
    },
    markDirty: (type) => {
      for (const { connection } of linkedDevices(account)) {
        connection?.send(node("ib", { from: SERVER_JID }, [node("dirty", { type, timestamp: world.seconds() })]));
      }
    },
    setDisappearingMode: (seconds) => {
      account.profile.disappearing = { duration: seconds, at: world.seconds() };
      announceToOwn(world, account, node("disappearing_mode", { duration: seconds, t: world.seconds() }));
    },
    setUsername: (username) => {
      account.username = username;
      // as zapo 1.8.0 reads them (client/events/mex-notification.ts)
      const [operation, data] =
        username === undefined
          ? (["UsernameDeleteNotification", { xwa2_notify_username_delete: { lid: lidJid(account) } }] as const)
          : (["UsernameSetNotification", { xwa2_notify_username_on_change: { username, lid: lidJid(account) } }] as const);
      for (const other of new Set(clientsOfContacts(world, account).map((device) => device.account)))
        rooms.mex.notify(other, operation, data);
    },
    sync: (what, attributes) => announceToOwn(world, account, node(what, attributes)),
    lastActive: () => (account.isOnline ? world.clock.now() : account.lastActive),
  };
}
