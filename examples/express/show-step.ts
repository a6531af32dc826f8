import type { LinkStep } from "@wadesk/core";
import { qrText } from "@wadesk/core/qr";

/** Prints what a person has to see while a phone is linked: the QR to scan, or the code to type into it. A real application draws them on its page. */
export async function showStep(step: LinkStep): Promise<void> {
  if (step.type === "qr") {
    console.log(`WhatsApp on the phone, Linked devices, Link a device (QR ${step.number} of ${step.of}):`);
    console.log(await qrText(step.text));
  }
  if (step.type === "code") console.log(`Type this into the phone: ${step.code}`);
}
