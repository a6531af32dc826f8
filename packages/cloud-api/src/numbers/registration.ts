import { isWadeskError, WadeskError } from "@wadesk/core";
import { asText } from "../wire/wire.ts";
import { inputInvalid, readFields } from "./input-invalid.ts";
import type { DisplayName, Registration } from "./operations.ts";
import { graphOf, idOf, type NumberWork } from "./work.ts";

const WRONG_PIN = 133005;
// Meta's page has it for an account that is locked, and it comes for a wrong PIN too
const LOCKED = 131031;

/** Registers the number with its PIN, and keeps that. Rejects before Meta is asked for a number of the WhatsApp Business app. */
export async function register(work: NumberWork, registration: Registration = {}): Promise<void> {
  const { pin = work.context.secret.pin, region } = readFields(registration, ["pin", "region"], "registration");
  if (pin === undefined)
    throw inputInvalid("pin", "required", "give the number's two-step PIN, or six digits of your choice where it has none");
  if (region !== undefined && !/^[A-Z]{2}$/.test(region)) throw inputInvalid("region", "wrong_form", 'must look like "BR"');
  readPin(pin);
  const graph = await graphOf(work);
  const { is_on_biz_app: onApp } = await graph.get([idOf(work)], { fields: "is_on_biz_app" });
  if (onApp === true) throw onBusinessApp();
  const body = { messaging_product: "whatsapp", pin, ...(region !== undefined && { data_localization_region: region }) };
  await explained(() => graph.put("POST", [idOf(work), "register"], body));
  await keepPin(work, pin);
}

/** Takes the number from the Cloud API; one that is not registered is left as it is. */
export async function deregister(work: NumberWork): Promise<void> {
  const graph = await graphOf(work);
  try {
    await graph.put("POST", [idOf(work), "deregister"]);
  } catch (error) {
    if (!isWadeskError(error, "number_not_registered")) throw error;
  }
}

/** Sets or changes the PIN, and keeps it. */
export async function setPin(work: NumberWork, pin: string): Promise<void> {
  readPin(pin);
  const graph = await graphOf(work);
  await explained(() => graph.put("POST", [idOf(work)], { pin }));
  await keepPin(work, pin);
}

/** How the display name stands. */
export async function displayName(work: NumberWork): Promise<DisplayName> {
  const graph = await graphOf(work);
  const number = await graph.get([idOf(work)], { fields: "verified_name,name_status,new_name_status" });
  const [name, status, newStatus] = [asText(number.verified_name), asText(number.name_status), asText(number.new_name_status)];
  return {
    ...(name !== undefined && { name }),
    ...(status !== undefined && { status }),
    ...(newStatus !== undefined && newStatus !== "NONE" && { newStatus }),
  };
}

function readPin(pin: unknown): void {
  if (typeof pin !== "string" || !/^\d{6}$/.test(pin)) throw inputInvalid("pin", "wrong_form", "must be six digits");
}

async function explained(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isWadeskError(error)) throw error;
    if (error.vendor?.code === WRONG_PIN)
      throw inputInvalid("pin", "wrong_pin", "is not the number's two-step PIN; whoever forgot it changes it in WhatsApp Manager", {
        cause: error,
      });
    if (error.vendor?.code !== LOCKED) throw error;
    const detail = "the PIN is wrong, or Meta has locked the account; see WhatsApp Manager";
    throw new WadeskError("number_registration_failed", { detail, vendor: error.vendor });
  }
}

async function keepPin({ context }: NumberWork, pin: string): Promise<void> {
  if (context.secret.pin !== pin) await context.replaceSecret({ ...context.secret, pin });
}

function onBusinessApp(): WadeskError {
  const detail = "it lives in the WhatsApp Business app too, where registering it here would take it from; it sends without";
  return new WadeskError("number_registration_failed", { detail });
}
