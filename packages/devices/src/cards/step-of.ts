import type { LinkStep } from "@wadesk/core";
import { qrPath } from "@wadesk/core/qr";
import type { WireStep } from "../wire/link.ts";

/** What is shown of a step. What links a phone, a QR's picture or a code, stands there where `shown` says so. */
export async function stepOf(step: LinkStep, shown: boolean): Promise<WireStep> {
  switch (step.type) {
    case "qr": {
      const { expiresAt, number, of } = step;
      const which = { ...(number !== undefined && { number }), ...(of !== undefined && { of }) };
      return { type: "qr", expiresAt, ...which, ...(shown && (await qrPath(step.text))) };
    }
    case "code":
      return { type: "code", expiresAt: step.expiresAt, ...(shown && { code: step.code }) };
    case "step":
      return { type: "step", step: step.step, ...(step.percent !== undefined && { percent: step.percent }) };
    case "check":
      return { type: "check", name: step.name, state: step.state, ...(step.detail !== undefined && { detail: step.detail }) };
    case "ready":
      return { type: "ready" };
  }
}

/** The steps of a link: only the newest QR or code, of a link that is under way, before its end and to an owner, is shown. */
export async function stepsOf(
  steps: readonly LinkStep[],
  { running, owner, now }: { readonly running: boolean; readonly owner: boolean; readonly now: number },
): Promise<readonly WireStep[]> {
  const newest = steps.at(-1);
  const counts = (step: LinkStep): boolean => running && owner && step === newest && "expiresAt" in step && step.expiresAt > now;
  return Promise.all(steps.map((step) => stepOf(step, counts(step))));
}
