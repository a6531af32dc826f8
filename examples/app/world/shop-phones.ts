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
  let isBanned = false;
  const id = (act: string): string => `${act} ${phone.number}`;
  const linked = (): string => {
    const { length } = phone.clients.filter(({ isConnected }) => isConnected);
    return isBanned ? "banned by WhatsApp" : length === 0 ? "linked to nothing" : "linked to this application";
  };
  const counts = <Step extends { readonly expiresAt: number }>(step: Step | undefined, what: string): Step => {
    if (step === undefined || step.expiresAt < Date.now()) throw new Error(`No ${what} is shown: press "Add device" on Devices first`);
    return step;
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
        isBanned ? { id: id("lift"), label: "Lift the ban" } : { id: id("ban"), label: "Ban the number" },
      ],
    }),
    acts: {
      [id("scan")]: () => phone.scan(counts(shown.qr, "QR").text),
      [id("type")]: () => phone.type(counts(shown.code, "code").code),
      [id("unlink")]: () => phone.unlink(),
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
