import { type ReadMark, WadeskError } from "@wadesk/core";
import type { CheckReport, Line, OutboundMessage, SendReceipt } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Baileys, Socket } from "../baileys/baileys.ts";
import type { UnofficialDetails } from "../details.ts";
import type { HeardMessages } from "../inbound/heard-messages.ts";
import { phoneSeenAt, type RunningSession } from "../socket/run-session.ts";
import type { Connecting } from "../socket/connecting.ts";
import { awaitAck } from "./await-ack.ts";
import { knownNumbers } from "./known-numbers.ts";
import { logOut } from "./log-out.ts";

/** What the line of a session is made of. */
export interface LineParts {
  readonly baileys: Baileys;
  readonly connecting: Connecting;
  readonly running: RunningSession;
  readonly state: AuthState;
  readonly heard: HeardMessages;
}

/** What can be done with a linked number while its session is open. */
export function sessionLine({ baileys, connecting, running, state, heard }: LineParts): Line<UnofficialDetails> {
  const { records, voice, now } = connecting;
  const numbers = knownNumbers(records, now);
  let before: Promise<unknown> = Promise.resolve();
  const sendOne = async ({ to, content }: OutboundMessage): Promise<SendReceipt> => {
    if (content.kind !== "text") throw new WadeskError("content_unsupported", { detail: `unofficial cannot send "${content.kind}"` });
    const socket = await running.ready();
    const jid = await numbers.jidOf(socket, to);
    const messageId = baileys.generateMessageIDV2(socket.user?.id);
    const ack = awaitAck(socket, voice.after, messageId);
    try {
      // Baileys would fetch any address that stands in the text
      await socket.sendMessage(jid, { text: content.text, linkPreview: null }, { messageId }).catch(() => {
        throw new WadeskError("outcome_unknown", { detail: "the client failed while sending" });
      });
      await ack.taken;
      return { providerId: messageId, acceptedAt: now() };
    } finally {
      ack.forget();
    }
  };

  return {
    send(message) {
      // Baileys sends one at a time anyway; here a failed one holds nobody up
      const sent = before.then(() => sendOne(message));
      before = sent.catch(() => {});
      return sent;
    },
    async check(): Promise<CheckReport<UnofficialDetails>> {
      await ping(await running.ready());
      const seenAt = phoneSeenAt(state);
      return {
        signals: [{ type: "alive", at: now(), epoch: 0 }],
        details: detailsOf(state),
        ...(seenAt !== undefined && { facts: { phoneSeenAt: seenAt } }),
      };
    },
    async markRead({ messageId, typing }: ReadMark) {
      const key = await heard.find(messageId);
      if (key === undefined)
        throw new WadeskError("input_invalid", { detail: "no message of this id came in on this number in the last 14 days" });
      const socket = await running.ready();
      await socket.readMessages([{ ...key, fromMe: false }]);
      if (typing && key.remoteJid) await socket.sendPresenceUpdate("composing", key.remoteJid);
    },
    async disconnect() {
      const socket = await running.ready();
      running.leave();
      await logOut(socket).catch(() => {
        throw new WadeskError("provider_unavailable", { detail: "WhatsApp could not be told that this device is unlinked" });
      });
      await running.close();
      await state.forget();
    },
  };
}

/** What a linked device knows of its account. */
export function detailsOf({ auth: { creds } }: AuthState): UnofficialDetails {
  const { me, platform } = creds;
  const [lid] = me?.lid?.split(/[:@]/) ?? [];
  return {
    ...(lid && { lid }),
    ...(platform && { platform }),
    // what stands there until the phone has told
    ...(me?.name && me.name !== "~" && { name: me.name }),
  };
}

async function ping(socket: Pick<Socket, "query" | "generateMessageTag">): Promise<void> {
  const attrs = { id: socket.generateMessageTag(), to: "s.whatsapp.net", type: "get", xmlns: "w:p" };
  try {
    await socket.query({ tag: "iq", attrs, content: [{ tag: "ping", attrs: {} }] });
  } catch {
    throw new WadeskError("provider_unavailable", { detail: "WhatsApp did not answer a ping" });
  }
}
