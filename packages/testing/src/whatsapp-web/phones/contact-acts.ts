import { createHmac, randomBytes } from "node:crypto";
import type { MessageContent } from "../delivery/message-content.ts";
import type { ReceivedMessage } from "../delivery/received-message.ts";
import type { Account } from "../directory/account.ts";
import { numberJid } from "../directory/directory.ts";
import { readJid } from "../directory/jid.ts";
import { sha256 } from "../keys/derive.ts";
import { sealGcm } from "../keys/seal.ts";
import { setBlocked } from "../requests/blocklist.ts";
import type { World } from "../server/world.ts";

/** What a person does about others. */
export interface ContactActs {
  /** From now on nothing of this person arrives here, who does not learn of it. The person's own clients do. */
  block(other: { readonly jid: string }): void;
  /** From now on what this person writes arrives here again; what was written meanwhile does not come. */
  unblock(other: { readonly jid: string }): void;
  /** The content of a vote in a poll that came, for the options by their names; `send` it to the chat. Throws when the message is no poll. */
  vote(poll: ReceivedMessage, ...options: readonly string[]): MessageContent;
  /** Loses every session and every sender key of others: what comes next in one cannot be read and is asked for again. */
  forgetSessions(): void;
}

/** The acts of one account. */
export function contactActs(world: World, account: Account): ContactActs {
  const accountOf = ({ jid }: { readonly jid: string }): Account => {
    const found = world.directory.find(jid);
    if (found === undefined) throw new Error(`${jid} is not on WhatsApp`);
    return found.account;
  };
  return {
    block: (other) => setBlocked(world, account, accountOf(other), "block"),
    unblock: (other) => setBlocked(world, account, accountOf(other), "unblock"),
    vote: (poll, ...options) => {
      const { messageContextInfo } = poll.content as { readonly messageContextInfo?: { readonly messageSecret?: Uint8Array } };
      const secret = messageContextInfo?.messageSecret;
      if (secret === undefined) throw new Error(`${poll.id} is no poll`);
      const { proto } = world.baileys;
      const creator = withoutDevice(poll.from);
      const voter = numberJid(account);
      const selectedOptions = options.map((option) => sha256(Buffer.from(option)));
      const plain = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish();
      const encIv = randomBytes(12);
      const key = pollKey(secret, [poll.id, creator, voter]);
      return {
        pollUpdateMessage: {
          pollCreationMessageKey: { remoteJid: creator, id: poll.id, fromMe: false },
          vote: { encPayload: sealGcm(key, encIv, plain, Buffer.from(`${poll.id}\0${voter}`)), encIv },
          senderTimestampMs: world.clock.now(),
        },
      };
    },
    forgetSessions: () => {
      for (const device of account.devices.values()) if (device.kind === "fake") device.signal.forgetAll();
    },
  };
}

/** The key of one person's votes in one poll: HKDF's two steps written out, as WhatsApp derives it from the poll's secret. */
function pollKey(secret: Uint8Array, names: readonly string[]): Buffer {
  const extracted = createHmac("sha256", Buffer.alloc(32)).update(secret).digest();
  return createHmac("sha256", extracted)
    .update(`${names.join("")}Poll Vote`)
    .update(Buffer.from([1]))
    .digest();
}

function withoutDevice(jid: string): string {
  const { user, server } = readJid(jid) ?? {};
  return `${user}@${server}`;
}
