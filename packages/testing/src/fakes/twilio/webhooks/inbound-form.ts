import { addressOf } from "../messages/addresses.ts";
import type { ContactState, PersonWrites, TwilioMedia, TwilioMessage, TwilioState } from "../state.ts";
import type { Line } from "../world/lines.ts";

type Fields = readonly (readonly [string, string])[];

/**
 * What the webhook of an inbound message carries. Which parameters there are: Twilio's "request to your incoming message webhook URL"
 * and recorded requests of 2026; `ListId`, `ListTitle` and `ListDescription` after users' reports.
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export function inboundForm(
  state: TwilioState,
  line: Line,
  contact: ContactState,
  writes: PersonWrites,
  message: { readonly sid: string; readonly media: TwilioMedia | undefined },
): Fields {
  const { sid, media } = message;
  const context = contextOf(contact, writes);
  return [
    ...repliedTo(state, line, writes),
    ["SmsMessageSid", sid],
    ["NumMedia", media ? "1" : "0"],
    ["ProfileName", contact.name],
    ["ExternalUserId", `whatsapp:${contact.userId}`],
    ["MessageType", messageType(writes)],
    ["SmsSid", sid],
    ...(contact.phone === undefined ? [] : [["WaId", contact.phone.slice(1)] as const]),
    ["SmsStatus", "received"],
    ["Body", bodyOf(writes)],
    ...special(writes),
    ...(media ? fileFields(state, media) : []),
    ["To", `whatsapp:${line.number}`],
    ["NumSegments", "1"],
    ["ReferralNumMedia", "0"],
    ["MessageSid", sid],
    ["AccountSid", line.accountSid],
    ["ChannelMetadata", JSON.stringify({ type: "whatsapp", data: { context } })],
    ["From", addressOf(contact)],
    ["ApiVersion", "2010-04-01"],
    ...Object.entries(writes.parameters ?? {}),
  ];
}

/** What stands in `Body`: the text, a file's caption or a document's name, a button's or a row's words. */
export function bodyOf({ text, file, button, list }: PersonWrites): string {
  return text ?? button?.text ?? list?.title ?? file?.caption ?? (isDocument(file?.contentType) ? file?.fileName : undefined) ?? "";
}

function messageType({ file, location, button, list }: PersonWrites): string {
  if (button) return button.template ? "button" : "interactive";
  if (list) return "interactive";
  if (location) return "location";
  if (!file) return "text";
  const type = file.contentType.toLowerCase();
  if (/vcard/.test(type)) return "contacts";
  if (type === "image/webp") return "sticker";
  const [kind = ""] = type.split("/");
  return ["image", "audio", "video"].includes(kind) ? kind : "document";
}

function isDocument(contentType: string | undefined): boolean {
  return contentType !== undefined && !/^(image|audio|video)\/|vcard/i.test(contentType);
}

function special({ location, button, list, forwarded }: PersonWrites): Fields {
  return [
    ...(location ? locationFields(location) : []),
    ...(button ? [["ButtonText", button.text] as const, ["ButtonPayload", button.payload ?? button.text] as const] : []),
    ...(list ? [["ListId", list.id] as const, ["ListTitle", list.title] as const] : []),
    ...(list?.description === undefined ? [] : [["ListDescription", list.description] as const]),
    ...(forwarded ? [["Forwarded", "true"] as const, ["FrequentlyForwarded", String(forwarded === "often")] as const] : []),
  ];
}

function locationFields({ latitude, longitude, label, address }: NonNullable<PersonWrites["location"]>): Fields {
  return [
    ["Latitude", String(latitude)],
    ["Longitude", String(longitude)],
    ...(label === undefined ? [] : [["Label", label] as const]),
    ...(address === undefined ? [] : [["Address", address] as const]),
  ];
}

function fileFields(state: TwilioState, media: TwilioMedia): Fields {
  const origin = state.origin ?? "https://api.twilio.com";
  const path = `/2010-04-01/Accounts/${media.accountSid}/Messages/${media.messageSid}/Media/${media.sid}`;
  return [
    ["MediaContentType0", media.contentType],
    ["MediaUrl0", origin + path],
  ];
}

// an older one is not named
const SEVEN_DAYS_MS = 7 * 86_400_000;

function repliedTo(state: TwilioState, line: Line, { replyTo }: PersonWrites): Fields {
  const original = replyTo === undefined ? undefined : state.messages.find((each: TwilioMessage) => each.sid === replyTo);
  if (!original || original.accountSid !== line.accountSid || state.clock.now() - original.createdAt > SEVEN_DAYS_MS) return [];
  return [
    ["OriginalRepliedMessageSender", original.from],
    ["OriginalRepliedMessageSid", original.sid],
  ];
}

function contextOf(contact: ContactState, { button, forwarded }: PersonWrites): Readonly<Record<string, string>> {
  return {
    ...(button && { ButtonText: button.text }),
    ...(forwarded && { Forwarded: "true", FrequentlyForwarded: String(forwarded === "often") }),
    ProfileName: contact.name,
    ...(contact.phone !== undefined && { WaId: contact.phone.slice(1) }),
  };
}
