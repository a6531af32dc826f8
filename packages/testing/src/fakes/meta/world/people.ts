import { createHash } from "node:crypto";
import type { FakeContact, FakeMeta, PersonFile } from "../fake-meta.ts";
import { type FateTools, write } from "../messages/fate.ts";
import type { ContactState, MediaState } from "../state.ts";
import { checked } from "../../stage/check-given.ts";
import { digitsOf } from "./digits-of.ts";
import { known } from "./known.ts";
import { GIVEN_TO_CONTACT } from "./option-kinds.ts";

const KEPT_INBOUND_MS = 7 * 86_400_000;

/** Adds a person. */
export function addContact(tools: FateTools, options: NonNullable<Parameters<FakeMeta["addContact"]>[0]>): FakeContact {
  const { state } = tools;
  const { ids } = state;
  const phone = options.hidesPhone ? undefined : digitsOf(options.phone ?? `+551198${ids.numeric(7)}`);
  const contact: ContactState = {
    phone,
    waId: phone && digitsOf(options.waId ?? phone),
    userId: options.userId ?? `US.${ids.numeric(17)}`,
    username: options.username,
    name: options.name ?? "Ana",
    onWhatsApp: options.onWhatsApp ?? true,
    reads: options.reads ?? true,
    reachable: options.reachable ?? true,
    scripts: [],
    wroteAt: new Map(),
    entries: new Map(),
    identityKeyHash: options.identityKeyHash,
  };
  state.contacts.push(contact);
  const numberOf = (id: string) => {
    if (typeof id !== "string") throw new Error("give the id of a number, as addNumber() answers it, and then the message");
    const [called] = [...state.numbers.values()].filter(({ digits }) => `+${digits}` === id);
    if (called !== undefined)
      throw new Error(`${id} is the phone of a number; it is called by its id, ${called.id}: write ana.send(number.id, …)`);
    return known(state.numbers.get(id), "number", id);
  };
  const person: FakeContact = {
    phone: phone && `+${phone}`,
    waId: contact.waId,
    userId: contact.userId,
    name: contact.name,
    send: (numberId, message) => {
      const number = numberOf(numberId);
      if (typeof message?.type !== "string") throw new Error('a message has a type, e.g. { type: "text", text: { body: "Hello" } }');
      return write(tools, number, contact, message);
    },
    sendFile: (numberId, file) => write(tools, numberOf(numberId), contact, keepFile(tools, numberId, file)),
    answers: (script) => void contact.scripts.push(script),
    change: (traits) => void Object.assign(contact, traits),
  };
  return checked("contact", person, GIVEN_TO_CONTACT);
}

function keepFile({ state }: FateTools, numberId: string, file: PersonFile): { readonly type: string; readonly [key: string]: unknown } {
  const number = known(state.numbers.get(numberId), "number", numberId);
  const media: MediaState = {
    id: state.ids.numeric(16),
    wabaId: number.wabaId,
    numberId,
    bytes: file.bytes,
    mimeType: file.mimeType,
    fileName: file.fileName,
    goneAt: state.clock.now() + KEPT_INBOUND_MS,
  };
  state.media.set(media.id, media);
  const content = {
    ...(file.caption !== undefined && { caption: file.caption }),
    ...(file.fileName !== undefined && { filename: file.fileName }),
    mime_type: file.mimeType,
    sha256: createHash("sha256").update(file.bytes).digest("base64"),
    id: media.id,
    ...(file.type === "audio" && { voice: file.voice ?? false }),
    ...(file.type === "sticker" && { animated: false }),
  };
  return { type: file.type, [file.type]: content };
}
