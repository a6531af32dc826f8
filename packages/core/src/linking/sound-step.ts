import type { LinkStep } from "../ports/context.ts";

/** A step whose figures can be shown: a percentage is a whole number from 0 to 100, and a QR is one of those that there are; what is neither is left out. */
export function soundStep(step: LinkStep): LinkStep {
  if (step.type === "step") {
    const { percent, ...rest } = step;
    return percent === undefined || !Number.isFinite(percent)
      ? rest
      : { ...rest, percent: Math.min(100, Math.max(0, Math.round(percent))) };
  }
  if (step.type !== "qr") return step;
  const { number, of, ...rest } = step;
  const counted = Number.isInteger(number) && number !== undefined && number >= 1;
  if (!counted) return rest;
  return { ...rest, number, ...(of !== undefined && Number.isInteger(of) && of >= number && { of }) };
}
