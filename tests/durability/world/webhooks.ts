import { metaJson, metaText, signMeta } from "@wadesk/testing";
import { APP, PHONE_NUMBER_ID } from "./app.ts";

/** One webhook, written and signed before anything is timed. */
export interface Webhook {
  /** The key of its one event. */
  readonly key: string;
  readonly contact: number;
  /** Which of the contact's messages it is, from 0. */
  readonly turn: number;
  readonly body: Buffer;
  readonly signature: string;
}

/** A contact's message as Meta sends it. */
export function webhookOf(contact: number, turn: number): Webhook {
  const phone = `551190${String(contact).padStart(7, "0")}`;
  const id = `wamid.${contact}.${turn}`;
  const payload = metaText({ phoneNumberId: PHONE_NUMBER_ID, from: { phone }, id, body: `Message ${turn}` });
  const body = Buffer.from(metaJson(payload));
  return { key: `cloud-api:${PHONE_NUMBER_ID}|+${phone}|+${phone}|${id}`, contact, turn, body, signature: signMeta(body, APP.appSecret) };
}

/** Where a key stands in its contact's order. */
export function placeOf(key: string): { readonly contact: number; readonly turn: number } {
  const [contact = "", turn = ""] = key.slice(key.lastIndexOf("|wamid.") + "|wamid.".length).split(".");
  return { contact: Number(contact), turn: Number(turn) };
}
