import { hexadecimals } from "../../stage/hexadecimals.ts";

/** Makes ids of the shapes Meta uses. */
export interface Identifiers {
  /** A node id: decimal digits, the first not 0. */
  numeric(digits: number): string;
  /** A message id: `wamid.` and base64 of the person's number, the direction and a hexadecimal tail. */
  wamid(who: string, direction: "inbound" | "outbound"): string;
  /** What Meta puts into `fbtrace_id` and `x-fb-trace-id`. */
  trace(): string;
  /** An access token, `EAA…`. */
  accessToken(): string;
  /** Hexadecimal digits. */
  hexadecimal(length: number): string;
}

/** Derives every id from `randomId` and a counter, so that a constant `randomId` still gives different ids. */
export function identifiers(randomId: () => string): Identifiers {
  const hexadecimal = hexadecimals(randomId);
  const readable = (length: number): string =>
    Buffer.from(hexadecimal(128), "hex").toString("base64").replaceAll(/[+/=]/g, "").slice(0, length);
  return {
    hexadecimal,
    numeric: (digits) => {
      const smallest = 10n ** BigInt(digits - 1);
      return (smallest + (BigInt(`0x${hexadecimal(32)}`) % (smallest * 9n))).toString();
    },
    wamid: (who, direction) => {
      const [mark, tail] = direction === "outbound" ? [0x11, hexadecimal(18)] : [0x12, hexadecimal(20)];
      const bytes = [0x1c, 0x18, who.length, ...Buffer.from(who), 0x15, 0x02, 0x00, mark, 0x18, tail.length];
      return `wamid.${Buffer.from([...bytes, ...Buffer.from(tail.toUpperCase()), 0x00]).toString("base64")}`;
    },
    trace: () => `A${readable(22)}`,
    accessToken: () => `EAA${readable(80)}${readable(80)}ZDZD`,
  };
}
