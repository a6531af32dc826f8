import { type ReadMark, WadeskError } from "@wadesk/core";
import type { CheckReport, Line, OutboundMessage, SendWork } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Changes } from "../auth/change-queue.ts";
import type { Baileys, BaileysLogger, Socket } from "../baileys/baileys.ts";
import type { Chats, Written } from "../content/create-chats.ts";
import type { UnofficialDetails } from "../details.ts";
import { lineMedia } from "../files/line-media.ts";
import { lineGroups } from "../groups/line-groups.ts";
import type { PhoneLife } from "../keeping/phone-life.ts";
import { numberPace } from "../pace/number-pace.ts";
import type { RunningSession } from "../socket/run-session.ts";
import type { Connecting } from "../socket/connecting.ts";
import { knownNumbers } from "./known-numbers.ts";
import { logOut } from "./log-out.ts";
import { type Outbox, unsent } from "./outbox.ts";

/** What the line of a session is made of. */
export interface LineParts {
  readonly baileys: Baileys;
  readonly connecting: Connecting;
  readonly running: RunningSession;
  readonly state: AuthState;
  readonly chats: Chats;
  readonly outbox: Outbox;
  readonly logger: BaileysLogger;
  readonly phone: Pick<PhoneLife, "seenAt">;
}

/** A message that was written, and what its being counted stores. */
interface Counted {
  readonly written: Written;
  readonly counted: Changes;
}

/** The line of a session, which sends again what WhatsApp may not have. */
export interface SessionLine extends Line<UnofficialDetails> {
  /** A client has logged in: what an earlier one left goes first. */
  loggedIn(): void;
}

/** What can be done with a linked number while its session is open. */
export function sessionLine({ baileys, connecting, running, state, chats, outbox, logger, phone }: LineParts): SessionLine {
  const { records, voice, now } = connecting;
  const { ready } = running;
  const numbers = knownNumbers(records, now);
  const pace = numberPace({ state, settings: connecting.settings, now });
  const resumed = new WeakMap<Socket, Promise<void>>();
  let before: Promise<unknown> = Promise.resolve();
  // Baileys sends one at a time anyway; here a failed one holds nobody up, and none waits for another's acknowledgement
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = before.then(work);
    // without what it came to: a client would be kept until the next
    before = mine.then(
      () => {},
      () => {},
    );
    return mine;
  };
  /** The client in force, by which what an earlier one left has gone. */
  const resume = async (): Promise<Socket> => {
    const socket = await ready();
    const again = resumed.get(socket) ?? outbox.postAgain(socket);
    resumed.set(socket, again);
    await again.catch(() => {});
    return socket;
  };
  const write = async (message: OutboundMessage, work: SendWork | undefined): Promise<Counted> => {
    const socket = await ready();
    const { groupId } = message.to;
    const counting = pace.counting(message);
    const jid = groupId === undefined ? await numbers.jidOf(socket, message.to, counting.stored) : groupId;
    const counted = await counting.beside();
    const messageId = baileys.generateMessageIDV2(socket.user?.id);
    return { written: await chats.toMessage(message, { socket, jid, messageId, fetchFile: work?.fetchFile }), counted };
  };
  /** What a client does that works on a storage that fails never settles; what ended the session says more than that it has ended. */
  const unlessFailed = async <Result>(work: Promise<Result>): Promise<Result> => {
    return state.unlessFailed(work).catch(async (error: unknown) => {
      throw unsent(state.hasFailed() ? await state.failed : error);
    });
  };

  return {
    media: lineMedia({ baileys, logger, ready, ids: chats.files, after: voice.after }),
    groups: lineGroups({ ready, cache: chats.groups }),
    async send(message, work) {
      // written at once, so that a page that is slow to show a preview holds up its own message alone as far as it can
      const writing = unlessFailed(write(message, work));
      writing.catch(() => {});
      const { taken } = await inTurn(async () => {
        const { written, counted } = await writing;
        const { messageId: id, jid, body } = written;
        const socket = await unlessFailed(resume());
        const said = await unlessFailed(chats.said(written));
        return outbox.post(socket, { id, jid, body, reference: message.id, beside: new Map([...said, ...counted]) });
      });
      return taken;
    },
    loggedIn() {
      inTurn(resume).catch(() => {});
    },
    async check(): Promise<CheckReport<UnofficialDetails>> {
      await ping(await ready());
      const seenAt = phone.seenAt();
      return {
        signals: [{ type: "alive", at: now(), epoch: 0 }],
        details: detailsOf(state),
        ...(seenAt !== undefined && { facts: { phoneSeenAt: seenAt } }),
      };
    },
    async markRead({ messageId, typing }: ReadMark) {
      const known = await chats.known.find(messageId);
      if (known === undefined || known.fromMe)
        throw new WadeskError("input_invalid", { detail: "no message of this id came in on this number in the last 14 days" });
      const socket = await ready();
      const { chat, participant } = known;
      await socket.readMessages([{ id: messageId, remoteJid: chat, fromMe: false, ...(participant !== undefined && { participant }) }]);
      if (typing) await socket.sendPresenceUpdate("composing", chat);
    },
    async disconnect() {
      const socket = await ready();
      const stay = running.leave();
      await logOut(socket, voice.after).catch(() => {
        stay();
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
