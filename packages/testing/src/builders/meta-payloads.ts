/** A webhook of Meta's as it is before it is written and signed. */
export interface MetaPayload {
  readonly object: "whatsapp_business_account";
  readonly entry: readonly MetaEntry[];
}

/** The changes of one account. */
export interface MetaEntry {
  readonly id: string;
  readonly time?: number;
  readonly changes: readonly { readonly field: string; readonly value: object }[];
}

/** Whose webhook it is; every part has a value that stays the same. */
export interface MetaAddress {
  readonly wabaId?: string;
  readonly phoneNumberId?: string;
  /** Digits, as Meta writes it. */
  readonly displayPhoneNumber?: string;
}

/** Who wrote, or whom a status concerns. */
export interface MetaPerson {
  /** Digits; `false` hides the phone, so that only the user id tells who it is. */
  readonly phone?: string | false;
  readonly userId?: string;
  readonly username?: string;
  readonly name?: string;
}

/** One message of a person. */
export interface MetaMessageOptions extends MetaAddress {
  readonly from?: MetaPerson;
  readonly id?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  /** The id of the message this one answers. */
  readonly replyTo?: string;
}

const PHONE = "5511999990000";
const MESSAGE_ID = "wamid.HBgNNTUxMTk5OTk5MDAwMBUCABIYFDNBMDAwMDAwMDAwMDAwMDAwMDAxAA==";
const SENT_ID = "wamid.HBgNNTUxMTk5OTk5MDAwMBUCABEYEjNCMDAwMDAwMDAwMDAwMDAwMQA=";
const TIMESTAMP = 1_767_225_600;

/** A text that came in. */
export function metaText(options: MetaMessageOptions & { readonly body?: string } = {}): MetaPayload {
  return metaMessage({ ...options, type: "text", content: { body: options.body ?? "Hello" } });
}

/** A message of any type that came in; `content` stands under the type's name. */
export function metaMessage(options: MetaMessageOptions & { readonly type: string; readonly content?: unknown }): MetaPayload {
  const person = options.from ?? {};
  const message = {
    ...(options.replyTo !== undefined && { context: { from: options.displayPhoneNumber ?? "15550100001", id: options.replyTo } }),
    ...(person.phone !== false && { from: person.phone ?? PHONE }),
    ...(person.userId !== undefined && { from_user_id: person.userId }),
    id: options.id ?? MESSAGE_ID,
    timestamp: String(options.timestamp ?? TIMESTAMP),
    type: options.type,
    ...(options.content !== undefined && { [options.type]: options.content }),
  };
  return messagesPayload(options, { contacts: [contactOf(person)], messages: [message] });
}

/** One status of a sent message. */
export interface MetaStatusOptions extends MetaAddress {
  readonly status?: "sent" | "delivered" | "read" | "played" | "failed";
  readonly id?: string;
  readonly to?: MetaPerson;
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
    ...(to.phone !== false && { recipient_id: to.phone ?? PHONE }),
    ...(to.userId !== undefined && { recipient_user_id: to.userId }),
    ...(failed
      ? { errors: [{ code, title, message: title, error_data: { details } }] }
      : { pricing: { billable: true, pricing_model: "PMP", category: "service", type: "regular" } }),
  };
  return messagesPayload(options, { ...(!failed && { contacts: [contactOf(to)] }), statuses: [item] });
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

function messagesPayload(address: MetaAddress, items: object): MetaPayload {
  const { wabaId = "200100000000001", phoneNumberId = "300100000000001", displayPhoneNumber = "15550100001" } = address;
  const metadata = { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId };
  const value = { messaging_product: "whatsapp", metadata, ...items };
  return { object: "whatsapp_business_account", entry: [{ id: wabaId, changes: [{ field: "messages", value }] }] };
}

function contactOf({ phone, userId, username, name = "Ana Souza" }: MetaPerson): object {
  return {
    profile: { name, ...(username !== undefined && { username }) },
    ...(phone !== false && { wa_id: phone ?? PHONE }),
    ...(userId !== undefined && { user_id: userId }),
  };
}
