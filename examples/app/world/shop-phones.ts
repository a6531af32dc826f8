import type { LinkStep } from "@wadesk/core";
import type { Phone } from "@wadesk/testing/whatsapp-web";
import type { PanelGroup } from "./panel-group.ts";

/** What the screen showed last for a phone to see. */
export interface ShownSteps {
  qr?: LinkStep & { readonly type: "qr" };
  code?: LinkStep & { readonly type: "code" };
}

/** The code by which WhatsApp refuses a number that it has banned. */
const BANNED = 406;

/** One phone of the business. */
export function phoneGroup(phone: Phone, shown: ShownSteps): PanelGroup {
  const { scan, type } = eyesOf(phone, shown);
  let isBanned = false;
  let wantsPasskey = false;
  const id = (act: string): string => `${act} ${phone.number}`;
  const linked = (): string => {
    const { length } = phone.clients.filter(({ isConnected }) => isConnected);
    return isBanned
      ? "banned by WhatsApp"
      : wantsPasskey
        ? "asked for a passkey by WhatsApp"
        : length === 0
          ? "linked to nothing"
          : "linked to this application";
  };
  return {
    view: () => ({
      title: `Phone: ${phone.name}`,
      facts: [
        ["Number", `+${phone.number}`],
        ["Is", linked()],
      ],
      actions: [
        { id: id("scan"), label: "Scan the QR shown" },
        { id: id("type"), label: "Type the code shown" },
        { id: id("unlink"), label: "Unlink on the phone" },
        wantsPasskey
          ? { id: id("no passkey"), label: "Ask for no passkey" }
          : { id: id("passkey"), label: "Have WhatsApp ask for a passkey" },
        isBanned ? { id: id("lift"), label: "Lift the ban" } : { id: id("ban"), label: "Ban the number" },
      ],
    }),
    acts: {
      [id("scan")]: scan,
      [id("type")]: type,
      [id("unlink")]: () => phone.unlink(),
      [id("passkey")]: () => {
        wantsPasskey = true;
        phone.demandPasskey();
      },
      [id("no passkey")]: () => {
        wantsPasskey = false;
        phone.demandPasskey(false);
      },
      [id("ban")]: () => {
        isBanned = true;
        phone.restrict(BANNED);
      },
      [id("lift")]: () => {
        isBanned = false;
        phone.restrict(undefined);
      },
    },
  };
}

/** A phone that is in the wrong hand: whichever number is typed on the screen, it has another one. */
export function wrongPhoneGroup(phone: Phone, shown: ShownSteps): PanelGroup {
  return {
    view: () => ({
      title: `Phone: ${phone.name}`,
      facts: [["Number", `+${phone.number}`]],
      actions: [{ id: "scan wrong", label: "Scan with the wrong number" }],
    }),
    acts: { "scan wrong": eyesOf(phone, shown).scan },
  };
}

function eyesOf(phone: Phone, shown: ShownSteps): Readonly<Record<"scan" | "type", () => Promise<unknown>>> {
  return {
    scan: async () => phone.scan(counts(shown.qr, "QR").text),
    type: async () => phone.type(counts(shown.code, "code").code),
  };
}

function counts<Step extends { readonly expiresAt: number }>(step: Step | undefined, what: string): Step {
  if (step === undefined || step.expiresAt < Date.now()) throw new Error(`No ${what} is shown: press "Add device" on Devices first`);
  return step;
}
