import { errorRow as row, type VendorErrorRow } from "@wadesk/core/ports";

/** What one of Twilio's codes means to us. */
export type TwilioErrorRow = VendorErrorRow;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const JOIN = 'the person must first join the sandbox: send "join" and your sandbox words to its number, again after three days';
const FROM = "the From number is no WhatsApp sender of this account; check it under Messaging → Senders";
const NOT_ACTIVE = "the account is not active; see Twilio's console";
const SENDERS = "see Messaging → Senders in Twilio's console";
const SAMPLE = "the template's sample file cannot be loaded, or is of a type that WhatsApp does not take";
const WEBHOOK = "Twilio could not use the answer of a webhook of this application; see the debugger in Twilio's console";
const WHATSAPP_CODE = "WhatsApp's own reason is in the message";

/**
 * Twilio's codes as ours, for answers of the API and for failed callbacks alike.
 * @see https://www.twilio.com/docs/api/errors
 */
export const TWILIO_ERRORS: ReadonlyMap<number, TwilioErrorRow> = new Map<number, TwilioErrorRow>([
  // the account and its token
  [10001, row("locked", NOT_ACTIVE)],
  [20003, row("credentials_rejected", "check the Account SID and its Auth Token, and that the account is active")],
  [20005, row("locked", NOT_ACTIVE)],
  [20006, row("scope_missing", "this key may not do that; use the account's Auth Token, or a key that may")],
  [20008, row("credentials_rejected", "these are test credentials; use the live ones")],
  [30002, row("locked", "the account is suspended; see Twilio's console")],
  [63051, row("locked", "Meta has locked the WhatsApp Business Account; see WhatsApp Manager")],
  [90010, row("locked", NOT_ACTIVE)],
  [63112, row("banned", "Meta has disabled the business accounts of this sender; appeal in Meta's Business Support")],

  // requests that ask for what is not there
  [20001, row("provider_refused", "a parameter is not valid")],
  [20404, row("provider_refused", "there is no such thing in this account")],
  [20422, row("provider_refused", "a parameter is not valid")],

  // Twilio and WhatsApp themselves
  [12400, row("provider_unavailable")],
  [20500, row("provider_unavailable")],
  [20503, row("provider_unavailable")],
  [30410, row("provider_unavailable")],
  [30008, row("provider_unavailable", "Twilio does not know why; send it once more later")],
  [63009, row("provider_unavailable", WHATSAPP_CODE)],
  [63010, row("provider_unavailable")],
  [63011, row("provider_unavailable")],
  [63012, row("provider_unavailable")],
  [63023, row("provider_unavailable", WHATSAPP_CODE)],
  [63037, row("provider_unavailable", "Twilio has tried again by itself")],

  // rates
  [14107, row("rate_limited", undefined, SECOND)],
  [20429, row("rate_limited", "too many requests at once", SECOND)],
  [21611, row("rate_limited", "too many messages wait to be sent from this number", MINUTE)],
  [30001, row("rate_limited", "too many messages wait to be sent", MINUTE)],
  [30022, row("rate_limited", undefined, SECOND)],
  [35125, row("rate_limited", "too many messages are scheduled", HOUR)],
  [63017, row("rate_limited", "messages of this account", SECOND)],
  [63018, row("rate_limited", "messages of this sender, or the people it may write to within 24 hours", SECOND)],
  [63038, row("rate_limited", "the account's messages of one day, 50 on a trial", HOUR)],

  // our number
  [21212, row("number_mismatch", FROM)],
  [21601, row("number_mismatch", FROM)],
  [21603, row("number_mismatch", FROM)],
  [21606, row("number_mismatch", FROM)],
  [21660, row("number_mismatch", FROM)],
  [63002, row("number_mismatch", FROM)],
  [63007, row("number_mismatch", `${FROM}; the sandbox sends from +14155238886 only`)],
  [63001, row("provider_refused", "WhatsApp rejects the sender's registration at Twilio; see Messaging → Senders")],
  [63008, row("provider_refused", "the sender is not set up completely; see Messaging → Senders")],
  [63020, row("number_not_registered", "accept Twilio's invitation in Meta's Business Manager, and check its payment method")],
  [63022, row("number_not_registered", "the certificate of the sender's name is not valid; Twilio's support renews it")],

  [21701, row("provider_refused", "there is no such Messaging Service in this account")],
  [21703, row("provider_refused", "the Messaging Service has no sender that fits; add the WhatsApp sender to it")],
  [21704, row("provider_refused", "the Messaging Service has no sender; add the WhatsApp sender to it")],
  [21705, row("provider_refused", "the Messaging Service is not valid; its SID begins with MG")],
  [63100, row("provider_refused", `the sender's registration is not valid; ${SENDERS}`)],
  ...[63101, 63102, 63103, 63104, 63105, 63106, 63107, 63108, 63109, 63110, 63111, 63113, 63114, 63115, 63116].map(
    (code): [number, TwilioErrorRow] => [code, row("provider_refused", `the sender is not in order; ${SENDERS}`)],
  ),

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
  [63050, row("recipient_opted_out", "WhatsApp withholds this message from this person")],
  [63049, row("marketing_limited", undefined, 24 * HOUR)],

  // the content
  [21602, row("content_invalid", "the text is missing")],
  [21605, row("content_invalid", "the text is too long")],
  [21609, row("provider_refused", "Twilio cannot call the status callback; set publicUrl to an address that is reachable from outside")],
  [21617, row("content_invalid", "the text is longer than 1600 characters")],
  [21619, row("content_invalid", "a text, a file or a template is needed")],
  [21624, row("content_invalid", "the validity period is 1 to 36000 seconds")],
  [30007, row("content_invalid", "it was filtered as unwanted; change it, and do not repeat it as it is")],
  [35111, row("content_invalid", "a scheduled message needs a time")],
  [35114, row("content_invalid", "a message is scheduled 15 minutes to 35 days ahead")],
  [35118, row("content_invalid", "scheduling needs a Messaging Service")],
  [63005, row("content_invalid", WHATSAPP_CODE)],
  [63006, row("content_invalid")],
  [63013, row("content_invalid", "it violates WhatsApp's policy")],
  [63016, row("window_closed")],
  [63021, row("content_invalid")],
  [63026, row("content_invalid", "WhatsApp flagged it as spam; stop sending it, and change it")],
  [63039, row("content_invalid", "WhatsApp warns of the sender's behaviour; stop, and change what is sent")],
  [63030, row("content_invalid", "a parameter is not supported for this kind of message")],

  // files
  [11200, row("media_invalid", "Twilio could not fetch the file, or reach a webhook of this application")],
  [11751, row("media_invalid", "the file is too large: 16 MB, images 5 MB")],
  [12300, row("media_invalid", "its content type, or that of a webhook's answer, is missing or not supported")],
  [21620, row("media_invalid", "the URL is not valid")],
  [21623, row("media_invalid", "too many files in one message")],
  [30019, row("media_invalid", "the file is too large")],
  [63019, row("media_invalid", "WhatsApp could not load the file: its type, its size, or a URL that is not public")],

  [63025, row("media_invalid", "WhatsApp has this file already; send it under another address")],
  [63034, row("media_invalid", "the file is too large: 16 MB, images 5 MB")],
  [63043, row("media_invalid", SAMPLE)],
  [63044, row("media_invalid", SAMPLE)],
  [63045, row("media_invalid", SAMPLE)],
  [63047, row("media_invalid", SAMPLE)],

  // webhooks of ours that failed at Twilio's end
  [11205, row("provider_refused", WEBHOOK)],
  [11215, row("provider_refused", WEBHOOK)],
  [12100, row("provider_refused", WEBHOOK)],
  [12200, row("provider_refused", WEBHOOK)],

  // templates; 63046 says that one was approved, and is no failure
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
