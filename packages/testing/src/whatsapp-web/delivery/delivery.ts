import { isAstray } from "../addresses/content-agreement.ts";
import { type Disagreement, disagreementOfDirect, flawOfReceiptAddress } from "../addresses/stanza-agreement.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { isPersonal, readJid, SERVER_JID } from "../directory/jid.ts";
import { disagreementOfToken } from "../limits/privacy-tokens.ts";
import type { Room, StanzaHandler } from "../server/room.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, childOf, node } from "../wire/node.ts";
import { nodeText } from "../wire/node-text.ts";
import { deliverDirect, flawOfDirect, flawOfMessage, type Reception } from "./client-messages.ts";
import { answerTo, flawOfReceipt, idsOfReceipt, sendReceipt, takeReceipt } from "./receipts.ts";
import type { Receipt, ReceivedMessage, UnreadableMessage } from "./received-message.ts";
import { retryRequests } from "./retries.ts";

/** What the devices of an account have got. */
export interface Post {
  readonly messages: ReceivedMessage[];
  readonly unreadable: UnreadableMessage[];
  readonly receipts: Receipt[];
  /** Which messages each device has read. */
  readonly seen: Set<string>;
}

/** Messages and receipts on their way between clients and phones. */
export interface Delivery extends Room {
  /** What came to an account's own devices. */
  postOf(account: Account): Post;
  /** Hears every message that a device of the server's own has read. Answers how to stop. */
  onReceived(listener: (message: ReceivedMessage, account: Account, sender: ClientSession) => void): () => void;
  /** Takes receipts that ask the recipient's phone for something instead of telling it, by their type, such as `server-error`. */
  readonly receiptTypes: Map<string, StanzaHandler>;
  /** What devices of the server's own do with a message, for destinations that hand it to them. */
  readonly reception: Reception;
  /** Where messages go that are not for one person; by the part of their address behind the `@`, such as `g.us`. */
  readonly destinations: Map<string, Destination>;
}

/** A kind of address that clients send messages to. */
export interface Destination {
  /** Whether there is such an address. */
  exists(jid: string): boolean;
  /** Whether messages there are not encrypted. */
  readonly isPlain?: boolean;
  /** What no client of WhatsApp Web sends there, in words: it is a complaint, and not answered; undefined where the message is in order. */
  flaw?(stanza: BinaryNode, sender: ClientSession): string | undefined;
  /** What is wrong where its addresses are not of one kind: it is refused, and a complaint. */
  disagreement?(stanza: BinaryNode): Disagreement | undefined;
  /** The error that the message meets instead of being delivered; undefined where it is fine. */
  refusal?(stanza: BinaryNode, sender: ClientSession): number | undefined;
  /** Hands the message on, once the client has its `ack`. */
  deliver(stanza: BinaryNode, sender: ClientSession): void | Promise<void>;
}

/** The error that a message to one person meets that may not be written yet; undefined where it may. */
export type Gate = (stanza: BinaryNode, sender: Account, recipient: Account | undefined) => number | undefined;

