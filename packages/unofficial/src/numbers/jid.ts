import type { Contact } from "@wadesk/core";

const PHONES = "s.whatsapp.net";
const LIDS = "lid";

/** The parts of an address of WhatsApp Web that say who it is: `15550001111:1@s.whatsapp.net` is that number's, on any of its devices. */
export interface Jid {
  readonly user: string;
  readonly server: string;
}

/** Reads an address; nothing where it is none. */
export function readJid(jid: string | null | undefined): Jid | undefined {
  const [, user, server] = /^([^:@/_]+)(?:_\d+)?(?::\d+)?@(.+)$/.exec(jid ?? "") ?? [];
  return user === undefined || server === undefined ? undefined : { user, server };
}

/** Whether an address is a group's. */
export function isGroup(jid: string | null | undefined): boolean {
  return readJid(jid)?.server === "g.us";
}

/** Whether an address is that of what a person shows to all who know them, which is in no chat. */
export function isStatus(jid: string | null | undefined): boolean {
  const { user, server } = readJid(jid) ?? {};
  return server === "broadcast" && user === "status";
}

/** Whether an address is that of a list by which somebody writes to many at once; each of them has it in the chat with who wrote. */
export function isList(jid: string | null | undefined): boolean {
  return readJid(jid)?.server === "broadcast" && !isStatus(jid);
}

/** The person behind the addresses that a message names them by. Nothing where none is a person's. */
export function contactOf(jids: readonly (string | null | undefined)[], name?: string | null): Contact | undefined {
  const read = jids.map(readJid);
  const phone = read.find((jid) => jid?.server === PHONES)?.user;
  const lid = read.find((jid) => jid?.server === LIDS)?.user;
  if (phone === undefined && lid === undefined) return undefined;
  return { ...(phone !== undefined && { phone: `+${phone}` }), ...(lid !== undefined && { lid }), ...(name && { name }) };
}

/** The address of a LID. */
export function lidJid(lid: string): string {
  return lid.includes("@") ? lid : `${lid}@${LIDS}`;
}

/** The address of a phone's number. */
export function phoneJid(phone: string): string {
  return `${phone.replace("+", "")}@${PHONES}`;
}
