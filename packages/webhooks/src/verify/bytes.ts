import { WadeskError } from "@wadesk/core";
import { isBytes } from "../body/is-bytes.ts";

/** Rejects a body that was parsed already: its bytes, which the signature covers, are gone. */
export function assertBytes(body: unknown): asserts body is Uint8Array {
  if (isBytes(body)) return;
  throw new WadeskError("raw_body_missing", { detail: `body must be the request's raw bytes, a Uint8Array, not ${nameOf(body)}` });
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return typeof value === "object" ? "a parsed object" : `a ${typeof value}`;
}
