import { isWadeskError } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Baileys, BinaryNode, SocketEvents, WebMessage } from "../baileys/baileys.ts";
import type { Chats } from "../content/create-chats.ts";
import type { Connecting } from "../socket/connecting.ts";
import type { SignalHooks } from "../signal/signal-hooks.ts";
import { createJournal } from "./journal.ts";
import { callEvents, historyEvents, presenceEvents } from "./other-events.ts";
import { knownOf, messageEvents } from "./message-events.ts";
import { arrivalsIn, quietArrivals, statusEvents } from "./read-statuses.ts";
import { emptyPlaintext, nameOfMessage, readStanza, saysSomething, type StanzaAttributes, type StanzaReader } from "./read-stanza.ts";

/** Reads what is told, when its turn comes. */
export type Telling = () => Promise<readonly InboundEvent[]>;

/** Hands what a session hears to core. */
export interface Receiver {
  /** Hears each message that is decrypted. */
  readonly hooks: Pick<SignalHooks, "opened" | "read" | "openedBefore">;
  /** Hears a stanza before it is decrypted. */
  frame(node: BinaryNode): void;
  hear(batch: Partial<SocketEvents>): void;
  /** Hands on what was decrypted before and not handed on. Rejects where core could not take it. */
  replay(): Promise<void>;
  /** Hands on events of another kind, after those that are under way. Rejects where core could not take them. */
  tell(telling: Telling): Promise<void>;
  /** From now on WhatsApp gets a receipt when core has the message, and no longer when it is in the journal. */
  waitForCore(): void;
  /** Resolves when all that was heard so far is stored, or could not be. */
  settled(): Promise<void>;
  /** What WhatsApp may hear of only when it is with core; nothing where all of it is. */
  untold(): Promise<void> | undefined;
}

/** What a receiver is made of. */
export interface ReceiverParts {
  readonly baileys: StanzaReader & Pick<Baileys, "decryptPollVote">;
  readonly state: AuthState;
  readonly chats: Chats;
  /** Whether it is told who is there and who writes. */
  readonly presence: boolean;
}

const MOST_UNTOLD = 100;

