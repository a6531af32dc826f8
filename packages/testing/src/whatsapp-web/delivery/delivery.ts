import type { Account } from "../directory/account.ts";
import { readJid, SERVER_JID } from "../directory/jid.ts";
import type { Room, StanzaHandler } from "../server/room.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, childOf, node } from "../wire/node.ts";
import { deliverDirect, type Reception } from "./client-messages.ts";
import { sendReceipt, takeReceipt } from "./receipts.ts";
import type { Receipt, ReceivedMessage, UnreadableMessage } from "./received-message.ts";

/** What the devices of an account have got. */
export interface Post {
  readonly messages: ReceivedMessage[];
  readonly unreadable: UnreadableMessage[];
  readonly receipts: Receipt[];
}

/** Messages and receipts on their way between clients and phones. */
export interface Delivery extends Room {
  /** What came to an account's own devices. */
  postOf(account: Account): Post;
  /** Hears every message that a device of the server's own has read. Answers how to stop. */
  onReceived(listener: (message: ReceivedMessage, account: Account, sender: ClientSession) => void): () => void;
  /** Where messages go that are not for one person; by the part of their address behind the `@`, such as `g.us`. */
  readonly destinations: Map<string, Destination>;
}

/** A kind of address that clients send messages to. */
export interface Destination {
  /** The error that the message meets instead of being delivered; undefined where it is fine. */
  refusal?(stanza: BinaryNode, sender: ClientSession): number | undefined;
  /** Hands the message on, once the client has its `ack`. */
  deliver(stanza: BinaryNode, sender: ClientSession): void | Promise<void>;
}

/** The room of delivery. */
export function delivery(world: World): Delivery {
  const posts = new Map<Account, Post>();
  const listeners = new Set<Parameters<Delivery["onReceived"]>[0]>();
  const destinations = new Map<string, Destination>();
  const postOf = (account: Account): Post => {
    const post = posts.get(account) ?? { messages: [], unreadable: [], receipts: [] };
    posts.set(account, post);
    return post;
  };

  const reception: Reception = {
    received: (message, device, sender) => {
      postOf(device.account).messages.push(message);
      // one receipt for a person: the phone's
      if (!message.fromMe && device.id === 0) {
        const addressing = readJid(message.attributes.to)?.server === "lid" ? "lid" : "number";
        sendReceipt(world, sender.device, { from: device.account, ids: [message.id], addressing });
      }
      for (const listener of [...listeners]) listener(message, device.account, sender);
    },
    unreadable: (message, device) => void postOf(device.account).unreadable.push(message),
  };

  const toOnePerson: Destination = { deliver: (stanza, sender) => deliverDirect(world, reception, stanza, sender) };
  const message: StanzaHandler = async (stanza, sender) => {
    const { id, to } = stanza.attrs;
    const destination = destinations.get(readJid(to)?.server ?? "") ?? toOnePerson;
    const error = world.faults.take(["message_refused"])?.code ?? destination.refusal?.(stanza, sender);
    // the ack is there before any receipt
    sender.connection.send(node("ack", { class: "message", id, from: to, t: world.seconds(), error }));
    if (error === undefined) await destination.deliver(stanza, sender);
  };

  const begin = ({ connection, device }: ClientSession): void => {
    const count = device.mailbox.waiting.length;
    if (count === 0) connection.send(offline(0));
    else
      connection.send(
        node("ib", { from: SERVER_JID }, [node("offline_preview", { count, message: count, notification: 0, receipt: 0, appdata: 0 })]),
      );
    if (count === 0) device.mailbox.open(connection.send);
  };

  return {
    postOf,
    destinations,
    onReceived: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onActive: begin,
    stanzas: {
      message,
      receipt: (stanza, session) => takeReceipt(world, stanza, session, (receipt, account) => void postOf(account).receipts.push(receipt)),
      ack: (stanza, { device }) => void device.mailbox.acknowledge(stanza.attrs.class, stanza.attrs.id),
      ib: (stanza, { connection, device }) => {
        if (childOf(stanza)?.tag !== "offline_batch") return;
        connection.send(offline(device.mailbox.flush(connection.send)));
        device.mailbox.open(connection.send);
      },
      presence: (stanza, { device }) => {
        device.presence = stanza.attrs;
      },
      chatstate: () => {},
    },
  };
}

function offline(count: number): BinaryNode {
  return node("ib", { from: SERVER_JID }, [node("offline", { count })]);
}
