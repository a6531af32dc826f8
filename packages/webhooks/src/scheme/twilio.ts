import type { RawRequest, WebhookScheme } from "@wadesk/core";
import { fieldValues, readForm } from "../verify/form.ts";
import { verifyTwilioSignature } from "../verify/twilio.ts";

const SIGNATURE = "x-twilio-signature";

/** How Twilio signs: each account with its own Auth Token, named by the form's `AccountSid`. */
export const twilioScheme: WebhookScheme = {
  detect: (raw: RawRequest): boolean => raw.headers.has(SIGNATURE),
  account: (raw: RawRequest): string | undefined => {
    const form = readForm(raw.body);
    const [account, ...others] = form ? fieldValues(form, "AccountSid") : [];
    // a form that names two accounts could be verified as one and read as the other
    return others.length === 0 && account !== undefined && /^AC[0-9a-f]{32}$/i.test(account) ? account : undefined;
  },
  verify: (raw: RawRequest, secret: string): Promise<boolean> =>
    verifyTwilioSignature({ url: raw.url, body: raw.body, signature: raw.headers.get(SIGNATURE), authToken: secret }),
};