/** Makes the receiver of one session. What comes is read and stored in its order. */
export function createReceiver(connecting: Connecting, { baileys, state, chats, presence }: ReceiverParts): Receiver {
  const { route, connectionId, records, voice, log, now } = connecting;
  const journal = createJournal(records, now);
  const { creds } = state.auth;
  const stanzas = new WeakMap<Uint8Array, StanzaAttributes>();
  // what was read once is not read again on its way
  const messages = new WeakMap<Uint8Array, WebMessage>();
  // those that Baileys never hands over, so that nothing but core's having them says that they are through
  const unheard = new WeakSet<WebMessage>();
  let waits = false;
  let before: Promise<void> = Promise.resolve();
  let untold = 0;
  let next: { readonly tellings: Telling[]; readonly told: Promise<void> } | undefined;

  const receive = async (tellings: readonly Telling[]): Promise<void> => {
    try {
      const events: InboundEvent[] = [];
      // one after the other: what a message says may hang on the one before it
      for (const telling of tellings) events.push(...(await telling()));
      if (events.length > 0) await voice.receive(events);
    } catch (error) {
      const reason = isWadeskError(error) ? error.code : "unexpected";
      // another process has the session, and WhatsApp gives it what was not acknowledged
      if (reason !== "lease_lost")
        log.error({ connectionId, count: tellings.length, reason }, "what came in on a linked phone could not be stored");
      throw error;
    }
  };
  // what comes while core stores something goes together, in its order
  const begin = (): NonNullable<typeof next> => {
    const tellings: Telling[] = [];
    // what follows one that could not be stored would overtake it: the journal has all of it, and WhatsApp what has no receipt
    const told = before.then(async () => {
      next = undefined;
      await receive(tellings);
      untold -= tellings.length;
    });
    told.catch(() => {});
    before = told;
    return { tellings, told };
  };
  const tell = (...tellings: readonly Telling[]): Promise<void> => {
    if (tellings.length === 0) return before;
    next ??= begin();
    untold += tellings.length;
    next.tellings.push(...tellings);
    return next.told;
  };
  const read = (attrs: StanzaAttributes, plaintext: Uint8Array): WebMessage => {
    const { message, isHandedOver } = readStanza(baileys, creds, attrs, plaintext);
    if (!isHandedOver) unheard.add(message);
    return message;
  };
  const telling =
    (message: WebMessage): Telling =>
    () =>
      messageEvents(message, { route, connectionId, log, baileys, state, chats });
  // what is in no journal is not known yet
  const tellingOther = (message: WebMessage): Telling => {
    const at = now();
    return async () => {
      const events = await telling(message)();
      const known = knownOf(message);
      if (known?.body !== undefined) await chats.known.note(known, at);
      return events;
    };
  };
  const close = async (names: readonly string[]): Promise<void> => {
    const open = names.filter(journal.has);
    if (open.length > 0) state.keepLater(journal.close(open));
  };

  return {
    frame(node) {
      const { tag, attrs, content } = node;
      const quiet = quietArrivals(node, now());
      if (quiet.length > 0) tell(() => statusEvents(route, quiet, chats.people)).catch(state.fail);
      if (tag !== "message" || !Array.isArray(content)) return;
      for (const each of content) if (each.tag === "enc" && each.content instanceof Uint8Array) stanzas.set(each.content, attrs);
    },
    hooks: {
      async opened(ciphertext, plaintext) {
        const attrs = stanzas.get(ciphertext);
        if (attrs === undefined) return new Map();
        const message = read(attrs, plaintext);
        messages.set(ciphertext, message);
        // a key that comes beside a group's message is not the message
        const known = saysSomething(message) ? knownOf(message) : undefined;
        const kept = known === undefined ? [] : await chats.known.changesOf(known, now());
        return new Map([...journal.enter(nameOfMessage(message.key), ciphertext, { attrs, plaintext }), ...kept]);
      },
      async read(ciphertext, plaintext) {
        const attrs = stanzas.get(ciphertext);
        const message = messages.get(ciphertext) ?? (attrs && read(attrs, plaintext));
        if (!message?.message) return;
        const told = tell(telling(message));
        told.then(() => (unheard.has(message) ? close([nameOfMessage(message.key)]) : undefined)).catch(state.fail);
        // so many lie in memory at most
        if (waits && untold > MOST_UNTOLD) await told;
      },
      async openedBefore(ciphertext) {
        const attrs = stanzas.get(ciphertext);
        if (attrs === undefined) return undefined;
        const entry = journal.find(ciphertext, attrs);
        if (entry !== undefined) return entry.plaintext;
        // of a message that is through another copy says nothing new, whoever could not read it
        const before = await chats.known.find(attrs.id ?? "");
        const name = before && nameOfMessage({ ...before, remoteJid: before.chat });
        return name === nameOfMessage(read(attrs, emptyPlaintext()).key) ? emptyPlaintext() : undefined;
      },
    },
    hear(batch) {
      const at = now();
      const upserted = batch["messages.upsert"]?.messages ?? [];
      const names = upserted.map(({ key }) => nameOfMessage(key));
      // those of stanzas were handed on when they were decrypted
      const tellings = upserted.filter((_message, index) => !journal.has(names[index] ?? "")).map(tellingOther);
      const arrivals = arrivalsIn(batch, at);
      const { call, "presence.update": seen, "messaging-history.set": history } = batch;
      if (arrivals.length > 0) tellings.push(() => statusEvents(route, arrivals, chats.people));
      if (call) tellings.push(() => callEvents(route, call, chats.people));
      if (presence && seen) tellings.push(() => presenceEvents(route, seen, chats.people, at));
      if (history) tellings.push(() => historyEvents(route, history, chats, at));
      if (tellings.length === 0 && names.length === 0) return;
      void tell(...tellings)
        .then(() => close(names))
        .catch(state.fail);
    },
    async replay() {
      const left = await journal.left(({ attrs, plaintext }) => nameOfMessage(read(attrs, plaintext).key));
      const again = left.map(({ attrs, plaintext }) => read(attrs, plaintext));
      await tell(...again.map(telling));
      await close(again.map(({ key }) => nameOfMessage(key)));
    },
    tell,
    waitForCore() {
      waits = true;
    },
    settled: () => before.catch(() => {}),
    untold: () => (waits && untold > 0 ? before : undefined),
  };
}
