import { WadeskError } from "@wadesk/core";
import { type InboundEvent, once, type RawRequest, type WebhookSource } from "@wadesk/core/ports";
import type { TwilioSettings } from "../options.ts";
import { accountOf } from "../wire/address.ts";
import { readForm } from "../wire/form.ts";
import { travelling } from "../wire/status-callback.ts";

// with the first webhook
const reader = /* @__PURE__ */ once(() => import("./normalize.ts"));

/** What a person is answered when Twilio is told nothing: nothing. Any other text would be sent to them. */
const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Twilio's side of the webhook endpoint: messages and status callbacks alike. */
export const twilioWebhook: WebhookSource<TwilioSettings> = {
  paths: ["/whatsapp/inbound"],
  scheme: "twilio",
  async secretsFor(accountSid, context) {
    // without an account nobody's token can be meant
    if (accountSid === undefined) return [];
    const speaker = accountOf(accountSid);
    const [settings, own] = await Promise.all([context.settings(), context.connectionSecrets(speaker)]);
    // of the present account only: on one that the admin has left nobody inherits any more, and who typed a token in has that one
    const admins = settings.accountSid === accountSid ? settings.authToken : [];
    const known = new Set(admins.filter((secret) => secret.trim() !== ""));
    return [...[...known].map((secret) => ({ secret, speaker })), ...own.filter(({ secret }) => !known.has(secret))];
  },
  signingSecrets: tokenOf,
  // a number's route and account name it, and its token was proven for that one
  speakerOf: async ({ account }) => account,
  addresses: async (context) => {
    const { webhookUrl } = await context.settings();
    return webhookUrl === undefined ? [] : [webhookUrl, travelling(webhookUrl)];
  },
  normalize: normalizeRequest,
  acknowledge: () => new Response(EMPTY_TWIML, { status: 200, headers: { "content-type": "text/xml; charset=utf-8" } }),
};

function tokenOf(secret: unknown): readonly string[] {
  if (typeof secret !== "object" || secret === null || !("authToken" in secret)) return [];
  return typeof secret.authToken === "string" ? [secret.authToken] : [];
}

const OPEN_BRACE = 123;

async function normalizeRequest({ body }: RawRequest, verifiedAccount?: string): Promise<readonly InboundEvent[]> {
  if (body[0] === OPEN_BRACE) throw new WadeskError("body_invalid", { detail: "it is JSON, and Twilio sends messages as a form" });
  const form = readForm(body);
  // whose token verified the form decides whose it is: two readings of one body must never let a tenant speak for another
  if (verifiedAccount !== undefined && form.AccountSid !== verifiedAccount) {
    throw new WadeskError("body_invalid", { detail: "it names another account than the one that signed it" });
  }
  return (await reader()).normalizeForm(form, 0);
}