/** The room of delivery. Messages to one person pass the gate. */
export function delivery(world: World, gate: Gate): Delivery {
  const posts = new Map<Account, Post>();
  const listeners = new Set<Parameters<Delivery["onReceived"]>[0]>();
  const destinations = new Map<string, Destination>();
  const receiptTypes = new Map<string, StanzaHandler>();
  const postOf = (account: Account): Post => {
    const post = posts.get(account) ?? { messages: [], unreadable: [], receipts: [], seen: new Set<string>() };
    posts.set(account, post);
    return post;
  };

  const askAgain = retryRequests(world);
  const reception: Reception = {
    received: (message, device, sender) => {
      const { messages, seen } = postOf(device.account);
      const { id, from, fromMe, attributes } = message;
      // one receipt for a person: the phone's
      if (!fromMe && device.id === 0) {
        sendReceipt(world, sender.device, { from: device.account, ids: [id], ...answerTo(attributes) });
      }
      // what was sent again for another device's sake
      const copy = `${device.id} ${from} ${id}`;
      if (seen.has(copy)) return;
      seen.add(copy);
      messages.push(message);
      for (const listener of [...listeners]) listener(message, device.account, sender);
    },
    unreadable: (message, device, parcel, error) => {
      postOf(device.account).unreadable.push(message);
      if (!isAstray(error)) askAgain(parcel, device, error);
    },
  };

  const toOnePerson: Destination = {
    exists: () => true,
    flaw: (stanza, sender) => flawOfDirect(world, stanza, sender),
    disagreement: disagreementOfDirect,
    refusal: (stanza, { account }) => gate(stanza, account, world.directory.find(stanza.attrs.to)?.account),
    deliver: (stanza, sender) => deliverDirect(world, reception, stanza, sender),
  };
  const destinationOf = (jid: string | undefined): Destination | undefined =>
    isPersonal(jid) ? toOnePerson : destinations.get(readJid(jid)?.server ?? "");
  const complain = (what: string, flaw: string, stanza: BinaryNode): void =>
    world.complaints.add(`${what} ${flaw}:\n${nodeText(stanza, "  ")}`);
  const message: StanzaHandler = async (stanza, sender) => {
    const { id, to } = stanza.attrs;
    const destination = destinationOf(to);
    if (destination === undefined) return complain("a message", "to no address", stanza);
    const flaw = (destination.isPlain === true ? undefined : flawOfMessage(stanza)) ?? destination.flaw?.(stanza, sender);
    if (flaw !== undefined) return complain("a message", flaw, stanza);
    const disagreement = destination.disagreement?.(stanza) ?? disagreementOfToken(stanza);
    if (disagreement !== undefined) complain("a message", disagreement.flaw, stanza);
    const error = world.faults.take(["message_refused"], id)?.code ?? disagreement?.code ?? destination.refusal?.(stanza, sender);
    const marks = world.faults.take(["ack_marked"], id)?.attributes;
    // the ack is there before any receipt
    if (world.faults.take(["message_unacknowledged"], id) === undefined)
      sender.connection.send(node("ack", { class: "message", id, from: to, t: world.seconds(), error, ...marks }));
    if (error === undefined) await destination.deliver(stanza, sender);
  };

  // how many stanzas a client was told of when it came back
  const announced = new WeakMap<LinkedDevice, number>();
  const begin = ({ connection, device }: ClientSession): void => {
    const { waiting } = device.mailbox;
    announced.set(device, device.mailbox.rewind());
    if (waiting.length > 0) {
      const counts = Object.fromEntries(
        ["message", "notification", "receipt", "call"].map((tag) => [tag, waiting.filter((each) => each.tag === tag).length]),
      );
      connection.send(node("ib", { from: SERVER_JID }, [node("offline_preview", { count: waiting.length, appdata: 0, ...counts })]));
      return;
    }
    connection.send(offline(0));
    device.mailbox.open(connection.send);
  };

  // how many stanzas may be left when the connection is cut in the middle of the queue
  const cuts = new Map<LinkedDevice, number>();
  /** Gives out as many stanzas as the client has asked for; for the rest it has to ask again (whatsapp-rust, src/client/offline_resume.rs). */
  const giveOut = (request: BinaryNode, { connection, device }: ClientSession): void => {
    const asked = Number(request.attrs.count);
    if (!(asked > 0)) {
      complain("a request", "for no number of stanzas", request);
      return;
    }
    const cut = world.faults.take(["queue_cut"]);
    if (cut !== undefined) cuts.set(device, Math.max(0, device.mailbox.waiting.length - cut.after));
    const left = device.mailbox.flush(connection.send, cut?.after ?? asked);
    if (cut !== undefined || left > 0) return;
    connection.send(offline(announced.get(device) ?? 0));
    device.mailbox.open(connection.send);
  };
  const acknowledged = ({ connection, device }: ClientSession): void => {
    if (device.mailbox.waiting.length > (cuts.get(device) ?? -1)) return;
    cuts.delete(device);
    connection.drop();
  };

  return {
    postOf,
    destinations,
    receiptTypes,
    reception,
    onReceived: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onActive: begin,
    stanzas: {
      message,
      receipt: (stanza, session) => {
        const { recipient = "", type = "" } = stanza.attrs;
        // Baileys 7.0.0-rc14 names the chat alone when it has got what another device of the account sent
        const { to = type === "sender" ? recipient : "" } = stanza.attrs;
        const isAnswered = receiptTypes.has(type);
        const origins = idsOfReceipt(stanza).map((id) => session.device.mailbox.known.get(id));
        const flaw = !destinationOf(to)?.exists(to)
          ? "to no address"
          : (flawOfReceipt(stanza, isAnswered) ?? (isAnswered ? undefined : flawOfReceiptAddress(stanza, to, origins)));
        if (flaw !== undefined) return complain("a receipt", flaw, stanza);
        takeReceipt(world, stanza, session, (receipt, account) => void postOf(account).receipts.push(receipt));
        acknowledged(session);
        return receiptTypes.get(type)?.(stanza, session);
      },
      ack: (stanza, session) => {
        session.device.mailbox.acknowledge(stanza.attrs.class, stanza.attrs.id, stanza.attrs.participant);
        acknowledged(session);
      },
      ib: (stanza, session) => {
        const request = childOf(stanza, "offline_batch");
        if (request !== undefined) giveOut(request, session);
      },
    },
  };
}

function offline(count: number): BinaryNode {
  return node("ib", { from: SERVER_JID }, [node("offline", { count })]);
}
