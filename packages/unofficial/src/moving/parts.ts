/** A part of what is stored: where it stands, whether it can be that, and what is so where it cannot. */
export type Part = readonly [place: string, isSound: (value: unknown) => boolean, message: string];

/** Whether a value is bytes, of so many where that is said. */
export function isBytes(value: unknown, length?: number): value is Uint8Array {
  return value instanceof Uint8Array && (length === undefined ? value.length > 0 : value.length === length);
}

/** Whether a value is bytes, or base64 of them, as what Protobuf has read is written in JSON. */
export function isCoded(value: unknown, length?: number): boolean {
  return isBytes(typeof value === "string" ? Buffer.from(value, "base64") : value, length);
}

/** Whether a value is a pair of Curve25519's keys; the public one may have its type before it. */
export function isPair(value: unknown): boolean {
  if (!isObject(value)) return false;
  return isBytes(value.private, 32) && (isBytes(value.public, 32) || isBytes(value.public, 33));
}

/** Whether a value has named parts. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
