/** A form's fields by name. Twilio sends each once; of a name that comes twice the last counts. */
export type Form = Readonly<Record<string, string>>;

/** A field's value if it says something: absent and empty are the same, since Twilio sends many fields empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The fields of parsed parameters. */
export function formOf(parameters: URLSearchParams): Form {
  const form: Record<string, string> = {};
  for (const [name, value] of parameters) form[name] = value;
  return form;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** How every address begins; it is told apart because two of them stand in each webhook. */
const ADDRESS = "whatsapp%3A%2B";
const PERCENT = 37;
const PLUS = 43;
const SPACE = 32;

/**
 * Reads the bytes of a URL-encoded form, as `URLSearchParams` does; never throws. It runs for every webhook beside the check of its
 * signature, so it looks for escapes only where there are any.
 */
export function readForm(body: Uint8Array): Form {
  const text = decoder.decode(body);
  // only in pure ASCII do characters stand where their bytes do; Twilio escapes all else
  // a leading question mark is a character here, and would be dropped there
  if (text.length !== body.length) return formOf(new URLSearchParams(text.startsWith("?") ? `&${text}` : text));
  const form: Record<string, string> = {};
  let plus = indexOf(text, "+", 0);
  let percent = indexOf(text, "%", 0);
  for (let start = 0; start < text.length; ) {
    const end = indexOf(text, "&", start);
    const middle = Math.min(indexOf(text, "=", start), end);
    const escaped = Math.min(plus, percent);
    const name = escaped < middle ? unescaped(body, start, middle) : nameAt(text, start, middle);
    let value: string;
    if (escaped >= end) value = text.slice(middle + 1, end);
    else {
      const inside = middle + 1 + ADDRESS.length;
      const isAddress = plus >= end && percent < inside && text.startsWith(ADDRESS, middle + 1) && indexOf(text, "%", inside) >= end;
      value = isAddress ? `whatsapp:+${text.slice(inside, end)}` : unescaped(body, middle + 1, end);
      if (plus < end) plus = indexOf(text, "+", end);
      if (percent < end) percent = indexOf(text, "%", end);
    }
    if (end > start) form[name] = value;
    start = end + 1;
  }
  return form;
}

function indexOf(text: string, character: string, start: number): number {
  const index = text.indexOf(character, start);
  return index === -1 ? text.length : index;
}

const scratch = new Uint8Array(2048);

function unescaped(body: Uint8Array, start: number, end: number): string {
  const bytes = end - start > scratch.length ? new Uint8Array(end - start) : scratch;
  let length = 0;
  for (let index = start; index < end; index += 1) {
    let byte = body[index] as number;
    if (byte === PLUS) byte = SPACE;
    else if (byte === PERCENT && index + 2 < end) {
      const code = hexDigit(body[index + 1] as number) * 16 + hexDigit(body[index + 2] as number);
      if (code >= 0) {
        byte = code;
        index += 2;
      }
    }
    bytes[length++] = byte;
  }
  return decoder.decode(bytes.subarray(0, length));
}

// so far below 0 that no other digit brings the sum back
const NO_DIGIT = -1000;

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : NO_DIGIT;
}

/** The names that nearly every webhook has. Taking the known text spares the engine a look through all texts that it has. */
const FREQUENT: readonly string[] = [
  ...["AccountSid", "ApiVersion", "Body", "From", "To", "MessageSid", "SmsSid", "SmsMessageSid", "SmsStatus", "MessageStatus"],
  ...["MessageType", "NumMedia", "NumSegments", "ReferralNumMedia", "ProfileName", "WaId", "ExternalUserId", "ChannelMetadata"],
  ...["ChannelPrefix", "ChannelToAddress", "ChannelInstallSid", "StructuredMessage", "EventType", "MediaUrl0", "MediaContentType0"],
];
const byMark: ReadonlyMap<number, string> = new Map(FREQUENT.map((name) => [markOf(name, 0, name.length), name]));

function nameAt(text: string, start: number, end: number): string {
  const name = byMark.get(markOf(text, start, end));
  return name !== undefined && text.startsWith(name, start) ? name : text.slice(start, end);
}

// length, first and last character
function markOf(text: string, start: number, end: number): number {
  return ((end - start) * 256 + text.charCodeAt(start)) * 256 + text.charCodeAt(end - 1);
}
