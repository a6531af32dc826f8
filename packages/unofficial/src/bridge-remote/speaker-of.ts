/** Whom the secrets of a bridge speak for: what one signs is heard by the numbers that were linked through it, and by no others. */
export function speakerOf(bridge: string): string {
  return `unofficial:bridge:${bridge}`;
}
