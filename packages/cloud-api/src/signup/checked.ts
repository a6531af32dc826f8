import { isWadeskError } from "@wadesk/core";
import type { SignupContext } from "@wadesk/core/ports";

/** Runs one part of a signup as a check that a person sees, and that names the step where it fails. */
export async function checked<Result>(
  { check }: Pick<SignupContext<unknown>, "check">,
  name: string,
  work: () => Promise<Result>,
  /** What is shown of a result. */
  told: (result: Result) => string | undefined = () => undefined,
): Promise<Result> {
  await check({ name, state: "running" });
  try {
    const result = await work();
    const detail = told(result);
    await check({ name, state: "passed", ...(detail !== undefined && { detail }) });
    return result;
  } catch (error) {
    // why it failed counts more than whether that could be kept
    await check({ name, state: "failed", detail: isWadeskError(error) ? error.message : "an unexpected error" }).catch(() => undefined);
    throw error;
  }
}
