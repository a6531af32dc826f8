import type { Call, CallOptions } from "../calls/calls.ts";
import type { MessageContent } from "../delivery/message-content.ts";
import { answerTo, sendReceipt } from "../delivery/receipts.ts";
import type { Receipt, ReceivedMessage, UnreadableMessage } from "../delivery/received-message.ts";
import { linkedDevices, type SendOptions, sendFrom } from "../delivery/send-from.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { SERVER_JID } from "../directory/jid.ts";
import { sendToGroup } from "../groups/group-acts.ts";
import type { CodeEnd } from "../linking/linking.ts";
import { fail } from "../linking/login.ts";
import { dropAfterDaysOff } from "../notices/device-acts.ts";
import type { PasskeyPerson } from "../passkey/passkey-person.ts";
import type { Chat } from "../presence/presence.ts";
import { type SeededSession, seedSession } from "../seeds/seeded-session.ts";
import { type LinkedClient, linkedClient } from "./linked-client.ts";
import { type PhoneActs, phoneActs } from "./phone-acts.ts";
import type { PhoneRooms } from "./phone-rooms.ts";

/** A person with a phone, whom a test tells what to do. */
export interface Phone extends PhoneActs {
  /** Digits alone. */
  readonly number: string;
  /** `15550001111@s.whatsapp.net`. */
  readonly jid: string;
  /** The LID's address. */
  readonly lid: string;
  /** The push name as it is now, whoever changed it last: the test, the person or a client. */
  readonly name: string;
  /** The clients that are linked now. */
  readonly clients: readonly LinkedClient[];
  /** Every message that came to the person's own devices, copies of what clients of the account sent included. */
  readonly messages: readonly ReceivedMessage[];
  /** Messages that could not be decrypted. */
  readonly unreadable: readonly UnreadableMessage[];
  /** Every receipt that came. */
  readonly receipts: readonly Receipt[];
  /** Scans the QR code that a client shows. Rejects when it has expired or the client cannot be linked. */
  scan(qr: string): Promise<LinkedClient>;
  /** Types the code of eight characters that a client shows; waits until a client has asked for this number. Rejects when the code is wrong. */
  type(code: string): Promise<LinkedClient>;
  /** Links a client without the linking: it can log in with what the answer holds, as one that was linked a while ago. */
  seedClient(): SeededSession;
  /** Sends a message to a phone, a group, a number or an address. Answers its id. */
  send(to: { readonly jid: string } | string, content: string | MessageContent, options?: SendOptions): string;
  /** Reads messages: their sender gets a receipt. */
  read(...messages: readonly ReceivedMessage[]): void;
  /** Plays voice messages or videos: their sender gets a receipt. */
  play(...messages: readonly ReceivedMessage[]): void;
  /** Calls somebody, or a group: their clients hear it ring. */
  call(to: { readonly jid: string }, options?: Pick<CallOptions, "isVideo">): Call;
  /** The next message from somebody else that has not been asked for before, the first where `fits` says so; waits for it. */
  received(fits?: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage>;
  /** The same for copies of what the account's own clients sent. */
  copied(fits?: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage>;
  /** The next receipt that has not been asked for before; waits for it. */
  receipt(fits?: (receipt: Receipt) => boolean): Promise<Receipt>;
  /** Answers every message from somebody else with what the script returns, if anything; one that throws is a complaint. Answers how to stop. */
  answer(script: (message: ReceivedMessage) => string | MessageContent | undefined): () => void;
  /**
   * WhatsApp ends the code that a client has asked for this number: it is to make another (`refresh`) or have the person ask for one (`manual refresh`),
   * or it gets an answer without keys, as from a phone that has given up. Throws when no client has asked.
   */
  endCode(how: CodeEnd): void;
  /** Removes a client from the linked devices, every client where none is named. Throws when the client is linked to somebody else. */
  unlink(client?: LinkedClient): void;
  /** Puts the phone away: messages to it wait, and no receipts are sent. */
  goOffline(): void;
  /** Takes the phone in hand again: what has waited comes at once, in order. */
  goOnline(): void;
  /** From now on every login of the account's clients fails with this code, and those connected are thrown out; undefined lifts it. */
  restrict(code: number | undefined, attributes?: Readonly<Record<string, string>>): void;
  /** From now on WhatsApp asks for a passkey before it links a client to this account: nobody answers, or the person that is given. `false` lifts it. */
  demandPasskey(person?: PasskeyPerson | false): void;
}

/** The handle of an account. */
export function phone(rooms: PhoneRooms, account: Account): Phone {
  const { world, linking, delivery, groups, tokens, placeholders, calls } = rooms;
  let cancelDaysOff = (): void => {};
  const unlinkAll = (): void => {
    for (const each of linkedDevices(account).map(clientOf)) remove(each);
  };
  const remove = (client: LinkedClient): void => {
    if (client.isConnected) client.end("removed");
    else account.devices.delete(client.id);
  };
  const taken = new WeakSet<object>();
  const clients = new Map<LinkedDevice, LinkedClient>();
  const clientOf = (device: LinkedDevice): LinkedClient => {
    const client = clients.get(device) ?? linkedClient(world, device);
    clients.set(device, client);
    return client;
  };
  const post = delivery.postOf(account);
  const next = async <Item extends object>(what: string, items: readonly Item[], fits: (item: Item) => boolean): Promise<Item> => {
    const found = await world.changes.until(`${what} at ${account.number}`, () => items.find((item) => !taken.has(item) && fits(item)));
    taken.add(found);
    return found;
  };
  const jidOf = (to: { readonly jid: string } | string): string =>
    typeof to !== "string" ? to.jid : to.includes("@") ? to : `${to}@${SERVER_JID}`;
  const accountOf = (jid: string): Account => {
    const found = world.directory.find(jid);
    if (found === undefined) throw new Error(`${jid} is not on WhatsApp`);
    return found.account;
  };
  const send: Phone["send"] = (to, content, options) => {
    const message = typeof content === "string" ? { conversation: content } : content;
    const from = account.devices.get(options?.device ?? 0);
    if (from?.kind !== "fake") throw new Error(`${account.number} has no device ${options?.device} of its own`);
    const jid = jidOf(to);
    if (groups.find(jid) !== undefined) return sendToGroup(world, groups, from, jid, message, options);
    const recipient = accountOf(jid);
    const withheld = { ...options, id: options?.id ?? world.nextId() };
    if (options?.unavailable) {
      const remoteJid = ((options.addressing ?? world.settings.chatAddressing) === "lid" ? lidJid : numberJid)(account);
      placeholders.keep(recipient, withheld.id, { remoteJid, content: message });
    }
    const token = options?.withToken === true ? tokens.give(account, recipient, false).bytes : undefined;
    return sendFrom(world, { from, to: recipient, content: message, token }, withheld);
  };
  const receipt = (type: string, messages: readonly ReceivedMessage[]): void => {
    if (type === "read" && account.profile.privacy.get("readreceipts") === "none") return;
    for (const { id, from, attributes } of messages) {
      const device = world.directory.find(from)?.device;
      if (device?.kind === "linked") sendReceipt(world, device, { from: account, ids: [id], type, ...answerTo(attributes) });
    }
  };
  const chatOf = (to: { readonly jid: string } | string): Chat =>
    groups.chat(jidOf(to)) ?? { members: [accountOf(jidOf(to))], addressing: world.settings.chatAddressing };

  return {
    ...phoneActs(rooms, account, chatOf, unlinkAll),
    call: (to, options) => {
      const members = groups.chat(to.jid)?.members.filter((each) => each !== account);
      return calls.call(account, members ?? [accountOf(to.jid)], { ...options, ...(members && { group: to }) });
    },
    number: account.number,
    jid: numberJid(account),
    lid: lidJid(account),
    get name() {
      return account.name;
    },
    get clients() {
      return linkedDevices(account).map(clientOf);
    },
    get messages() {
      return [...post.messages];
    },
    get unreadable() {
      return [...post.unreadable];
    },
    get receipts() {
      return [...post.receipts];
    },
    seedClient: () => seedSession(world, account).session,
    scan: async (qr) => clientOf(await linking.scan(account, qr)),
    type: async (code) => clientOf(await linking.type(account, code)),
    send,
    read: (...messages) => receipt("read", messages),
    play: (...messages) => receipt("played", messages),
    received: (fits = () => true) =>
      next("a message", post.messages, (message) => !message.fromMe && message.device === 0 && fits(message)),
    copied: (fits = () => true) => next("a copy", post.messages, (message) => message.fromMe && message.device === 0 && fits(message)),
    receipt: (fits = () => true) => next("a receipt", post.receipts, fits),
    answer: (script) =>
      delivery.onReceived((message, at) => {
        if (at !== account || message.fromMe || message.device !== 0) return;
        try {
          const content = script(message);
          if (content !== undefined) send(message.chat, content);
        } catch (error) {
          // the message was read all the same
          const reason = error instanceof Error ? error.message : String(error);
          world.complaints.add(`the script by which ${account.number} answers failed on message ${message.id}: ${reason}`);
        }
      }),
    unlink: (client) => {
      if (client !== undefined && !linkedDevices(account).map(clientOf).includes(client)) {
        throw new Error(`${client.jid} is not linked to ${account.number}`);
      }
      if (client === undefined) unlinkAll();
      else remove(client);
    },
    goOffline: () => {
      account.isOnline = false;
      cancelDaysOff();
      cancelDaysOff = dropAfterDaysOff(world, account, unlinkAll);
    },
    goOnline: () => {
      account.isOnline = true;
      cancelDaysOff();
      for (const open of account.held.splice(0)) open();
    },
    restrict: (code, attributes = {}) => {
      account.refusal = code === undefined ? undefined : { reason: String(code), ...attributes };
      if (account.refusal === undefined) return;
      for (const { connection } of linkedDevices(account)) if (connection !== undefined) fail(connection, account.refusal);
    },
    demandPasskey: (person) => {
      account.passkey = person === false ? undefined : (person ?? "nobody");
    },
    endCode: (how) => linking.endCode(account, how),
  };
}
