export { type CountingWebhookHandler, createWebhookHandler, type WebhookHandler, type WebhookHandlerOptions } from "./handler.ts";
export type { WebhookCounts } from "./refusals.ts";
export { detectProvider, type Provider } from "./scheme/detect-provider.ts";
export { metaScheme } from "./scheme/meta.ts";
export { twilioScheme } from "./scheme/twilio.ts";
export { type MetaSignature, verifyMetaSignature } from "./verify/meta.ts";
export { type TwilioSignature, verifyTwilioSignature } from "./verify/twilio.ts";
