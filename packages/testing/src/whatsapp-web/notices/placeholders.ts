import type { Delivery } from "../delivery/delivery.ts";
import type { MessageContent } from "../delivery/message-content.ts";
import type { Account } from "../directory/account.ts";
import { sendToOwn } from "../history/peer-message.ts";
import type { World } from "../server/world.ts";

/** A message that clients got without its content. */
export interface Withheld {
  readonly remoteJid: string;
  readonly participant?: string | undefined;
  readonly content: MessageContent;
}

/** What phones can tell their clients of messages that those got without content. */
export interface Placeholders {
  /** An account's phone has a message. */
  keep(account: Account, id: string, message: Withheld): void;
}

interface ResendRequest {
  readonly placeholderMessageResendRequest?: readonly { readonly messageKey?: { readonly id?: string } }[];
}

/** Lets phones answer clients that ask for what they got as `<unavailable/>`: at once while they are on, else when they are on again. */
export function placeholders(world: World, delivery: Delivery): Placeholders {
  const kept = new Map<Account, Map<string, Withheld>>();
  const { WebMessageInfo, Message } = world.baileys.proto;
  const infoOf = (id: string, { remoteJid, participant, content }: Withheld): Uint8Array =>
    WebMessageInfo.encode(
      WebMessageInfo.fromObject({
        key: { remoteJid, id, fromMe: false, ...(participant && { participant }) },
        message: content,
        messageTimestamp: world.seconds(),
        ...(participant && { participant }),
      }),
    ).finish();
  delivery.onReceived(({ id: stanzaId, content, fromMe, device }, account, sender) => {
    const protocol = content.protocolMessage as { readonly peerDataOperationRequestMessage?: ResendRequest } | undefined;
    const asked = protocol?.peerDataOperationRequestMessage?.placeholderMessageResendRequest ?? [];
    if (!fromMe || device !== 0) return;
    for (const { messageKey } of asked) {
      const id = messageKey?.id ?? "";
      const found = kept.get(account)?.get(id);
      if (found === undefined) continue;
      sendToOwn(world, sender.device, {
        type: Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
        peerDataOperationRequestResponseMessage: {
          peerDataOperationRequestType: Message.PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND,
          stanzaId,
          peerDataOperationResult: [{ placeholderMessageResendResponse: { webMessageInfoBytes: infoOf(id, found) } }],
        },
      });
    }
  });
  return {
    keep: (account, id, message) => void kept.set(account, (kept.get(account) ?? new Map<string, Withheld>()).set(id, message)),
  };
}
