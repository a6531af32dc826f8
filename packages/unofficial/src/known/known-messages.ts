import { isWadeskError } from "@wadesk/core";
import type { TimedValue } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Changes } from "../auth/change-queue.ts";
import type { Baileys, Body, WebMessage } from "../baileys/baileys.ts";
import { readJid } from "../numbers/jid.ts";

/** A message that came in or went out: what WhatsApp wants to be told where another one speaks of it. */
export interface KnownMessage {
  readonly id: string;
  /** The chat as it was named. */
  readonly chat: string;
  readonly fromMe: boolean;
  /** Present where it was sent from here, and not by the phone: then a device may ask for it again. */
  readonly fromHere?: true;
  /** Who wrote it, in a group. */
  readonly participant?: string;
  /** What it says; absent where it says nothing to a person, or was too long to be kept. */
  readonly body?: Body;
}

/** How long a message is known, in milliseconds: WhatsApp drops a device after as long, and its queue with it. */
const LIFE_MS = 14 * 24 * 60 * 60 * 1000;
/** A body of more bytes is not kept, so that no stranger fills the storage. One that was sent from here is kept whatever its length. */
const LARGEST_BODY = 64 * 1024;

/** Remembers messages by their ids, for 14 days. */
export interface KnownMessages {
  /** What is stored of one that came; nothing where its id is known. Of one id the first that came stays: ids are chosen by who sends. */
  changesOf(message: KnownMessage, now: number): Promise<Changes>;
  /** What is stored of one that is sent from here, under an id of ours. */
  changesOfOwn(message: Omit<KnownMessage, "fromMe" | "fromHere">, now: number): Changes;
  /** What is stored where it did not go out. */
  forgotten(id: string): Changes;
  /** Stores one that came. */
  note(message: KnownMessage, now: number): Promise<void>;
  find(id: string): Promise<KnownMessage | undefined>;
  /** The same for more than one, by id. */
  findAll(ids: readonly string[]): Promise<ReadonlyMap<string, KnownMessage>>;
}

/** Those of one connection, in its records. */
export function knownMessages({ proto }: Pick<Baileys, "proto">, { find, keep }: Pick<AuthState, "find" | "keep">): KnownMessages {
  const read = (value: Uint8Array): KnownMessage => {
    const { body, ...rest } = JSON.parse(new TextDecoder().decode(value)) as Omit<KnownMessage, "body"> & { readonly body?: string };
    return { ...rest, ...(body !== undefined && { body: proto.Message.decode(Buffer.from(body, "base64")) }) };
  };
  const written = ({ body, ...rest }: KnownMessage, now: number): TimedValue => {
    const bytes = body && proto.Message.encode(body).finish();
    const isKept = bytes !== undefined && (rest.fromHere === true || bytes.length <= LARGEST_BODY);
    const row = { ...rest, ...(isKept && { body: Buffer.from(bytes).toString("base64") }) };
    return { value: new TextEncoder().encode(JSON.stringify(row)), expiresAt: now + LIFE_MS };
  };
  const isKnown = async (id: string): Promise<boolean> => {
    try {
      return (await find([recordOf(id)])).has(recordOf(id));
    } catch (error) {
      // one that does not open says nothing any more
      if (isWadeskError(error, "sealed_value_invalid")) return false;
      throw error;
    }
  };
  const changesOf: KnownMessages["changesOf"] = async (message, now) =>
    (await isKnown(message.id)) ? new Map() : new Map([[recordOf(message.id), written(message, now)]]);
  const findAll: KnownMessages["findAll"] = async (ids) => {
    const found = await find(ids.map(recordOf));
    const messages = ids.flatMap((id) => {
      const value = found.get(recordOf(id));
      return value === undefined ? [] : [[id, read(value)] as const];
    });
    return new Map(messages);
  };
  return {
    changesOf,
    changesOfOwn: (message, now) => new Map([[recordOf(message.id), written({ ...message, fromMe: true, fromHere: true }, now)]]),
    forgotten: (id) => new Map([[recordOf(id), undefined]]),
    async note(message, now) {
      const changes = await changesOf(message, now);
      if (changes.size > 0) await keep({}, changes);
    },
    find: async (id) => (await findAll([id])).get(id),
    findAll,
  };
}

/** A message of Baileys' as one to be known; nothing where it says nothing, or names no chat. */
export function asKnown({ key, message }: Pick<WebMessage, "key" | "message">): KnownMessage | undefined {
  const { id, remoteJid, participant, fromMe } = key;
  if (!id || !remoteJid || !message || readJid(remoteJid) === undefined) return undefined;
  return { id, chat: remoteJid, fromMe: fromMe === true, ...(participant && { participant }), body: message };
}

function recordOf(id: string): string {
  return `known/${id}`;
}
