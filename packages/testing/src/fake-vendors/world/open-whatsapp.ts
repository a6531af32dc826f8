import { loadBaileys } from "../../whatsapp-web/baileys.ts";
import { createWhatsAppWeb } from "../../whatsapp-web/create-whatsapp-web.ts";
import { pageActions } from "../../whatsapp-web/program/page-actions.ts";
import { servePhonesPage } from "../../whatsapp-web/program/phones-page.ts";
import type { PhoneView } from "../../whatsapp-web/program/world-view.ts";
import { faultChoices, stateChoice } from "../faults/fault-choices.ts";
import { WHATSAPP_FAULTS } from "../faults/whatsapp-faults.ts";
import { holderOf } from "./people.ts";
import type { SentView, Vendor } from "./vendor.ts";

/** What WhatsApp Web alone has: phones that link devices. */
export interface WhatsAppVendor extends Vendor {
  readonly url: string;
  /** The page that holds every phone. */
  readonly pageUrl: string;
  /** The media host's certificate as PEM. */
  readonly certificate: string;
  /** The business' phone as it is now. */
  shop(): PhoneView | undefined;
  /** What an application did that WhatsApp Web does not know, the newest last. */
  complaints(): readonly string[];
  /** Links what shows this text of a QR, or this code. Rejects with a sentence. */
  link(by: { readonly qr: string } | { readonly code: string }): Promise<void>;
  /** Unlinks every device of the business. */
  unlink(): Promise<void>;
}

const SHOP = "15550100003";

/** A WhatsApp with the phone of one business; undefined where there is no Baileys beside it. Rejects where a port is taken. */
export async function openWhatsApp(options: {
  readonly port: number;
  readonly open: <Opened>(opening: () => Promise<Opened>) => Promise<Opened>;
  readonly openPage: <Opened>(opening: (port: number) => Promise<Opened>) => Promise<Opened>;
}): Promise<WhatsAppVendor | undefined> {
  const found = await loadBaileys().catch(() => undefined);
  if (found === undefined) return undefined;
  const complaints: string[] = [];
  const web = await options.open(() =>
    createWhatsAppWeb({ repeatedTokens: "allowed", port: options.port, onComplaint: (complaint) => void complaints.push(complaint) }),
  );
  const actions = pageActions(web, [web.addPhone({ number: SHOP, name: "Fake Shop" })], () => complaints);
  const page = await options
    .openPage((port) => servePhonesPage(actions, port))
    .catch(async (error: unknown) => {
      await web.close();
      throw error;
    });
  const act = (action: string, form: Readonly<Record<string, string>> = {}): Promise<void> =>
    actions.act({ number: SHOP, ...form, action });
  const people = new Map<string, string>();
  const readIds = new Set<string>();
  const cameTo = (phone: PhoneView): readonly SentView[] => {
    // what people write to each other is no application's
    const written = new Set(ofPeople().flatMap(({ messages }) => messages.flatMap(({ id, fromMe }) => (fromMe ? [id] : []))));
    return phone.messages
      .filter(({ id, fromMe }) => !fromMe && !written.has(id))
      .map(({ id, text, at }) => {
        const isRead = readIds.has(id);
        const kind = /^\[(\w+)\]/.exec(text)?.[1] ?? "text";
        return { id, to: `+${phone.number}`, kind, text, status: isRead ? "read" : "delivered", at, next: isRead ? [] : ["read"] };
      });
  };
  const ofPeople = (): readonly PhoneView[] => actions.view().phones.filter(({ number }) => people.has(`+${number}`));
  const sent = (): readonly SentView[] => ofPeople().flatMap(cameTo);
  const ban = (code: number): void => void act("restrict", { code: String(code) });
  const lift = (): void => void act("restrict", { code: "" });
  return {
    name: "whatsapp",
    url: web.url,
    pageUrl: page.url,
    certificate: web.certificate,
    variables: [
      ["WHATSAPP_WEB_URL", web.url],
      ["WHATSAPP_WEB_ROOT_KEY", web.rootKey],
      ["WHATSAPP_PHONE", `+${SHOP}`],
    ],
    faults: [
      ...faultChoices(WHATSAPP_FAULTS, web.fault),
      stateChoice("number_locked", "The number is locked (403)", () => ban(403), lift),
      stateChoice("number_paused", "The number is banned for a time (402)", () => ban(402), lift),
      stateChoice("number_banned", "The number is banned (406)", () => ban(406), lift),
    ],
    addPerson: async ({ phone, name }) => {
      await actions.act({ action: "add", number: phone.slice(1), name });
      people.set(phone, phone.slice(1));
    },
    write: (phone, text) => act("send", { number: holderOf(people, phone), to: SHOP, text }),
    // a phone that is there has what comes; whoever holds it reads it
    setAtOnce: () => undefined,
    sent,
    deliveries: () => [],
    setStatus: async (id, status) => {
      const message = sent().find((each) => each.id === id);
      if (message === undefined) throw new Error("no phone has this message");
      if (!message.next.includes(status)) throw new Error(`the message is ${message.status} already: ${status} never follows`);
      await act("read", { number: message.to.slice(1) });
      // who opens a chat has read all of it
      for (const each of sent()) if (each.to === message.to) readIds.add(each.id);
    },
    shop: () => actions.view().phones.find(({ number }) => number === SHOP),
    complaints: () => actions.view().complaints,
    link: (by) => ("qr" in by ? act("scan", by) : act("type", by)),
    unlink: () => act("unlink"),
    close: async () => {
      await page.close();
      await web.close();
    },
  };
}
