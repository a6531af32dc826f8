import { addressBelow, type ChannelContext } from "@wadesk/core/ports";
import type { TwilioSettings } from "../options.ts";

const PATH = "/webhooks/whatsapp/inbound";

/**
 * Where Twilio is to send messages and statuses, nothing of what was configured left out, since Twilio signs what it was told: the address that messages name
 * first, then the other at which it is heard; none when neither `webhookUrl` nor `publicUrl` is set.
 */
export function callbackUrls(
  { webhookUrl }: TwilioSettings,
  { publicUrl, publicAddress = publicUrl?.href }: Pick<ChannelContext<unknown>, "publicUrl" | "publicAddress">,
): readonly string[] {
  const own = publicAddress === undefined ? undefined : addressBelow(publicAddress, PATH);
  return [webhookUrl, own].flatMap((address) => (address === undefined ? [] : travelling(address)));
}

/** An address in the spelling in which it travels: as it was written, but for characters beyond ASCII; a host with such is spelled `xn--…`. */
export function travelling(address: string): string {
  const isAscii = [...address].every((character) => character > " " && character <= "~");
  return isAscii || !URL.canParse(address) ? address : new URL(address).href;
}

/** An address for people to read: its credentials, and what its query says, are the host's own. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return "the configured address";
  const { protocol, host, pathname, searchParams, hash } = new URL(address);
  const names = [...searchParams.keys()].map((name) => `${encodeURIComponent(name)}=…`);
  return `${protocol}//${host}${pathname}${names.length > 0 ? `?${names.join("&")}` : ""}${hash}`;
}

/** Whether a sender's own webhook is this one; neither a connection override behind `#` nor credentials, upper case or the scheme's port make a difference. */
export function isSameCallback(one: string | undefined, other: string): boolean {
  return one !== undefined && comparable(one) === comparable(other);
}

function comparable(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname, search } = new URL(address);
  return `${protocol}//${host}${pathname}${search}`;
}
