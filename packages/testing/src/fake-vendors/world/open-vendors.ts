import { createHash } from "node:crypto";
import type { Clock } from "@wadesk/core";
import { type MetaVendor, openMeta } from "./open-meta.ts";
import { openTwilio } from "./open-twilio.ts";
import { openWhatsApp, type WhatsAppVendor } from "./open-whatsapp.ts";
import type { Person, Vendor } from "./vendor.ts";

/** The three vendors, listening. */
export interface Vendors {
  readonly meta: MetaVendor;
  readonly twilio: Vendor & { readonly url: string };
  /** Undefined where there is no Baileys. */
  readonly whatsapp: WhatsAppVendor | undefined;
  readonly all: readonly Vendor[];
  readonly people: readonly Person[];
  /** Where webhooks go. */
  readonly webhooks: string;
  /** Why Meta's webhook is not verified yet; undefined once it is. */
  trouble(): string | undefined;
  /** Asks the application for the challenge once. Rejects with Meta's sentence. */
  verify(): Promise<void>;
  /** Adds a person to each vendor. Rejects with a sentence where the number is none or is taken. */
  addPerson(person: Person): Promise<void>;
  close(): Promise<void>;
}

/** Where each listens; 0 is a free port. */
export type VendorPorts = Readonly<Record<"meta" | "twilio" | "whatsapp" | "phones", number>>;

const ANA: Person = { phone: "+5511999990000", name: "Ana" };
const VERIFY_EVERY_MS = 1000;

/** Opens them. Rejects with a sentence that names the option where a port is taken; then nothing listens any more. */
export async function openVendors(options: {
  readonly ports: VendorPorts;
  readonly webhooks: string;
  readonly clock: Clock;
}): Promise<Vendors> {
  const { ports, webhooks, clock } = options;
  const open: Vendor[] = [];
  const close = async (): Promise<void> => {
    for (const vendor of open.splice(0).reverse()) await vendor.close();
  };
  const keep = <Opened extends Vendor | undefined>(vendor: Opened): Opened => {
    if (vendor !== undefined) open.push(vendor);
    return vendor;
  };
  try {
    const meta = keep(await onPort("--meta-port", ports.meta, (port) => openMeta({ port, webhooks, seed: seedOf("meta") })));
    const twilio = keep(await onPort("--twilio-port", ports.twilio, (port) => openTwilio({ port, webhooks, seed: seedOf("twilio") })));
    const whatsapp = keep(
      await openWhatsApp({
        port: ports.whatsapp,
        open: (opening) => onPort("--whatsapp-port", ports.whatsapp, opening),
        openPage: (opening) => onPort("--phones-port", ports.phones, opening),
      }),
    );
    const all = [...open];
    const people: Person[] = [];
    let isOver = false;
    let trouble: string | undefined = "the application has not been asked yet";
    const verify = async (): Promise<void> => {
      try {
        await meta.verify();
        trouble = undefined;
      } catch (error) {
        trouble = error instanceof Error ? error.message : String(error);
        throw error;
      }
    };
    // whoever set up the webhook in the dashboard did it once the application was there
    const tryAgain = (): void => {
      verify().catch(() => {
        if (!isOver) clock.after(VERIFY_EVERY_MS, tryAgain);
      });
    };
    const vendors: Vendors = {
      meta,
      twilio,
      whatsapp,
      all,
      people,
      webhooks,
      trouble: () => trouble,
      verify,
      addPerson: async ({ phone, name }) => {
        if (!/^\+\d{5,15}$/.test(phone)) throw new Error(`a number is + and 5 to 15 digits, not ${JSON.stringify(phone)}`);
        if (name === "") throw new Error("a person needs a name");
        if (people.some((person) => person.phone === phone)) throw new Error(`${phone} is somebody's already`);
        // WhatsApp first, which alone refuses: the business' own numbers are on it
        for (const vendor of [...all].reverse()) await vendor.addPerson({ phone, name });
        people.push({ phone, name });
      },
      close: async () => {
        isOver = true;
        await close();
      },
    };
    await vendors.addPerson(ANA);
    tryAgain();
    return vendors;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens something on a port. Rejects with a sentence that names the option where the port is taken. */
export async function onPort<Opened>(option: string, port: number, opening: (port: number) => Promise<Opened>): Promise<Opened> {
  try {
    return await opening(port);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new Error(`port ${port} is taken: end what has it, perhaps an earlier run of this, or give ${option} another (0 is a free one)`, {
      cause: error,
    });
  }
}

// the same ids and secrets with each start, so that what was pasted stays good
function seedOf(vendor: string): string {
  return createHash("sha256").update(`fake-vendors ${vendor}`).digest("hex");
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
