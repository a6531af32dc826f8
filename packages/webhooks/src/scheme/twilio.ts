import type { RawRequest, ReadRequest, RequestHead, WebhookScheme } from "@wadesk/core/ports";
import { type Form, fieldValues, readForm } from "../verify/form.ts";
import { twilioVerifier } from "../verify/twilio.ts";

const SIGNATURE = "x-twilio-signature";

/** How Twilio signs: each account with its own Auth Token, named by the form's `AccountSid`. */
export const twilioScheme: WebhookScheme = {
  perAccount: true,
  detect: ({ headers }: RequestHead): boolean => headers.has(SIGNATURE),
  account: ({ body }: RawRequest): string | undefined => accountIn(readForm(body)),
  verify: (raw: RawRequest, secret: string): Promise<boolean> => read(raw).verify(secret),
  read,
};

function read({ url, addresses = [], headers, body }: RawRequest): ReadRequest {
  const form = readForm(body);
  const verifier = twilioVerifier({ addresses: [url.href, ...addresses], body, signature: headers.get(SIGNATURE), form });
  return { account: accountIn(form), verify: verifier };
}

function accountIn(form: Form | undefined): string | undefined {
  const [account, ...others] = form ? fieldValues(form, "AccountSid") : [];
  // a form that names two accounts could be verified as one and read as the other
  return others.length === 0 && account !== undefined && /^AC[0-9a-f]{32}$/i.test(account) ? account : undefined;
}
