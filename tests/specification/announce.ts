import { missingSpecification } from "./file/document.ts";

/** Says once, before any test runs, when requests cannot be held to Meta's specification. */
export function setup(): void {
  const missing = missingSpecification();
  if (missing !== undefined) console.warn(`Requests are not held to Meta's specification, and its own tests are skipped: ${missing}\n`);
}
