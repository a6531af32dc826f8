import type { ApiAnswer, Call, Operation } from "../api/call.ts";
import { cutPage, pageWithMeta } from "../api/paging.ts";
import { invalidParameter, notFound, twilioError } from "../api/twilio-error.ts";
import type { SenderState, TwilioWebhook } from "../state.ts";

type Fields = Readonly<Record<string, unknown>>;

/** `GET /v2/Channels/Senders`: those of the account, by channel. */
export const listSenders: Operation = (call) => {
  const { state, request, account } = call;
  const channel = request.url.searchParams.get("Channel");
  if (channel !== "whatsapp" && channel !== "rcs") throw invalidParameter("Channel", "must be whatsapp or rcs");
  const own = channel === "rcs" ? [] : state.senders.filter((sender) => sender.accountSid === account.sid);
  return { body: pageWithMeta("senders", cutPage(own, request.url), (sender) => written(sender, request.url)) };
};

/** `GET /v2/Channels/Senders/{Sid}`. */
export const fetchSender: Operation = (call) => ({ body: written(senderOf(call), call.request.url) });

/**
 * `POST /v2/Channels/Senders/{Sid}`: sets the webhook and the profile. The JSON of it is held to what Twilio's 63100 names.
 * @see https://www.twilio.com/docs/api/errors/63100
 */
export const updateSender: Operation = (call): ApiAnswer => {
  const sender = senderOf(call);
  const { json } = call.request;
  if (!isFields(json) || Object.keys(json).length === 0) throw invalid("the request body must be a JSON object with a field");
  const webhook = section(json, "webhook");
  const profile = section(json, "profile");
  const configuration = section(json, "configuration");
  choice(configuration, "verification_method", ["sms", "voice"]);
  choice(configuration, "account_type", ["ISV", "ISVSubAccount"]);
  for (const name of ["callback_method", "fallback_method"]) choice(webhook, name, ["POST", "PUT"]);
  for (const name of ["callback_url", "fallback_url", "status_callback_url"]) webAddress(webhook, name);
  for (const name of ["logo_url", "banner_url", "privacy_url", "terms_of_service_url"]) webAddress(profile, name);
  for (const [name, fields] of Object.entries({ webhook, profile, configuration })) textsOnly(fields, name);
  if (webhook) sender.webhook = readWebhook(webhook);
  if (profile) sender.profile = { ...sender.profile, ...profile };
  return {
    status: 202,
    body: { ...written(sender, call.request.url), status: sender.status === "ONLINE" ? "ONLINE:UPDATING" : sender.status },
  };
};

function senderOf({ state, account, places, request }: Call): SenderState {
  const sender = state.senders.find((each) => each.sid === places.Sid && each.accountSid === account.sid);
  if (!sender) throw notFound(request.url.pathname);
  return sender;
}

function written(sender: SenderState, url: URL): object {
  const { webhook } = sender;
  return {
    sid: sender.sid,
    status: sender.status,
    sender_id: `whatsapp:${sender.number}`,
    configuration: {
      waba_id: sender.wabaId,
      verification_method: null,
      verification_code: null,
      voice_application_sid: null,
      account_type: null,
    },
    webhook: {
      callback_url: webhook.callbackUrl ?? null,
      callback_method: webhook.callbackMethod ?? "POST",
      fallback_url: webhook.fallbackUrl ?? null,
      fallback_method: webhook.fallbackMethod ?? "POST",
      status_callback_url: webhook.statusCallbackUrl ?? null,
      status_callback_method: webhook.statusCallbackMethod ?? "POST",
    },
    profile: sender.profile,
    properties: { quality_rating: "HIGH", messaging_limit: "10K Customers/24hr" },
    offline_reasons: sender.status === "OFFLINE" ? [offlineReason] : null,
    compliance: null,
    url: new URL(`/v2/Channels/Senders/${sender.sid}`, url).href,
  };
}

const offlineReason = {
  code: "63112",
  message: "The Meta and/or WhatsApp Business Accounts connected with this Sender were disabled by Meta",
  more_info: "https://www.twilio.com/docs/errors/63112",
};

function readWebhook(webhook: Fields): TwilioWebhook {
  const text = (name: string): string | undefined =>
    typeof webhook[name] === "string" && webhook[name] !== "" ? webhook[name] : undefined;
  const named = {
    callbackUrl: text("callback_url"),
    callbackMethod: text("callback_method"),
    fallbackUrl: text("fallback_url"),
    fallbackMethod: text("fallback_method"),
    statusCallbackUrl: text("status_callback_url"),
    statusCallbackMethod: text("status_callback_method"),
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

function section(json: Fields, name: string): Fields | undefined {
  const value = json[name];
  if (value === undefined || value === null) return undefined;
  if (!isFields(value)) throw invalid(`${name} must be an object`);
  return value;
}

function choice(fields: Fields | undefined, name: string, allowed: readonly string[]): void {
  const value = fields?.[name];
  if (value === undefined || value === null || allowed.includes(String(value))) return;
  throw invalid(`${name} must be one of ${allowed.join(", ")}`);
}

// what a profile lists is no text: pages, addresses and numbers
const LISTS = ["websites", "emails", "phone_numbers"];

function textsOnly(fields: Fields | undefined, at: string): void {
  const wrong = Object.entries(fields ?? {}).find(([name, value]) => !LISTS.includes(name) && value !== null && typeof value !== "string");
  if (wrong) throw invalid(`${at}.${wrong[0]} must be a string`);
}

function webAddress(fields: Fields | undefined, name: string): void {
  const value = fields?.[name];
  if (value === undefined || value === null || value === "") return;
  if (typeof value !== "string" || !/^https?:\/\/[^\s/]/.test(value) || !URL.canParse(value)) throw invalid(`${name} must be a URL`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(reason: string): Error {
  return twilioError(63100, { message: `Validation Error: ${reason}` });
}
