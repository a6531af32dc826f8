import { globalAgent } from "node:https";
import { rootCertificates } from "node:tls";
import { createWhatsAppWeb, type Phone, type PhonesPage, phonesPage, type WhatsAppWeb } from "@wadesk/testing/whatsapp-web";

/** A WhatsApp of our own on loopback, with the phones of a shop and of a person, and a page that holds them. */
export interface FakePhones {
  readonly web: WhatsAppWeb;
  readonly page: PhonesPage;
  readonly shop: Phone;
  readonly ana: Phone;
  /** Phones of the business, that of the shop first. */
  readonly ofShop: readonly Phone[];
  /** One that has nothing to do with the business. */
  readonly stranger: Phone;
  readonly input: { readonly phone: string };
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
export async function openFakePhones(ana: string, port = 0): Promise<FakePhones> {
  const web = await createWhatsAppWeb({ port });
  const stopTrusting = trustUploads(web.certificate);
  const phones = [
    web.addPhone({ number: SHOP, name: "Demo Shop" }),
    web.addPhone({ number: ana.slice(1), name: "Ana" }),
    web.addPhone({ number: "15550100004", name: "Demo Shop, another phone" }),
    web.addPhone({ number: "15550100009", name: "Somebody else's" }),
  ] as const;
  const page = await phonesPage(web, phones);
  const [shop, person, other, stranger] = phones;
  return {
    web,
    page,
    shop,
    ana: person,
    ofShop: [shop, other],
    stranger,
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
      stopTrusting();
    },
  };
}

// Baileys brings files by Node's own client, which has to know the certificate of the host that they are brought to
function trustUploads(certificate: string): () => void {
  const { options } = globalAgent;
  const before = options.ca;
  options.ca = [...rootCertificates, certificate];
  return () => {
    options.ca = before;
  };
}
