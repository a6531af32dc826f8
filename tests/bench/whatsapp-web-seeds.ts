import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { type Figure, milliseconds } from "./figure.ts";

const MOST_MS = 5_000;

/** How long a server takes from nothing to so many sessions that were never linked, each of which a client could log in with. */
export async function seededStart(sessions: number): Promise<Figure> {
  const began = performance.now();
  const web = await createWhatsAppWeb();
  try {
    const phones = Array.from({ length: sessions }, (_unused, index) => web.addPhone({ number: String(15_550_000_000 + index) }));
    for (const phone of phones) phone.seedClient();
    const there = phones.filter(({ clients }) => clients.length === 1).length;
    if (there !== sessions) throw new Error(`${there} of ${sessions} sessions are there`);
    return milliseconds(`WhatsApp Web: a server starts with ${sessions} sessions from a seed`, performance.now() - began, MOST_MS);
  } finally {
    await web.close();
  }
}
