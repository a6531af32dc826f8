import { AsyncLocalStorage } from "node:async_hooks";
import { isWadeskError, WadeskError } from "@wadesk/core";
import type { SendReceipt } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { BinaryNode, Body, Socket, SocketEvents, WebMessage } from "../baileys/baileys.ts";
import type { Chats } from "../content/create-chats.ts";
import type { Receiver } from "../inbound/create-receiver.ts";
import { statusEvents } from "../inbound/read-statuses.ts";
import type { SignalHooks } from "../signal/signal-hooks.ts";
import type { Connecting } from "../socket/connecting.ts";
import { isUnanswered } from "../socket/reject-timeouts.ts";
import type { WatchedSends } from "../watching/watch-sends.ts";
import { type Letter, letterOf, PENDING, readLetter, takenChanges } from "./letter.ts";
import { refusalOf } from "./refusals.ts";
import { relayLetter } from "./relay-letter.ts";
import type { SendsUnderWay } from "./sends-under-way.ts";

/** A message as it is handed over. */
export type Handed = Pick<Letter, "id" | "jid" | "body" | "reference" | "beside">;

/** The messages on their way out of one number. */
export interface Outbox {
  readonly outgoing: SignalHooks["outgoing"];
  /** Sends a message: resolves when the client has it, whose bytes leave when it is stored, or wait for the next connection. `taken` settles with WhatsApp's word. */
  post(socket: Socket, handed: Handed): Promise<{ readonly taken: Promise<SendReceipt> }>;
  /** Sends again, by the client that has just logged in, what WhatsApp may not have. */
  postAgain(socket: Socket): Promise<void>;
  /** Hears a stanza: WhatsApp's word on a message may be one. */
  frame(node: BinaryNode): void;
  /** Hears what happens: a receipt says that a message has arrived. */
  hear(batch: Partial<SocketEvents>): void;
  /** What a message of the last day said, by its id alone. */
  bodyOf(id: string): Promise<Body | undefined>;
}

/** What an outbox is made of. */
export interface OutboxParts {
  readonly connecting: Connecting;
  readonly state: AuthState;
  readonly chats: Pick<Chats, "known" | "people" | "unsaid">;
  readonly receiver: Pick<Receiver, "tell">;
  readonly sends: SendsUnderWay;
  /** Watches over each that is handed to the client. */
  readonly during: WatchedSends["during"];
}

/** What is older is sent again no more: whoever wrote it has long been told that its outcome is unknown. In milliseconds. */
const AGAIN_WITHIN_MS = 10 * 60_000;
const NOT_STORED = "the storage failed while the message was on its way there";
const PAGE = 500;
const STALE_DEVICES = "479";
const DELIVERED = 3;
/** Baileys 7.0.0-rc14 waits 20 seconds for a frame to be written (`sendRawMessage`), and the frame lies in the buffer of the socket all the same. */
const TIMED_OUT = 408;

interface Posted {
  readonly letter: Letter;
  /** By which client it went last. */
  socket: Socket;
  /** Whether it was refused for its recipient's devices once. */
  isRefreshed: boolean;
}

