/** Whether a value is a `Uint8Array`, one of another realm among them: jsdom has a global of its own, and a request's bytes are Node's. */
export function isBytes(value: unknown): value is Uint8Array {
  // nearly every one is of this realm, which costs less to ask
  return value instanceof Uint8Array || (Object.prototype.toString.call(value) === "[object Uint8Array]" && ArrayBuffer.isView(value));
}
