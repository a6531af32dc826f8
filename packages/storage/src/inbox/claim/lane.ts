/**
 * The number of a workspace or a connection by which claims go round: from 0 to 2^52 - 1, spread evenly whatever the texts are like, so that a process
 * may begin anywhere. Two that share a number share their turns, and nothing else. Stored with each queue, so it never changes.
 */
export function laneOf(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x2d9f6a35;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit ^ (high >>> 15), 0x85ebca6b);
  }
  return (mixed(high ^ (low >>> 7)) >>> 12) * 2 ** 32 + (mixed(low) >>> 0);
}

// so that texts which differ at their end are far apart
function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  const twice = Math.imul(once ^ (once >>> 15), 0x735a2d97);
  return twice ^ (twice >>> 15);
}
