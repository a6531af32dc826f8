/** Blocks of IPv4 that are no address of anybody on the internet. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const SPECIAL_4: readonly (readonly [first: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Whether an address, IPv4 or IPv6 as text, is one on the internet. What cannot be read is none. */
export function isPublicAddress(address: string): boolean {
  if (address.includes(":")) return isPublic6(address);
  const number = read4(address);
  return number !== undefined && !SPECIAL_4.some(([first, bits]) => isWithin(number, read4(first) ?? 0, 32 - bits));
}

function isWithin(number: number, first: number, freeBits: number): boolean {
  return Math.floor(number / 2 ** freeBits) === Math.floor(first / 2 ** freeBits);
}

function read4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}

/**
 * Addresses on the internet all lie in 2000::/3; of those, tunnels to IPv4 (Teredo, 6to4), the other special ones of 2001::/23 and what is for
 * examples are none. What carries an IPv4 address in another block, as `::ffff:10.0.0.1` does, lies outside.
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
function isPublic6(text: string): boolean {
  const groups = read6(text);
  const [first = 0, second = 0] = groups ?? [];
  if (groups === undefined || first < 0x2000 || first > 0x3fff) return false;
  if (first === 0x2001 && (second < 0x0200 || second === 0x0db8)) return false;
  return first !== 0x2002 && !(first === 0x3fff && second < 0x1000);
}

function read6(text: string): readonly number[] | undefined {
  // the URL parser knows every way to write one, and writes it in groups of hexadecimal digits; a zone it refuses
  if (!URL.canParse(`http://[${text}]/`)) return undefined;
  const [left = "", right] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split("::");
  const groupsOf = (part: string): number[] => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const before = groupsOf(left);
  if (right === undefined) return before;
  const after = groupsOf(right);
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}
