import type { FaultHandle } from "../../fakes/stage/fault-list.ts";
import type { Vendors } from "../world/open-vendors.ts";
import type { HandStatus, Vendor } from "../world/vendor.ts";
import type { VendorsView } from "./vendors-view.ts";

/** What a person does on the page. */
export interface VendorsActions {
  view(): VendorsView;
  /** Does what a button says. Rejects with a sentence for the person. */
  act(form: Readonly<Record<string, unknown>>): Promise<void>;
}

type Read = (field: string) => string;

const SHOWN = 100;
const STATUSES: readonly HandStatus[] = ["delivered", "read", "failed"];

/** The vendors in a person's hands. */
export function vendorsActions(vendors: Vendors): VendorsActions {
  const begun = new Map<string, { readonly handle: FaultHandle; isEnded: boolean }>();
  const byHand = new Set<string>();

  const actions: Readonly<Record<string, (text: Read) => unknown>> = {
    person: (text) => vendors.addPerson({ phone: text("phone").replace(/[\s-]/g, ""), name: text("name") }),
    write: (text) => {
      if (text("text") === "") throw new Error("a message needs a text");
      return vendorOf(vendors, text).write(text("phone"), text("text"));
    },
    // of each vendor the same, as a person has one phone
    by_hand: (text) => {
      const phone = text("phone");
      for (const vendor of vendors.all) vendor.setAtOnce(phone, text("on") !== "yes");
      if (text("on") === "yes") byHand.add(phone);
      else byHand.delete(phone);
    },
    status: (text) => {
      const status = STATUSES.find((each) => each === text("status"));
      if (status === undefined) throw new Error(`a status is one of ${STATUSES.join(", ")}`);
      return vendorOf(vendors, text).setStatus(text("id"), status);
    },
    fault: (text) => {
      const vendor = vendorOf(vendors, text);
      const choice = vendor.faults.find(({ id }) => id === text("fault"));
      if (choice === undefined) throw new Error(`${vendor.name} has no fault ${JSON.stringify(text("fault"))}`);
      const key = `${vendor.name} ${choice.id}`;
      // one of a kind at a time, so that what is shown is what holds
      begun.get(key)?.handle.end();
      begun.set(key, { handle: choice.start(text("lasting") === "yes"), isEnded: false });
    },
    end_fault: (text) => {
      const entry = begun.get(`${text("vendor")} ${text("fault")}`);
      if (entry === undefined) throw new Error("this fault was not asked for");
      entry.handle.end();
      entry.isEnded = true;
    },
    verify: () => vendors.verify(),
    subscribe: () => vendors.meta.subscribe(),
    scan: (text) => whatsappOf(vendors).link({ qr: text("qr") }),
    type: (text) => whatsappOf(vendors).link({ code: text("code") }),
    unlink: () => whatsappOf(vendors).unlink(),
  };

  const standing = (key: string): { readonly standing?: "waiting" | "struck" | "ended" } => {
    const entry = begun.get(key);
    if (entry === undefined) return {};
    return { standing: entry.isEnded ? "ended" : entry.handle.spent ? "struck" : "waiting" };
  };

  return {
    view: () => {
      const { meta, twilio, whatsapp, all, people, webhooks } = vendors;
      const trouble = vendors.trouble();
      const shop = whatsapp?.shop();
      return {
        vendors: [meta, twilio, ...(whatsapp === undefined ? [] : [whatsapp])].map(({ name, url }) => ({ name, url })),
        webhooks: { url: webhooks, ...(trouble !== undefined && { trouble }) },
        people: people.map(({ phone, name }) => ({ phone, name, isAtOnce: !byHand.has(phone) })),
        sent: newest(all.flatMap((vendor) => vendor.sent().map((each) => ({ ...each, vendor: vendor.name })))),
        deliveries: newest(all.flatMap((vendor) => vendor.deliveries().map((each) => ({ ...each, vendor: vendor.name })))),
        faults: all.flatMap(({ name, faults }) =>
          faults.map(({ id, label, isState }) => ({ vendor: name, id, label, isState, ...standing(`${name} ${id}`) })),
        ),
        ...(whatsapp &&
          shop && {
            whatsapp: {
              pageUrl: whatsapp.pageUrl,
              number: `+${shop.number}`,
              clients: shop.clients,
              complaints: whatsapp.complaints(),
            },
          }),
      };
    },
    act: async (form) => {
      const text: Read = (field) => {
        const value = form[field];
        return typeof value === "string" ? value.trim() : "";
      };
      const name = text("action");
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (action === undefined) throw new Error(`there is no such action: there are ${Object.keys(actions).join(", ")}`);
      await action(text);
    },
  };
}

function newest<Dated extends { readonly at: number }>(list: readonly Dated[]): readonly Dated[] {
  // of one moment, what came later is newer
  return [...list]
    .sort((left, right) => left.at - right.at)
    .reverse()
    .slice(0, SHOWN);
}

function vendorOf({ all }: Vendors, text: Read): Vendor {
  const vendor = all.find(({ name }) => name === text("vendor"));
  if (vendor === undefined)
    throw new Error(`there is no vendor ${JSON.stringify(text("vendor"))}: there are ${all.map(({ name }) => name).join(", ")}`);
  return vendor;
}

function whatsappOf({ whatsapp }: Vendors): NonNullable<Vendors["whatsapp"]> {
  if (whatsapp === undefined) throw new Error("WhatsApp Web is not here: it needs @whiskeysockets/baileys, see --help");
  return whatsapp;
}