/** Makes that of one session. */
export function createOutbox({ connecting, state, chats, receiver, sends, during }: OutboxParts): Outbox {
  const { route, connectionId, records, voice, log, now } = connecting;
  const under = new AsyncLocalStorage<Letter>();
  const posted = new Map<string, Posted>();
  let order = 0;

  const forget = (id: string): void => {
    posted.delete(id);
    state.keep({}, takenChanges(id)).catch(() => {});
  };
  // resolves when nothing stands of it any more, or that could not be stored: whoever hears of a refusal finds nothing said
  const drop = async (letter: Letter): Promise<void> => {
    letter.drop();
    posted.delete(letter.id);
    if (!letter.isNoted()) return;
    forget(letter.id);
    await chats
      .unsaid(letter.id)
      .then((unsaid) => state.keep({}, unsaid))
      .catch(() => {});
  };
  const handOver = async (one: Posted): Promise<void> => {
    const { letter, socket } = one;
    posted.set(letter.id, one);
    await state.unlessFailed(during(() => under.run(letter, () => relayLetter(socket, letter))));
  };
  const relay = async (one: Posted, handed: Promise<void> = handOver(one)): Promise<void> => {
    const { letter, socket } = one;
    try {
      await handed;
      // the gate keeps its bytes back until it is stored; from then on they leave, or the next session sends it
      if (!letter.isStored()) await state.unlessFailed(state.unstored() ?? Promise.resolve());
    } catch (error) {
      // the last step hands its bytes over: what fails on a connection that stands, at a client that does not stand still, was not sent
      const isCut = !socket.ws.isOpen || state.hasFailed() || isWadeskError(error, "outcome_unknown") || isTimedOut(error);
      if (letter.isStored() && isCut) return;
      // nobody knows whether it is stored, and is sent by the next session
      const isUnknown = state.hasFailed() && letter.isNoted() && !isWadeskError(error, "lease_lost");
      const dropped = drop(letter);
      // a storage that failed is not waited for once more
      if (!state.hasFailed()) await dropped;
      sends.refuse(letter.id, isUnknown ? new WadeskError("outcome_unknown", { detail: NOT_STORED }) : unsent(error));
    }
  };
  const tell = async ({ letter }: Posted, facts: { readonly status: "sent" | "failed"; readonly failure?: WadeskError }): Promise<void> => {
    const { id, jid, reference } = letter;
    const { status, failure } = facts;
    const key = { id, remoteJid: jid, fromMe: true };
    const told = { key, status, at: now(), raw: { id, status }, reference, ...(failure && { failure: failure.toJSON() }) };
    await receiver.tell(() => statusEvents(route, [told], chats.people));
  };
  const taken = (one: Posted): void => {
    const { id } = one.letter;
    posted.delete(id);
    sends.take(id, { providerId: id, acceptedAt: now() });
    // kept until core has it: whoever dies now sends the same again, and learns that it was taken
    tell(one, { status: "sent" })
      .then(() => state.keepLater(takenChanges(id)))
      .catch(state.fail);
  };
  const refused = async (one: Posted, code: string): Promise<void> => {
    const { letter, socket } = one;
    if (code === STALE_DEVICES && !one.isRefreshed) {
      one.isRefreshed = true;
      // it went nowhere, so that it may be encrypted anew
      letter.unseal();
      await refreshDevices(socket, letter.jid).catch(() => {});
      return relay(one);
    }
    const error = refusalOf(code);
    const isAwaited = sends.has(letter.id);
    posted.delete(letter.id);
    if (!isAwaited) await tell(one, { status: "failed", failure: error });
    await drop(letter);
    sends.refuse(letter.id, error);
  };
  const left = async (): Promise<readonly Letter[]> => {
    const letters: Letter[] = [];
    let cursor: string | undefined;
    do {
      const page = await records.list({ prefix: PENDING, limit: PAGE, ...(cursor !== undefined && { cursor }) });
      const ids = page.items.map(({ key }) => key.slice(PENDING.length));
      const rows = ids.length === 0 ? new Map<string, Uint8Array>() : await records.get(page.items.map(({ key }) => key));
      const known = await chats.known.findAll(ids);
      for (const id of ids) {
        const row = rows.get(PENDING + id);
        const letter = row && readLetter(id, row, known.get(id)?.body);
        if (letter !== undefined) letters.push(letter);
      }
      cursor = page.next;
    } while (cursor !== undefined);
    return letters.sort((one, other) => one.order - other.order);
  };

  return {
    outgoing: () => under.getStore(),
    async post(socket, handed) {
      order = Math.max(order + 1, now());
      const letter = letterOf({ ...handed, at: now(), order });
      const answer = sends.begin(letter.id, voice.after);
      const one = { letter, socket, isRefreshed: false };
      const handing = handOver(one);
      const relayed = relay(one, handing);
      relayed.catch(state.fail);
      // the next is encrypted while this one is stored, so that a burst shares its transactions; one that failed is taken back before
      await handing.catch(() => relayed);
      // a burst that waits for no disk shall not hold the event loop
      await new Promise((resolve) => setImmediate(resolve));
      return { taken: answer };
    },
    async postAgain(socket) {
      await state.flush();
      for (const letter of await left()) {
        const { id, at } = letter;
        const before = posted.get(id);
        if (before?.socket === socket) continue;
        if (now() - at > AGAIN_WITHIN_MS) {
          log.warn(
            { connectionId, messageId: letter.reference },
            "a message is not sent again: its outcome has been unknown for ten minutes",
          );
          forget(id);
          continue;
        }
        if (!socket.ws.isOpen) return;
        await relay({ letter: before?.letter ?? letter, socket, isRefreshed: before?.isRefreshed ?? false });
      }
    },
    frame({ tag, attrs: { class: of, id = "", error } }) {
      const one = tag === "ack" && of === "message" ? posted.get(id) : undefined;
      if (one === undefined) return;
      if (error === undefined) taken(one);
      else refused(one, error).catch(state.fail);
    },
    hear(batch) {
      for (const { key, update } of batch["messages.update"] ?? []) arrived(key, (update.status ?? 0) >= DELIVERED);
      for (const { key } of batch["message-receipt.update"] ?? []) arrived(key, true);
    },
    async bodyOf(id) {
      const inHand = posted.get(id)?.letter.body;
      if (inHand !== undefined) return inHand;
      const known = await chats.known.find(id);
      return known?.fromHere ? known.body : undefined;
    },
  };

  function arrived({ id, fromMe }: WebMessage["key"], isDelivered: boolean): void {
    const one = fromMe && isDelivered ? posted.get(id ?? "") : undefined;
    if (one !== undefined) taken(one);
  }
}

async function refreshDevices({ getUSyncDevices, user }: Pick<Socket, "getUSyncDevices" | "user">, jid: string): Promise<void> {
  const own = jid.endsWith("@lid") ? user?.lid : user?.id;
  await getUSyncDevices([jid, ...(own === undefined ? [] : [own.replace(/:\d+@/, "@")])], false, false);
}

function isTimedOut(error: unknown): boolean {
  const { output } = error as { readonly output?: { readonly statusCode?: unknown } };
  // all questions are asked before the message is handed over
  return error instanceof Error && output?.statusCode === TIMED_OUT && !isUnanswered(error);
}

/** Why a message was surely not sent, as an error of ours. */
export function unsent(error: unknown): unknown {
  if (isWadeskError(error)) return error;
  return new WadeskError("provider_unavailable", { detail: "the client could not send it; nothing has left" });
}
