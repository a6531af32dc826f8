import { createHash } from "node:crypto";

/** Makes hexadecimal digits out of `randomId` and a counter, so that a constant `randomId` still gives different ones; at most 128 at once. */
export function hexadecimals(randomId: () => string): (length: number) => string {
  let count = 0;
  return (length) => {
    count += 1;
    return createHash("sha512").update(`${randomId()}|${count}`).digest("hex").slice(0, length);
  };
}
