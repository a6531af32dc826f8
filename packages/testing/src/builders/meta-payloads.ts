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

/** Who wrote, or whom a status concerns. */
export interface MetaPerson {
  /** Digits; `false` hides the phone, so that only the user id tells who it is. */
  readonly phone?: string | false;
  /** Meta's business-scoped user id, e.g. `BR.1A2b3C4d5E`; left out where absent. */
  readonly userId?: string;
  /** The id for all portfolios of one company. */
  readonly parentUserId?: string;
  /** Without the `@`; left out where absent. */
  readonly username?: string;
  /** The name of the profile; Ana Souza where absent. */
  readonly name?: string;
  /** Sent where the number has identity checks switched on. */
  readonly identityKey?: string;
}

/** One message of a person. */
export interface MetaMessageOptions extends MetaAddress {
  /** Who wrote; `+5511999990000`, whom Meta calls Ana Souza, where absent. */
  readonly from?: MetaPerson;
  /** The message's `wamid.…`; the same one each time where absent, so that two are one message to the inbox. */
  readonly id?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  /** The id of the message this one answers. */
  readonly replyTo?: string;
  /** The group it was written in. */
  readonly groupId?: string;
  /** What led to it, as Meta writes it: `source_url`, `image_url`, `welcome_message` … */
  readonly referral?: object;
  /** The product that it asks about. */
  readonly product?: { readonly catalogId: string; readonly productId: string };
  /** What was said before the conversation came here. */
  readonly summary?: string;
}

const PHONE = "5511999990000";
const MESSAGE_ID = "wamid.HBgNNTUxMTk5OTk5MDAwMBUCABIYFDNBMDAwMDAwMDAwMDAwMDAwMDAxAA==";
const SENT_ID = "wamid.HBgNNTUxMTk5OTk5MDAwMBUCABEYEjNCMDAwMDAwMDAwMDAwMDAwMQA=";
const TIMESTAMP = 1_767_225_600;
const DISPLAY = "15550100001";

/** A text that came in. */
export function metaText(options: MetaMessageOptions & { readonly body?: string } = {}): MetaPayload {
  return metaMessage({ ...options, type: "text", content: { body: options.body ?? "Hello" } });
}

/** A message of any type that came in; `content` stands under the type's name. */
export function metaMessage(options: MetaMessageOptions & { readonly type: string; readonly content?: unknown }): MetaPayload {
  const person = options.from ?? {};
  const message = {
    ...contextOf(options),
    ...(options.referral !== undefined && { referral: options.referral }),
    ...addressOf("from", person),
    ...(options.groupId !== undefined && { group_id: options.groupId }),
    id: options.id ?? MESSAGE_ID,
    timestamp: String(options.timestamp ?? TIMESTAMP),
    type: options.type,
    ...(options.content !== undefined && { [options.type]: options.content }),
  };
  const { summary } = options;
  return valuePayload("messages", options, {
    contacts: [contactOf(person)],
    messages: [message],
    ...(summary !== undefined && { conversation_context: { type: "summary", summary: { text: summary } } }),
  });
}

/** One message that the business sent from its phone app. */
export interface MetaEchoOptions extends MetaAddress {
  /** Meta's word, e.g. `text`, and `edit` or `revoke` for what changes an earlier one. */
  readonly type: string;
  /** Stands under the type's name. */
  readonly content?: unknown;
  /** Whom it went to; `+5511999990000`, whom Meta calls Ana Souza, where absent. */
  readonly to?: MetaPerson;
  /** The message's `wamid.…`; the same one each time where absent. */
  readonly id?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
}

/** What the business sent, changed (`edit`) or took back (`revoke`) on its phone. */
export function metaEcho(options: MetaEchoOptions): MetaPayload {
  const person = options.to ?? {};
  const echo = {
    from: options.displayPhoneNumber ?? DISPLAY,
    ...addressOf("to", person),
    id: options.id ?? SENT_ID,
    timestamp: String(options.timestamp ?? TIMESTAMP),
    type: options.type,
    ...(options.content !== undefined && { [options.type]: options.content }),
  };
  return valuePayload("smb_message_echoes", options, { contacts: [contactOf(person)], message_echoes: [echo] });
}

