/** Whether a value is a `Uint8Array`, one of another realm among them: jsdom has a global of its own, and a request's bytes are Node's. */
export function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === "[object Uint8Array]" && ArrayBuffer.isView(value);
}
