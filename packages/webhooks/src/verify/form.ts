import { roomFor } from "./room.ts";

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
  const bytes = roomFor(body.length);
  const starts: number[] = [];
  const middles: number[] = [];
  const ends: number[] = [];
  let length = 0;
  let start = 0;
  let middle = -1;
  const size = body.length;
  for (let index = 0; index <= size; index += 1) {
    // one turn more than there are bytes: the end closes the last field, as an ampersand would
    const byte = index < size ? (body[index] as number) : AMPERSAND;
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
    } else if (byte > EQUALS) {
      // most bytes of a form: letters
      bytes[length++] = byte;
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
  const heads: number[] = [];
  for (let field = 0; field < starts.length; field += 1) heads.push(headOf(form, field));
  const sorted = roomFor(bytes.length);
  let length = 0;
  let previous = -1;
  for (const field of inOrder(form, heads, effort)) {
    if (previous !== -1 && compareFields(form, heads, previous, field, effort) === 0) continue;
    length = append(bytes, starts[field] as number, ends[field] as number, sorted, length);
    previous = field;
  }
  return effort.left < 0 ? undefined : sorted.subarray(0, length);
}

/** A view of a shorter value costs more than its bytes do one by one. */
const FEW_BYTES = 64;

function append(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): number {
  if (end - start > FEW_BYTES) to.set(from.subarray(start, end), at);
  else for (let index = start; index < end; index += 1) to[at + index - start] = from[index] as number;
  return at + end - start;
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

function inOrder(form: Form, heads: readonly number[], effort: Effort): readonly number[] {
  const order: number[] = [];
  const count = heads.length;
  for (let field = 0; field < count; field += 1) {
    let place = field;
    order.push(field);
    if (count > FEW_FIELDS) continue;
    for (; place > 0 && compareFields(form, heads, order[place - 1] as number, field, effort) > 0; place -= 1)
      order[place] = order[place - 1] as number;
    order[place] = field;
  }
  return count > FEW_FIELDS ? order.sort((left, right) => compareFields(form, heads, left, right, effort)) : order;
}

/** As many bytes as fit into a number without loss. */
const HEAD_BYTES = 6;

/** A number that sorts as the first bytes of a field's name do; equal ones say nothing yet. Most names differ here, at a fraction of the price. */
function headOf({ bytes, starts, middles }: Form, field: number): number {
  const start = starts[field] as number;
  const middle = middles[field] as number;
  let head = 0;
  for (let index = start; index < start + HEAD_BYTES; index += 1) head = head * 256 + (index < middle ? rankOf(bytes[index] as number) : 0);
  return head;
}

function compareFields(form: Form, heads: readonly number[], left: number, right: number, effort: Effort): number {
  const byHead = (heads[left] as number) - (heads[right] as number);
  return byHead === 0 ? compareWhole(form, left, right, effort) : byHead;
}

function compareWhole({ bytes, starts, middles, ends }: Form, left: number, right: number, effort: Effort): number {
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
