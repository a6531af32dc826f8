import { isWadeskError, type WadeskError } from "@wadesk/core";

/** The error that a promise rejects with; rejects itself where that is none of ours, or there is none. */
export async function failureOf(result: Promise<unknown>): Promise<WadeskError> {
  const error = await result.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isWadeskError(error)) throw error ?? new Error("it did not fail");
  return error;
}
