/** More fields than any webhook has; a body with more is not read, so that sorting it costs an attacker's reader nothing. */
const MOST_FIELDS = 1000;
// above this length the built-in sort is faster than insertion, and safe against bodies made to be slow
const FEW_FIELDS = 32;

/** How many bytes may be compared while a form is sorted. Genuine ones take some thousand, since their names differ soon. */
interface Effort {
  left: number;
}
/** What a thousand fields take whose names begin alike, and more. */
const LEAST_EFFORT = 1_000_000;

const AMPERSAND = 38;
const PERCENT = 37;
const PLUS = 43;
const EQUALS = 61;
const SPACE = 32;

/** A URL-encoded form, decoded: field `index` has its name at `starts[index]`, its value from `middles[index]` to `ends[index]`. */
export interface Form {
  readonly bytes: Uint8Array;
  readonly starts: readonly number[];
  readonly middles: readonly number[];
  readonly ends: readonly number[];
}

/** Reads a form's bytes; `undefined` when it has more than 1000 fields. Never throws: a broken escape stands for itself. */
export function readForm(body: Uint8Array): Form | undefined {
  const bytes = new Uint8Array(body.length);
  const starts: number[] = [];
  const middles: number[] = [];
  const ends: number[] = [];
  let length = 0;
  let start = 0;
  let middle = -1;
  for (let index = 0; index <= body.length; index += 1) {
    const byte = index < body.length ? (body[index] as number) : AMPERSAND;
    if (byte === AMPERSAND) {
      // `&&` and a trailing `&` are no fields, as in every form parser
      if (length > start || middle !== -1) {
        if (starts.length === MOST_FIELDS) return undefined;
        starts.push(start);
        middles.push(middle === -1 ? length : middle);
        ends.push(length);
      }
      start = length;
      middle = -1;
    } else if (byte === EQUALS && middle === -1) {
      middle = length;
    } else if (byte === PERCENT) {
      const escaped = escapedByte(body, index);
      bytes[length++] = escaped === -1 ? byte : escaped;
      if (escaped !== -1) index += 2;
    } else {
      bytes[length++] = byte === PLUS ? SPACE : byte;
    }
  }
  return { bytes, starts, middles, ends };
}

/**
 * Each field's name and value, sorted by name and then value, equal fields once: the part of Twilio's signed text that follows the URL. `undefined`
 * for a form whose fields are so long and so alike that sorting them would serve an attacker only.
 */
export function sortedFields(form: Form): Uint8Array | undefined {
  const { bytes, starts, ends } = form;
  const effort: Effort = { left: LEAST_EFFORT + bytes.length };
  const order = inOrder(form, effort);
  const sorted = new Uint8Array(bytes.length);
  let length = 0;
  let previous = -1;
  for (const field of order) {
    if (previous !== -1 && compareFields(form, previous, field, effort) === 0) continue;
    const value = bytes.subarray(starts[field], ends[field]);
    sorted.set(value, length);
    length += value.length;
    previous = field;
  }
  return effort.left < 0 ? undefined : sorted.subarray(0, length);
}

/** The values of every field of this name, as text. */
export function fieldValues(form: Form, name: string): readonly string[] {
  // a byte order mark is part of a name or a value like any other: whoever reads the form after us must see the same fields
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const values: string[] = [];
  for (let field = 0; field < form.starts.length; field += 1) {
    const [start, middle] = [form.starts[field] as number, form.middles[field] as number];
    // no text has fewer bytes than characters, nor more than three for each
    if (middle - start < name.length || middle - start > 3 * name.length) continue;
    if (decoder.decode(form.bytes.subarray(start, middle)) !== name) continue;
    values.push(decoder.decode(form.bytes.subarray(form.middles[field], form.ends[field])));
  }
  return values;
}

function inOrder(form: Form, effort: Effort): readonly number[] {
  const order: number[] = [];
  const count = form.starts.length;
  for (let field = 0; field < count; field += 1) {
    let place = field;
    order.push(field);
    if (count > FEW_FIELDS) continue;
    for (; place > 0 && compareFields(form, order[place - 1] as number, field, effort) > 0; place -= 1)
      order[place] = order[place - 1] as number;
    order[place] = field;
  }
  return count > FEW_FIELDS ? order.sort((left, right) => compareFields(form, left, right, effort)) : order;
}

function compareFields({ bytes, starts, middles, ends }: Form, left: number, right: number, effort: Effort): number {
  return (
    compareBytes(bytes, starts[left] as number, middles[left] as number, starts[right] as number, middles[right] as number, effort) ||
    compareBytes(bytes, middles[left] as number, ends[left] as number, middles[right] as number, ends[right] as number, effort)
  );
}

function compareBytes(bytes: Uint8Array, left: number, leftEnd: number, right: number, rightEnd: number, effort: Effort): number {
  // the order of a form that is given up does not matter
  if (effort.left < 0) return 0;
  let leftIndex = left;
  let rightIndex = right;
  for (; leftIndex < leftEnd && rightIndex < rightEnd; leftIndex += 1, rightIndex += 1) {
    const leftByte = bytes[leftIndex] as number;
    const rightByte = bytes[rightIndex] as number;
    if (leftByte !== rightByte) {
      effort.left -= leftIndex - left;
      return rankOf(leftByte) - rankOf(rightByte);
    }
  }
  effort.left -= leftIndex - left;
  return leftEnd - left - (rightEnd - right);
}

// Twilio's validators sort as their languages compare strings, by UTF-16, where emoji (F0 and up) come before the characters that EE and EF begin
function rankOf(byte: number): number {
  return byte === 0xee || byte === 0xef ? byte + 0x10 : byte;
}

function escapedByte(body: Uint8Array, index: number): number {
  const high = hexDigit(body[index + 1]);
  const low = hexDigit(body[index + 2]);
  return high === -1 || low === -1 ? -1 : high * 16 + low;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
