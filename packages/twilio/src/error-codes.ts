import type { ErrorCode } from "@wadesk/core";

/** What one of Twilio's codes means to us: our code, how long to wait at least, and what exactly to do where our text says too little. */
export interface TwilioErrorRow {
  readonly code: ErrorCode;
  /** Milliseconds. */
  readonly retryAfterMs?: number;
  readonly fix?: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const row = (code: ErrorCode, fix?: string, retryAfterMs?: number): TwilioErrorRow => ({
  code,
  ...(fix !== undefined && { fix }),
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

const JOIN = 'the person must first join the sandbox: send "join" and your sandbox words to its number, again after three days';
const FROM = "the From number is no WhatsApp sender of this account; check it under Messaging → Senders";
const WHATSAPP_CODE = "WhatsApp's own reason is in the message";

/**
 * Twilio's codes as ours, for answers of the API and for failed callbacks alike.
 * @see https://www.twilio.com/docs/api/errors
 */
export const TWILIO_ERRORS: ReadonlyMap<number, TwilioErrorRow> = new Map<number, TwilioErrorRow>([
  // the account and its token
  [10001, row("locked", "the account is not active; see Twilio's console")],
  [20003, row("credentials_rejected", "check the Account SID and its Auth Token, and that the account is active")],
  [20005, row("locked", "the account is not active; see Twilio's console")],
  [20008, row("credentials_rejected", "these are test credentials; use the live ones")],
  [30002, row("locked", "the account is suspended; see Twilio's console")],
  [63051, row("locked", "Meta has locked the WhatsApp Business Account; see WhatsApp Manager")],
  [63112, row("banned", "Meta has disabled the business accounts of this sender; appeal in Meta's Business Support")],

  // Twilio and WhatsApp themselves
  [12400, row("provider_unavailable")],
  [20500, row("provider_unavailable")],
  [20503, row("provider_unavailable")],
  [30410, row("provider_unavailable")],
  [63010, row("provider_unavailable")],
  [63012, row("provider_unavailable")],
  [63023, row("provider_unavailable", WHATSAPP_CODE)],

  // rates
  [14107, row("rate_limited", undefined, SECOND)],
  [20429, row("rate_limited", "too many requests at once", SECOND)],
  [21611, row("rate_limited", "too many messages wait to be sent from this number", MINUTE)],
  [30001, row("rate_limited", "too many messages wait to be sent", MINUTE)],
  [30022, row("rate_limited", undefined, SECOND)],
  [63018, row("rate_limited", "messages of this sender, or too many to one recipient", SECOND)],
  [63038, row("rate_limited", "the account's messages of one day, 50 on a trial", HOUR)],

  // our number
  [21212, row("number_mismatch", FROM)],
  [21603, row("number_mismatch", FROM)],
  [21606, row("number_mismatch", FROM)],
  [21660, row("number_mismatch", FROM)],
  [63002, row("number_mismatch", FROM)],
  [63007, row("number_mismatch", `${FROM}; the sandbox sends from +14155238886 only`)],
  [63001, row("provider_refused", "WhatsApp rejects the sender's registration at Twilio; see Messaging → Senders")],
  [63008, row("provider_refused", "the sender is not set up completely; see Messaging → Senders")],
  [63020, row("number_not_registered", "accept Twilio's invitation in Meta's Business Manager, and check its payment method")],
  [63022, row("number_not_registered", "the certificate of the sender's name is not valid; Twilio's support renews it")],

  // the recipient
  [21211, row("recipient_invalid")],
  [21214, row("recipient_unreachable")],
  [21408, row("provider_refused", "messages to this country are switched off; allow it under Messaging → Geo permissions")],
  [21604, row("recipient_invalid")],
  [21608, row("recipient_not_allowed", "a trial account writes to verified numbers only; verify it or upgrade the account")],
  [21610, row("recipient_opted_out", "they answered STOP")],
  [21612, row("recipient_unreachable")],
  [21614, row("recipient_invalid")],
  [21635, row("recipient_unreachable", "the number is a landline")],
  [21910, row("recipient_invalid", "sender and recipient must both be WhatsApp addresses")],
  [30003, row("recipient_unreachable")],
  [30004, row("recipient_opted_out")],
  [30005, row("recipient_unreachable")],
  [30006, row("recipient_unreachable")],
  [63003, row("recipient_unreachable")],
  [63014, row("recipient_opted_out", "the recipient blocked this number")],
  [63015, row("recipient_not_allowed", JOIN)],
  [63024, row("recipient_unreachable")],
  [63029, row("recipient_unreachable", "their app could not load the template")],
  [63031, row("recipient_invalid", "sender and recipient are the same number")],
  [63032, row("recipient_opted_out", "WhatsApp withholds this message from this person")],
  [63033, row("recipient_opted_out", "the recipient blocked this number")],
  [63049, row("marketing_limited", undefined, 24 * HOUR)],

  // the content
  [21602, row("content_invalid", "the text is missing")],
  [21605, row("content_invalid", "the text is too long")],
  [21609, row("provider_refused", "Twilio cannot call the status callback; set publicUrl to an address that is reachable from outside")],
  [21617, row("content_invalid", "the text is longer than 1600 characters")],
  [21619, row("content_invalid", "a text, a file or a template is needed")],
  [63005, row("content_invalid", WHATSAPP_CODE)],
  [63006, row("content_invalid")],
  [63009, row("provider_refused", WHATSAPP_CODE)],
  [63013, row("content_invalid", "it violates WhatsApp's policy")],
  [63016, row("window_closed")],
  [63021, row("content_invalid")],
  [63030, row("content_invalid", "a parameter is not supported for this kind of message")],

  // files
  [11200, row("media_invalid", "Twilio could not fetch the file")],
  [11751, row("media_invalid", "the file is too large: 16 MB, images 5 MB")],
  [12300, row("media_invalid", "its content type is missing or not supported")],
  [21620, row("media_invalid", "the URL is not valid")],
  [21623, row("media_invalid", "too many files in one message")],
  [30019, row("media_invalid", "the file is too large")],
  [63019, row("media_invalid", "WhatsApp could not load the file: its type, its size, or a URL that is not public")],

  // templates
  [21654, row("template_invalid", "variables need a template")],
  [21655, row("template_not_found", "there is no such ContentSid in this account; it looks like HX and 32 characters")],
  [21656, row("template_invalid", "the variables are not valid: each needs a text, and their names are those of the template")],
  [21658, row("template_invalid", "a variable is too long")],
  [63027, row("template_not_found")],
  [63028, row("template_invalid", "the number of variables differs from the template's")],
  [63040, row("template_not_found", "WhatsApp rejected the template")],
  [63041, row("template_paused")],
  [63042, row("template_disabled")],
]);
