import type { Phone } from "../phones/phone.ts";
import type { WhatsAppWeb } from "../whatsapp-web.ts";
import { phoneView, type WorldView, type WrittenMessage } from "./world-view.ts";

/** What a person does on the page. */
export interface PageActions {
  view(): WorldView;
  /** A bot shows its newest QR code. Throws when the text is none. */
  show(qr: string): void;
  /** Does what a button says. Rejects with a sentence for the person. */
  act(form: Readonly<Record<string, unknown>>): Promise<void>;
}

interface Holder {
  readonly phone: Phone;
  readonly written: WrittenMessage[];
  restriction: number | undefined;
}

type Action = (holder: Holder, text: (field: string) => string) => unknown;

const COMPLAINTS_SHOWN = 20;

/** The phones of a server in a person's hands; `complaints` tells what its bots did wrong so far. */
export function pageActions(web: WhatsAppWeb, phones: readonly Phone[], complaints: () => readonly string[]): PageActions {
  const holders = new Map<string, Holder>();
  let newestQr: string | undefined;
  const give = (phone: Phone): void => {
    // without any history a bot holds its first messages back for 20 seconds
    phone.planHistory({ type: "initial", progress: 100, isInline: true });
    holders.set(phone.number, { phone, written: [], restriction: undefined });
  };
  for (const phone of phones) give(phone);

  const actions: Readonly<Record<string, Action>> = {
    scan: async ({ phone }, text) => {
      const qr = text("qr") || newestQr;
      if (qr === undefined) throw new Error("paste the text of a QR code: no bot has handed one over");
      await phone.scan(qr);
      if (qr === newestQr) newestQr = undefined;
    },
    type: ({ phone }, text) => phone.type(text("code").replace(/[\s-]/g, "").toUpperCase()),
    send: ({ phone, written }, text) => {
      const [to, content] = [text("to"), text("text")];
      if (to === "" || content === "") throw new Error("a message needs a recipient and a text");
      written.push({ id: phone.send(to, content), to, text: content, at: Date.now() });
    },
    read: ({ phone }) => phone.read(...phone.messages.filter(({ fromMe, device }) => !fromMe && device === 0)),
    unlink: ({ phone }, text) => {
      const client = phone.clients.find(({ id }) => String(id) === text("client"));
      if (client === undefined && text("client") !== "") throw new Error("this device is not linked any more");
      phone.unlink(client);
    },
    restrict: (holder, text) => {
      holder.restriction = text("code") === "" ? undefined : codeOf(text("code"));
      holder.phone.restrict(holder.restriction);
    },
  };

  return {
    view: () => ({
      url: web.url,
      hasQr: newestQr !== undefined,
      phones: [...holders.values()].map(({ phone, written, restriction }) => phoneView(phone, written, restriction)),
      complaints: complaints().slice(-COMPLAINTS_SHOWN),
    }),
    show: (qr) => {
      if (qr.split(",").length < 4) throw new Error("this is not the text of a QR code");
      newestQr = qr;
    },
    act: async (form) => {
      const text = (field: string): string => {
        const value = form[field];
        return typeof value === "string" ? value.trim() : "";
      };
      const name = text("action");
      if (name === "add") {
        give(web.addPhone({ number: text("number"), ...(text("name") !== "" && { name: text("name") }) }));
        return;
      }
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (action === undefined) throw new Error("there is no such action");
      const holder = holders.get(text("number"));
      if (holder === undefined) throw new Error(`there is no phone with the number "${text("number")}"`);
      await action(holder, text);
    },
  };
}

function codeOf(text: string): number {
  const code = Number(text);
  if (!/^4\d\d$/.test(text)) throw new Error(`an account is restricted with a code from 400 to 499, not "${text}"`);
  return code;
}
