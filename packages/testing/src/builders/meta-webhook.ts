import type { FieldKinds } from "@wadesk/core/ports";

/** A webhook of Meta's as it is before it is written and signed. */
export interface MetaPayload {
  readonly object: "whatsapp_business_account";
  /** One for each account; {@link metaBatch} joins those of several webhooks. */
  readonly entry: readonly MetaEntry[];
}

/** The changes of one account. */
export interface MetaEntry {
  /** The account's, digits. */
  readonly id: string;
  /** Seconds since the epoch; the builders of messages leave it out. */
  readonly time?: number;
  /** The field's name, as an app subscribes to it, with what Meta puts under `value`. */
  readonly changes: readonly { readonly field: string; readonly value: object }[];
}

/** Whose webhook it is; every part has a value that stays the same. */
export interface MetaAddress {
  /** Meta's id of the account, digits; `200100000000001` where absent. */
  readonly wabaId?: string;
  /** Meta's id of the number, digits: what a connection's route has after `cloud-api:`. `300100000000001` where absent. */
  readonly phoneNumberId?: string;
  /** Digits, as Meta writes it. */
  readonly displayPhoneNumber?: string;
}

/** What may be said of whose webhook it is. */
export const ADDRESS: FieldKinds<MetaAddress> = { wabaId: "text", phoneNumberId: "text", displayPhoneNumber: "text" };

/** The same of one item of a webhook. */
export const ITEM: FieldKinds<MetaAddress & { readonly id?: string; readonly timestamp?: number }> = {
  ...ADDRESS,
  id: "text",
  timestamp: "number",
};
