import { type Contact, WadeskError } from "@wadesk/core";
import type { SealedRecords } from "@wadesk/core/ports";
import type { Socket } from "../baileys/baileys.ts";
import { lidJid, phoneJid } from "../numbers/jid.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long it is believed that a number is on WhatsApp, and that it is not, in milliseconds. */
const YES_MS = 7 * DAY_MS;
const NO_MS = DAY_MS;
const NOBODY = "";

/** Under which address somebody is written to. */
export interface KnownNumbers {
  /**
   * Rejects with `recipient_unreachable` where the number is not on WhatsApp, with `provider_unavailable` where that could not be asked, and with what `asking`
   * rejects with, which is called before WhatsApp is asked.
   */
  jidOf(socket: Pick<Socket, "onWhatsApp">, contact: Contact, asking: () => Promise<void>): Promise<string>;
}

/** Those that one connection has asked about, in its records: writing to numbers that are not on WhatsApp gets an account restricted. */
export function knownNumbers(records: SealedRecords, now: () => number): KnownNumbers {
  const ask = async (socket: Pick<Socket, "onWhatsApp">, phone: string): Promise<string> => {
    const answer = await socket.onWhatsApp(phoneJid(phone)).catch(() => undefined);
    if (answer === undefined)
      throw new WadeskError("provider_unavailable", { detail: "whether the number is on WhatsApp could not be asked" });
    // one that is not on WhatsApp is left out, and one that is may be spelled otherwise there
    const [found] = answer;
    return found?.exists ? found.jid : NOBODY;
  };
  return {
    async jidOf(socket, { lid, phone }, asking) {
      if (lid !== undefined) return lidJid(lid);
      if (phone === undefined) throw new WadeskError("recipient_invalid", { detail: "a contact is written to by phone or lid here" });
      const record = `number/${phone}`;
      const stored = (await records.get([record])).get(record);
      if (stored === undefined) await asking();
      const jid = stored === undefined ? await ask(socket, phone) : new TextDecoder().decode(stored);
      if (stored === undefined) {
        const expiresAt = now() + (jid === NOBODY ? NO_MS : YES_MS);
        await records.set(new Map([[record, { value: new TextEncoder().encode(jid), expiresAt }]]));
      }
      if (jid === NOBODY) throw new WadeskError("recipient_unreachable", { detail: "the number is not on WhatsApp" });
      return jid;
    },
  };
}
