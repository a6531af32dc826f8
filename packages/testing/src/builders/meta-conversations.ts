import type { MetaAddress, MetaPayload } from "./meta-payloads.ts";

const DISPLAY = "15550100001";
const TIMESTAMP = 1_767_225_600;

/**
 * Another builder's webhook as it comes while another sender handles the conversation: the same contacts, messages or statuses, under `standby`.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby/
 */
export function metaStandby(payload: MetaPayload): MetaPayload {
  const entry = payload.entry.map((each) => ({
    ...each,
    changes: each.changes.map(({ value }) => {
      const { messaging_product, metadata, ...standby } = value as { readonly messaging_product: string; readonly metadata: object };
      return { field: "standby", value: { messaging_product, metadata, standby } };
    }),
  }));
  return { ...payload, entry };
}

/** What the other sender wrote. */
export interface MetaStandbyEchoOptions extends MetaAddress {
  /** The body of its request, e.g. `{ to, type: "text", text: { body } }`. */
  readonly message: object;
  /** The message's `wamid.…`; the same one each time where absent. */
  readonly id?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
}

/** A message of the sender that handles a conversation, as those hear of it who read along. */
export function metaStandbyEcho({
  message,
  id = "wamid.HBgNNTUxMQA=",
  timestamp = TIMESTAMP,
  ...address
}: MetaStandbyEchoOptions): MetaPayload {
  const echo = { id, timestamp: String(timestamp), message: { messaging_product: "whatsapp", ...message } };
  return changeOf("standby", address, (number) => ({ metadata: number, standby: { message_echoes: [echo] } }));
}

/** A conversation that changes hands. */
export interface MetaHandoverOptions extends MetaAddress {
  /** `gained` where absent: the conversation is ours from now on; `lost` takes it from us. */
  readonly change?: "gained" | "lost";
  /** Digits; `false` where Meta does not say whose conversation it is. */
  readonly phone?: string | false;
  /** Meta's roles, e.g. `ai_agent`, `escalation`. */
  readonly previous?: string;
  /** Meta's role of whoever has it now; `escalation` where absent. */
  readonly current?: string;
  /** What the former owner hands on, Meta's `metadata`; left out where absent. */
  readonly note?: string;
  /** What was said so far, as Meta's `conversation_context`; left out where absent. */
  readonly summary?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
}

/**
 * Tells that a conversation was passed to us, or taken from us. Its value names the number as `recipient`.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging-handovers
 */
export function metaHandover(options: MetaHandoverOptions = {}): MetaPayload {
  const { change = "gained", phone = "5511999990000", previous = "ai_agent", current = "escalation", note, summary } = options;
  const type = change === "gained" ? "control_passed" : "control_taken";
  const control = {
    previous_owner_role: previous,
    new_owner_role: current,
    ...(note !== undefined && { metadata: note }),
    ...(summary !== undefined && { conversation_context: { type: "summary", summary: { text: summary } } }),
  };
  return changeOf("messaging_handovers", options, (number) => ({
    ...(phone !== false && { sender: { phone_number: phone } }),
    recipient: number,
    type,
    timestamp: String(options.timestamp ?? TIMESTAMP),
    [type]: control,
  }));
}

function changeOf(field: string, address: MetaAddress, written: (number: object) => object): MetaPayload {
  const { wabaId = "200100000000001", phoneNumberId = "300100000000001", displayPhoneNumber = DISPLAY } = address;
  const value = { messaging_product: "whatsapp", ...written({ display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId }) };
  return { object: "whatsapp_business_account", entry: [{ id: wabaId, changes: [{ field, value }] }] };
}
