import { type Parameters, parameter } from "../api/api-request.ts";
import { invalidParameter, twilioError } from "../api/twilio-error.ts";

const LONGEST_BODY = 1600;
const LONGEST_URL = 4000;
const MOST_MEDIA = 10;

/** Checks the form alone, before anything is looked up. Throws Twilio's code for the first thing that is wrong. */
export function checkForm(form: Parameters, now: number): void {
  if (parameter(form, "To") === undefined) throw twilioError(21604);
  if (parameter(form, "From") === undefined && parameter(form, "MessagingServiceSid") === undefined) throw twilioError(21603);
  const body = parameter(form, "Body");
  const media = mediaUrls(form);
  if (body === undefined && media.length === 0 && parameter(form, "ContentSid") === undefined && !form.has("ContentVariables")) {
    throw twilioError(21619);
  }
  if (body !== undefined && [...body].length > LONGEST_BODY) throw twilioError(21617);
  // Twilio asks for hosts that the internet reaches too; those on loopback are what this fake is for
  const callback = parameter(form, "StatusCallback");
  if (callback !== undefined && !isWebAddress(callback))
    throw twilioError(21609, { message: `The 'StatusCallback' URL ${callback} is not a valid URL.` });
  const wrong = media.find((url) => !isWebAddress(url));
  if (wrong !== undefined) throw twilioError(21620, { message: `Invalid media URL(s): ${wrong}` });
  if (media.length > MOST_MEDIA) throw twilioError(21623);
  checkSettings(form);
  checkSchedule(form, now);
}

/** The files that a message names. */
export function mediaUrls(form: Parameters): readonly string[] {
  return (form.get("MediaUrl") ?? []).filter((url) => url !== "");
}

const FLAGS = ["ProvideFeedback", "ForceDelivery", "SmartEncoded", "ShortenUrls", "SendAsMms"];
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  ContentRetention: ["retain", "discard"],
  AddressRetention: ["retain", "obfuscate"],
  TrafficType: ["free"],
  ScheduleType: ["fixed"],
  RiskCheck: ["enable", "disable"],
};
const SIDS: Readonly<Record<string, string>> = { ApplicationSid: "AP", MessagingServiceSid: "MG" };

function checkSettings(form: Parameters): void {
  for (const name of FLAGS) {
    const value = parameter(form, name);
    if (value !== undefined && !/^(true|false)$/i.test(value)) throw invalidParameter(name, "must be true or false");
  }
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = parameter(form, name);
    if (value !== undefined && !allowed.includes(value)) throw invalidParameter(name, `must be one of ${allowed.join(", ")}`);
  }
  const fallback = parameter(form, "FallbackFrom");
  if (fallback !== undefined && !isSender(fallback)) throw twilioError(21212);
  const attempt = parameter(form, "Attempt");
  if (attempt !== undefined && !/^\d+$/.test(attempt)) throw invalidParameter("Attempt", "must be a whole number");
  const validity = parameter(form, "ValidityPeriod");
  if (validity !== undefined && !(/^\d+$/.test(validity) && Number(validity) >= 1 && Number(validity) <= 36_000)) throw twilioError(21624);
  const price = parameter(form, "MaxPrice");
  if (price !== undefined && !/^\d+(\.\d+)?$/.test(price)) throw twilioError(21627);
  for (const [name, prefix] of Object.entries(SIDS)) {
    const value = parameter(form, name);
    if (value === undefined || new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(value)) continue;
    throw name === "MessagingServiceSid" ? twilioError(21705) : invalidParameter(name, `must be a SID that begins with ${prefix}`);
  }
}

const MINUTE_MS = 60_000;
const NEAREST_MS: number = 15 * MINUTE_MS;
const FARTHEST_MS: number = 35 * 24 * 60 * MINUTE_MS;

function checkSchedule(form: Parameters, now: number): void {
  const sendAt = parameter(form, "SendAt");
  if (sendAt === undefined) {
    if (parameter(form, "ScheduleType") !== undefined) throw twilioError(35111);
    return;
  }
  const ahead = Date.parse(sendAt) - now;
  if (Number.isNaN(ahead)) throw invalidParameter("SendAt", "must be a date and time");
  const zoned = /T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(sendAt);
  if (!zoned || ahead < NEAREST_MS || ahead > FARTHEST_MS) throw twilioError(35114);
  if (parameter(form, "MessagingServiceSid") === undefined) throw twilioError(35118);
}

// E.164, a short code or a name of letters, digits and spaces
function isSender(text: string): boolean {
  return /^(whatsapp:)?\+[1-9]\d{1,14}$|^[A-Za-z0-9 ]{1,11}$/.test(text);
}

// a fully qualified one, of at most 4000 characters, whose host has no underscore
function isWebAddress(text: string): boolean {
  if (text.length > LONGEST_URL || !/^https?:\/\/[^\s/]/i.test(text) || !URL.canParse(text)) return false;
  return !new URL(text).hostname.includes("_");
}
