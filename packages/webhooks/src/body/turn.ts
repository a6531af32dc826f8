/** How many small pieces of work are done before the event loop has its turn. */
export const PIECES_A_TURN = 256;

/** How many bytes are hashed before the event loop has its turn: a few milliseconds' worth. */
export const BYTES_A_TURN: number = 1024 * 1024;

/** Lets everything else that waits go first: timers, other requests, their answers. */
export function turn(): Promise<void> {
  // not every runtime has the first, which comes sooner
  return new Promise((resolve) => void (typeof setImmediate === "function" ? setImmediate(resolve) : setTimeout(resolve, 0)));
}
