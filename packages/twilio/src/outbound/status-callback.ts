import type { TwilioSettings } from "../options.ts";

const PATH = "/webhooks/whatsapp/inbound";

/** Where Twilio is to send messages and statuses; nothing when neither `webhookUrl` nor `publicUrl` is set. */
export function callbackUrl({ webhookUrl }: TwilioSettings, publicUrl: URL | undefined): string | undefined {
  if (webhookUrl !== undefined) return webhookUrl;
  return publicUrl && `${publicUrl.origin}${publicUrl.pathname.replace(/\/+$/, "")}${PATH}`;
}

/** Whether a sender's own webhook is this one; a connection override behind `#` makes no difference. */
export function isSameCallback(one: string | undefined, other: string): boolean {
  return one?.split("#", 1)[0] === other.split("#", 1)[0];
}
