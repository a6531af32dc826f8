const SLAB_BYTES = 16 * 1024;
const MOST_SHARED = 2 * 1024;

let slab = new Uint8Array();
let taken = 0;

/**
 * Room for this many bytes, which nobody else writes to. Making an array costs more than reading a short form does, so short ones are cut from a common slab, as
 * Node cuts its buffers; it is let go with the last of them.
 */
export function roomFor(bytes: number): Uint8Array {
  if (bytes > MOST_SHARED) return new Uint8Array(bytes);
  if (taken + bytes > slab.length) {
    slab = new Uint8Array(SLAB_BYTES);
    taken = 0;
  }
  const room = slab.subarray(taken, taken + bytes);
  taken += bytes;
  return room;
}