/** One status of a sent message. */
export interface MetaStatusOptions extends MetaAddress {
  /** `delivered` where absent; `failed` has `error` beside it and no price. */
  readonly status?: "sent" | "delivered" | "read" | "played" | "failed";
  /** The `wamid.…` that sending answered; the same one each time where absent. */
  readonly id?: string;
  /** Whom the message went to; `+5511999990000` where absent. */
  readonly to?: MetaPerson;
  /** The group it was sent to; `to` is then the participant whom it reached. */
  readonly groupId?: string;
  /** Our own id of the message, which Meta carries back. */
  readonly reference?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  /** What a failed status says; 131026 unless given. */
  readonly error?: { readonly code: number; readonly title?: string; readonly details?: string };
}

/** A status of a sent message. */
export function metaStatus(options: MetaStatusOptions = {}): MetaPayload {
  const { status = "delivered", to = {}, error = { code: 131026, title: "Message undeliverable" } } = options;
  const { code, title = "Message failed", details = title } = error;
  const failed = status === "failed";
  const item = {
    id: options.id ?? SENT_ID,
    status,
    timestamp: String(options.timestamp ?? TIMESTAMP),
    ...recipientOf(to, options.groupId),
    ...(options.reference !== undefined && { biz_opaque_callback_data: options.reference }),
    ...(failed
      ? { errors: [{ code, title, message: title, error_data: { details } }] }
      : { pricing: { billable: true, pricing_model: "PMP", category: "service", type: "regular" } }),
  };
  return valuePayload("messages", options, { ...(!failed && { contacts: [contactOf(to)] }), statuses: [item] });
}

/** A change of any field of an account. */
export function metaChange(field: string, value: object, { wabaId = "200100000000001" }: MetaAddress = {}): MetaPayload {
  return { object: "whatsapp_business_account", entry: [{ id: wabaId, time: TIMESTAMP, changes: [{ field, value }] }] };
}

/** Several webhooks in one request: an entry for each account, their changes in order. */
export function metaBatch(...payloads: readonly MetaPayload[]): MetaPayload {
  const entries = payloads.flatMap((payload) => payload.entry);
  const ids = [...new Set(entries.map((entry) => entry.id))];
  const entry = ids.map((id) => ({ id, changes: entries.filter((each) => each.id === id).flatMap((each) => each.changes) }));
  return { object: "whatsapp_business_account", entry };
}

function valuePayload(field: string, address: MetaAddress, items: object): MetaPayload {
  const { wabaId = "200100000000001", phoneNumberId = "300100000000001", displayPhoneNumber = DISPLAY } = address;
  const metadata = { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId };
  const value = { messaging_product: "whatsapp", metadata, ...items };
  return { object: "whatsapp_business_account", entry: [{ id: wabaId, changes: [{ field, value }] }] };
}

function contextOf({ replyTo, product, displayPhoneNumber = DISPLAY }: MetaMessageOptions): object {
  if (replyTo === undefined && product === undefined) return {};
  const referred = product && { catalog_id: product.catalogId, product_retailer_id: product.productId };
  return {
    context: { from: displayPhoneNumber, ...(replyTo !== undefined && { id: replyTo }), ...(referred && { referred_product: referred }) },
  };
}

function addressOf(side: "from" | "to", { phone, userId, parentUserId }: MetaPerson): object {
  return {
    ...(phone !== false && { [side]: phone ?? PHONE }),
    ...(userId !== undefined && { [`${side}_user_id`]: userId }),
    ...(parentUserId !== undefined && { [`${side}_parent_user_id`]: parentUserId }),
  };
}

function recipientOf({ phone, userId, parentUserId }: MetaPerson, groupId: string | undefined): object {
  const side = groupId === undefined ? "recipient" : "recipient_participant";
  return {
    ...(groupId !== undefined && { recipient_id: groupId, recipient_type: "group" }),
    ...(phone !== false && { [`${side}_id`]: phone ?? PHONE }),
    ...(userId !== undefined && { [`${side}_user_id`]: userId }),
    ...(parentUserId !== undefined && { [`${side}_parent_user_id`]: parentUserId }),
  };
}

function contactOf({ phone, userId, parentUserId, username, name = "Ana Souza", identityKey }: MetaPerson): object {
  return {
    profile: { name, ...(username !== undefined && { username }) },
    ...(phone !== false && { wa_id: phone ?? PHONE }),
    ...(userId !== undefined && { user_id: userId }),
    ...(parentUserId !== undefined && { parent_user_id: parentUserId }),
    ...(identityKey !== undefined && { identity_key_hash: identityKey }),
  };
}
