import { ERROR_TABLE, type ErrorCode, type FailureData, isWadeskError, WadeskError } from "@wadesk/core";

/** What went wrong on one side, as the other is told. What nobody foresaw is told by its name alone: its words may hold a secret. */
export function failureOf(error: unknown): { readonly status: number; readonly failure: FailureData } {
  const known = isWadeskError(error)
    ? error
    : new WadeskError("provider_unavailable", { detail: "the bridge met with something unforeseen; its log says more" });
  return { status: known.httpStatus, failure: known.toJSON() };
}

/** The error that a failure was on the other side; nothing for what is none. A code that this version does not know is `provider_refused`, with what was said. */
export function errorOf(value: unknown): WadeskError | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { code, message, vendor, retryAfterMs, issues } = value as Partial<FailureData>;
  if (typeof code !== "string" || typeof message !== "string") return undefined;
  const known = Object.hasOwn(ERROR_TABLE, code);
  const detail = known ? detailIn(message, ERROR_TABLE[code].text) : `${code}: ${message}`;
  return new WadeskError(known ? code : ("provider_refused" satisfies ErrorCode), {
    ...(detail !== undefined && { detail }),
    ...(typeof vendor === "object" && vendor !== null && { vendor }),
    ...(typeof retryAfterMs === "number" && { retryAfterMs }),
    ...(Array.isArray(issues) && { issues }),
  });
}

// the table's own text is put in front again
function detailIn(message: string, text: string): string | undefined {
  if (message === text) return undefined;
  return message.startsWith(`${text} (`) && message.endsWith(")") ? message.slice(text.length + 2, -1) : message;
}
