/** A form of Twilio's before it is written and signed: names and values, in order. */
export type TwilioForm = readonly (readonly [name: string, value: string])[];

/** Whose webhook it is, and who is at the other end; every part has a value that stays the same. */
export interface TwilioParties {
  /** `AC` and 32 hexadecimal digits; the same one each time where absent. */
  readonly accountSid?: string;
  /** Our number, E.164. */
  readonly number?: string;
  /** The person's number, E.164; `false` hides it, so that only the user id tells who it is. */
  readonly phone?: string | false;
  /** Meta's business-scoped user id; `BR.1A2b3C4d5E` where absent. */
  readonly userId?: string;
}

/** One message of a person. */
export interface TwilioInboundOptions extends TwilioParties {
  /** The same one each time where absent, so that two are one message to the inbox. */
  readonly messageSid?: string;
  /** `Ana` where absent. */
  readonly profileName?: string;
  /** Twilio's `MessageType`; `text` where absent. */
  readonly type?: string;
  /** `Hello` where absent. */
  readonly body?: string;
  /** The SID of the message that this one answers. */
  readonly replyTo?: string;
  /** One file, as `MediaUrl0`; `NumMedia` counts it. */
  readonly media?: { readonly url: string; readonly contentType: string };
  /** Further parameters, e.g. `Latitude`; `undefined` takes one away. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
}

/** One status of a sent message. */
export interface TwilioCallbackOptions extends TwilioParties {
  /** What sending answered; the same one each time where absent. */
  readonly messageSid?: string;
  /** Twilio's `MessageStatus`; `delivered` where absent, and any text is taken. */
  readonly status?: string;
  /** Twilio's, e.g. 63016; left out where absent, whatever the status. */
  readonly errorCode?: number;
  /** Further ones by Twilio's names; `undefined` takes one away. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
}

const ACCOUNT = "AC0123456789abcdef0123456789abcdef";
const NUMBER = "+14155238886";
const PHONE = "+5511999990000";
const USER_ID = "BR.1A2b3C4d5E";
const INBOUND = "SM11111111111111111111111111111111";
const SENT = "SM22222222222222222222222222222222";
const EVENTS: Readonly<Record<string, string>> = { delivered: "DELIVERED", read: "READ", undelivered: "UNDELIVERED", failed: "FAILED" };

/** The form of an inbound message, as the fake Twilio sends it. */
export function twilioInbound(options: TwilioInboundOptions = {}): TwilioForm {
  const { messageSid = INBOUND, profileName = "Ana", type = "text", body = "Hello", replyTo, media, parameters = {} } = options;
  const parties = partiesOf(options);
  return changed(
    [
      ...(replyTo === undefined
        ? []
        : [["OriginalRepliedMessageSender", parties.ours] as const, ["OriginalRepliedMessageSid", replyTo] as const]),
      ["SmsMessageSid", messageSid],
      ["NumMedia", media ? "1" : "0"],
      ["ProfileName", profileName],
      ["ExternalUserId", `whatsapp:${options.userId ?? USER_ID}`],
      ["MessageType", type],
      ["SmsSid", messageSid],
      ...(parties.phone === undefined ? [] : [["WaId", parties.phone.slice(1)] as const]),
      ["SmsStatus", "received"],
      ["Body", body],
      ...(media ? [["MediaContentType0", media.contentType] as const, ["MediaUrl0", media.url] as const] : []),
      ["To", parties.ours],
      ["NumSegments", "1"],
      ["ReferralNumMedia", "0"],
      ["MessageSid", messageSid],
      ["AccountSid", parties.accountSid],
      ["From", parties.theirs],
      ["ApiVersion", "2010-04-01"],
    ],
    parameters,
  );
}

/** The form of a status callback. */
export function twilioCallback(options: TwilioCallbackOptions = {}): TwilioForm {
  const { messageSid = SENT, status = "delivered", errorCode, parameters = {} } = options;
  const parties = partiesOf(options);
  const event = EVENTS[status];
  return changed(
    [
      ...(event === undefined ? [] : [["EventType", event] as const]),
      ["SmsSid", messageSid],
      ["SmsStatus", status],
      ["MessageStatus", status],
      ["To", parties.theirs],
      ["ChannelPrefix", "whatsapp"],
      ["MessageSid", messageSid],
      ["AccountSid", parties.accountSid],
      ...(errorCode === undefined ? [] : [["ErrorCode", String(errorCode)] as const]),
      ["From", parties.ours],
      ["ApiVersion", "2010-04-01"],
    ],
    parameters,
  );
}

/** A form as a request's body. */
export function twilioBody(form: TwilioForm): string {
  return new URLSearchParams(form.map(([name, value]) => [name, value])).toString();
}

function partiesOf({ accountSid = ACCOUNT, number = NUMBER, phone = PHONE, userId = USER_ID }: TwilioParties): {
  readonly accountSid: string;
  readonly ours: string;
  readonly theirs: string;
  readonly phone: string | undefined;
} {
  const shown = phone === false ? undefined : phone;
  return { accountSid, ours: `whatsapp:${number}`, theirs: `whatsapp:${shown ?? userId}`, phone: shown };
}

function changed(form: TwilioForm, parameters: Readonly<Record<string, string | undefined>>): TwilioForm {
  const kept = form.filter(([name]) => !Object.hasOwn(parameters, name));
  const added = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return [...kept, ...added];
}
