/** WhatsApp unlinks the devices of a phone that was not opened for so long, in milliseconds. Source: WhatsApp's help on linked devices. */
export const PHONE_LIMIT_MS: number = 14 * 24 * 60 * 60_000;
