/** The address of a person, a device or a group. */
export interface Jid {
  /** Digits of the phone number or the LID; a group's own name. */
  readonly user: string;
  /** 0 is the phone. */
  readonly device: number;
  /** `s.whatsapp.net`, `lid`, `g.us`, `broadcast`, `newsletter`. */
  readonly server: string;
}

/** Where WhatsApp's own stanzas come from and go to. */
export const SERVER_JID = "s.whatsapp.net";

/** Reads `15550001111:3@s.whatsapp.net`; undefined for what is no address. */
export function readJid(text: string | undefined): Jid | undefined {
  const [, user, device, server] = /^([^:@_]+)(?:_\d+)?(?::(\d+))?@([a-z.]+)$/.exec(text ?? "") ?? [];
  return user === undefined || server === undefined ? undefined : { user, device: Number(device ?? 0), server };
}

/** Writes an address; the phone's device is left out. */
export function jidText({ user, device, server }: Jid): string {
  return `${user}${device === 0 ? "" : `:${device}`}@${server}`;
}

/** Whether an address is one person's, by number or by LID. */
export function isPersonal(text: string | undefined): boolean {
  const server = readJid(text)?.server;
  return server === SERVER_JID || server === "lid";
}

/** How people are named: by phone number, or by the LID that does not show it. */
export type Addressing = "number" | "lid";

/** By what an address names somebody. */
export function addressingOf(text: string | undefined): Addressing {
  return readJid(text)?.server === "lid" ? "lid" : "number";
}
