import { randomBytes } from "node:crypto";
import { type Disagreement, INVALID_STANZA } from "../addresses/stanza-agreement.ts";
import { linkedDevices } from "../delivery/send-from.ts";
import type { Account, LinkedDevice } from "../directory/account.ts";
import { lidJid, numberJid } from "../directory/directory.ts";
import { isPersonal } from "../directory/jid.ts";
import type { Room } from "../server/room.ts";
import type { ClientSession, World } from "../server/world.ts";
import { type BinaryNode, bytesOf, childOf, childrenOf, node } from "../wire/node.ts";
import { NO_REACHOUT } from "./account-limits.ts";

/** A token by which somebody lets somebody else write: the one who holds it sends it along. */
export interface PrivacyToken {
  /** As the person who lets write has made it; the holder's clients get it in a notification. */
  readonly bytes: Buffer;
  /** Seconds since the epoch. */
  readonly at: number;
}

/** Tokens, by who gave them and to whom. */
export interface PrivacyTokens extends Room {
  /** A person gives another a token: the other's clients are told, unless it goes along with a message. */
  give(from: Account, to: Account, isToldApart?: boolean): PrivacyToken;
  /** The token that one person has given another last; undefined where there is none. */
  given(from: Account, to: Account): PrivacyToken | undefined;
  /** From now on who was never written to by a person has to send that person's token along. */
  demand(account: Account, isOn: boolean): void;
  /** A contact's identity has changed: its clients may give it a token anew. */
  renewed(account: Account): void;
  /** The error that a message meets for want of a valid token; undefined where it is fine. */
  refusalOf(stanza: BinaryNode, sender: Account, recipient: Account | undefined): number | undefined;
}

const BUCKET_SECONDS = 7 * 86_400;
// as Baileys 7.0.0-rc14 counts (tc-token-utils.js): the bucket of now and the three before
const BUCKETS = 4;

/** The room of privacy tokens. A client that asks a second time for the same contact within a bucket is complained about, unless `mayRepeat`. */
export function privacyTokens(world: World, mayRepeat: boolean): PrivacyTokens {
  const tokens = new Map<Account, Map<Account, PrivacyToken>>();
  const demanding = new Set<Account>();
  // in which bucket a client has given a token last
  const buckets = new WeakMap<LinkedDevice, Map<Account, number>>();
  const given: PrivacyTokens["given"] = (from, to) => tokens.get(from)?.get(to);
  const bucketOf = (seconds: number): number => Math.floor(seconds / BUCKET_SECONDS);

  const give: PrivacyTokens["give"] = (from, to, isToldApart = true) => {
    const token = { bytes: randomBytes(16), at: world.seconds() };
    tokens.set(from, (tokens.get(from) ?? new Map<Account, PrivacyToken>()).set(to, token));
    if (isToldApart) for (const device of linkedDevices(to)) device.mailbox.post(notice(world, from, device, token));
    return token;
  };

  const note = ({ device }: ClientSession, contact: Account, iq: BinaryNode): void => {
    const known = buckets.get(device) ?? new Map<Account, number>();
    buckets.set(device, known);
    const bucket = bucketOf(world.seconds());
    if (known.get(contact) === bucket && !mayRepeat) {
      // Baileys 7.0.0-rc14 does so at every message, since what it stores of it is lost (facts 4.8): `repeatedTokens: "allowed"` lets it
      world.complaints.add(`a second token for ${contact.number} within seven days, asked for by ${iq.attrs.id}`);
    }
    known.set(contact, bucket);
  };

  return {
    give,
    given,
    demand: (account, isOn) => void (isOn ? demanding.add(account) : demanding.delete(account)),
    renewed: (account) => {
      for (const device of world.directory.accounts.flatMap(linkedDevices)) buckets.get(device)?.delete(account);
    },
    refusalOf: (stanza, sender, recipient) => {
      if (recipient === undefined || recipient === sender || !demanding.has(recipient) || recipient.wroteTo.has(sender)) return undefined;
      const token = given(recipient, sender);
      if (token === undefined || bucketOf(token.at) <= bucketOf(world.seconds()) - BUCKETS) return NO_REACHOUT;
      return token.bytes.equals(bytesOf(childOf(stanza, "tctoken"))) ? undefined : NO_REACHOUT;
    },
    requests: {
      "privacy:set:tokens": ({ iq, child }, session) => {
        const answers = childrenOf(child, "token").map(({ attrs: { jid, type } }) => {
          const contact = world.directory.find(jid)?.account;
          if (contact === undefined || type !== "trusted_contact") return undefined;
          note(session, contact, iq);
          give(session.account, contact);
          const theirs = given(contact, session.account);
          return theirs && node("token", { jid, t: theirs.at, type }, theirs.bytes);
        });
        return [node("tokens", {}, answers)];
      },
    },
  };
}

/** A token where none may be: WhatsApp refuses it in groups and in what a client tells its own phone (Baileys 7.0.0-rc14, messages-send.js). */
export function disagreementOfToken(stanza: BinaryNode): Disagreement | undefined {
  const { to, category } = stanza.attrs;
  if (childOf(stanza, "tctoken") === undefined || (isPersonal(to) && category !== "peer")) return undefined;
  return { code: INVALID_STANZA, flaw: `to ${to} with a token, which belongs to a chat of two` };
}

function notice({ nextId, seconds }: World, from: Account, device: LinkedDevice, { bytes, at }: PrivacyToken): BinaryNode {
  const attributes = { from: numberJid(from), sender_lid: lidJid(from), type: "privacy_token", id: nextId(), t: seconds() };
  // the address on the token is the receiving device's own
  const token = node("token", { jid: numberJid(device.account, device.id), t: at, type: "trusted_contact" }, bytes);
  return node("notification", attributes, [node("tokens", {}, [token])]);
}
