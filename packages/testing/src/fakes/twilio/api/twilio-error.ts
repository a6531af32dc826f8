/** An error of Twilio's on its way to the caller. */
export interface TwilioRefusal {
  readonly code: number;
  readonly message: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

// Twilio's wording, after https://www.twilio.com/docs/api/errors; status 400 where none stands
const ERRORS: Readonly<Record<number, readonly [message: string, status?: number]>> = {
  20001: ["Invalid parameter"],
  20003: ["Authenticate", 401],
  20004: ["Method not allowed", 405],
  20404: ["The requested resource was not found", 404],
  20429: ["Too Many Requests", 429],
  20500: ["Internal Server Error", 500],
  21211: ["Invalid 'To' Phone Number"],
  21212: ["Invalid From Number (caller ID)"],
  21603: ["A 'From' phone number is required."],
  21604: ["A 'To' phone number is required."],
  21606: ["The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination."],
  21609: ["The 'StatusCallback' URL is not a valid URL."],
  21617: ["The concatenated message body exceeds the 1600 character limit."],
  21619: ["A text message body or media urls must be specified."],
  21620: ["Invalid media URL(s)"],
  21623: ["Number of media files exceeds allowed limit"],
  21624: ["The validity period value is invalid"],
  21627: ["The max price value is invalid"],
  21654: ["ContentSid Required"],
  21655: ["The ContentSid is Invalid"],
  21656: ["The Content Variables parameter is invalid."],
  21658: ["Parameter exceeded character limit"],
  21701: ["The Messaging Service resource does not exist"],
  21705: ["The Messaging Service Sid is invalid"],
  21910: ["Invalid From and To pair. From and To should be of the same channel"],
  35111: ["SendAt is required to schedule a message"],
  35114: ["SendAt must be in ISO 8601 with its zone, between 15 minutes and 35 days ahead"],
  35118: ["MessagingServiceSid is required to schedule a message"],
  63003: ["Channel could not find To address"],
  63005: ["Channel did not accept given content. Please see Channel specific error message for more information."],
  63007: ["Twilio could not find a Channel with the specified From address"],
  63015: ["Channel Sandbox can only send messages to phone numbers that have joined the Sandbox"],
  63016: [
    "Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.",
  ],
  63018: ["Rate limit exceeded for Channel"],
  63019: ["Media failed to download"],
  63021: ["Channel invalid content error"],
  63024: ["Invalid message recipient"],
  63031: ["Channels message cannot have same From and To"],
  63032: ["User's number is part of an experiment or the user has limited what a business may send"],
  63034: ["Media exceeds WhatsApp file size limit"],
  63038: ["Account exceeded the daily messages limit"],
  63040: ["Template rejected"],
  63041: ["Template paused"],
  63042: ["Template disabled"],
  63100: ["Validation Error"],
  63112: ["The Meta and/or WhatsApp Business Accounts connected with this Sender were disabled by Meta"],
};

const MARK = "twilioRefusal";

/** Makes an error to throw; the routes turn it into Twilio's envelope. Without a message the code's own wording is used. */
export function twilioError(code: number, options: Partial<Omit<TwilioRefusal, "code">> = {}): Error & { readonly [MARK]: TwilioRefusal } {
  const [wording, status = 400] = ERRORS[code] ?? ["Unknown error"];
  const refusal: TwilioRefusal = { status, message: wording, ...options, code };
  return Object.assign(new Error(refusal.message), { [MARK]: refusal } as const);
}

/** The refusal inside an error that `twilioError` made. */
export function refusalOf(error: unknown): TwilioRefusal | undefined {
  return error instanceof Error && MARK in error ? (error[MARK] as TwilioRefusal) : undefined;
}

/** The wording of a code, as a failed message carries it in `error_message`. */
export function wordingOf(code: number): string {
  return ERRORS[code]?.[0] ?? "Unknown error";
}

/** Twilio's envelope. */
export function errorEnvelope({ code, message, status }: TwilioRefusal): object {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

/** The answer to what does not exist, or is another account's. */
export function notFound(pathname: string): Error {
  return twilioError(20404, { message: `The requested resource ${pathname} was not found` });
}

/** The answer to a parameter whose value cannot be. Twilio documents no code of its own for most of them. */
export function invalidParameter(name: string, demand: string): Error {
  return twilioError(20001, { message: `Invalid parameter: ${name} ${demand}` });
}
