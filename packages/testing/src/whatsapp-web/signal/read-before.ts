const CODE = "signal_message_read_before";

/** The error of a message whose key is used up: a second copy of what was read. No device asks for such a message again. */
export function readBefore(what: string): Error {
  return Object.assign(new Error(`${what} was read before`), { code: CODE });
}

/** Whether a message could not be read because it was read before. */
export function isReadBefore(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === CODE;
}
