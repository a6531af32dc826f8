const KILOBYTE = 1024;
const STILL = 100 * KILOBYTE;
const MOVING = 500 * KILOBYTE;

// the flags of a WebP's extended form, and the one that says that it moves
const FLAGS_AT = 20;
const MOVES = 0x02;

/** How large a sticker may be, in bytes: one that moves more than one that stands still. `bytes` are a WebP's. */
export function largestSticker(bytes: Uint8Array): number {
  const form = String.fromCharCode(...bytes.subarray(0, 4), ...bytes.subarray(8, 16));
  return form === "RIFFWEBPVP8X" && ((bytes[FLAGS_AT] ?? 0) & MOVES) !== 0 ? MOVING : STILL;
}
