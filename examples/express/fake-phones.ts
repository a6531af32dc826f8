import { createWhatsAppWeb, type Phone, type PhonesPage, phonesPage, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import type { PhoneInput } from "@wadesk/unofficial";
import { readPort } from "./config.ts";

/** A WhatsApp of our own on loopback, with the phones of a shop and of a person, and a page that holds them. */
export interface FakePhones {
  readonly web: WhatsAppWeb;
  readonly page: PhonesPage;
  readonly shop: Phone;
  readonly ana: Phone;
  readonly input: PhoneInput;
  /** From now on Ana reads what comes, and answers the first message with this. Answers how many came so far. */
  reply(text: string): () => number;
  /** Lets the page scan this QR by one button. */
  hand(qr: string): Promise<void>;
  close(): Promise<void>;
}

const SHOP = "15550100003";
const READ_MS = 400;
const WRITTEN_MS = 300;

/** Opens it; who is called Ana has this number, E.164. The phones are new on each run, so that what was linked to them before is not any more. */
export async function openFakePhones(ana: string, environment: NodeJS.ProcessEnv): Promise<FakePhones> {
  const web = await createWhatsAppWeb({ port: readPort("FAKE_WHATSAPP_PORT", environment.FAKE_WHATSAPP_PORT) ?? 0 });
  const phones = [
    web.addPhone({ number: SHOP, name: "Demo Shop" }),
    web.addPhone({ number: ana.slice(1), name: "Ana" }),
    web.addPhone({ number: "15550100004", name: "Demo Shop, another phone" }),
  ] as const;
  const page = await phonesPage(web, phones);
  const [shop, person] = phones;
  return {
    web,
    page,
    shop,
    ana: person,
    input: { phone: `+${SHOP}` },
    reply(text) {
      let count = 0;
      const stop = person.answer((message) => {
        count += 1;
        setTimeout(() => person.read(message), READ_MS);
        if (count === 1) setTimeout(() => person.send(shop, text), READ_MS + WRITTEN_MS);
        // from here on she is whoever opens the page
        else stop();
        return undefined;
      });
      return () => count;
    },
    async hand(qr) {
      await fetch(`${page.url}qr`, { method: "POST", body: qr });
    },
    async close() {
      await page.close();
      await web.close();
    },
  };
}
