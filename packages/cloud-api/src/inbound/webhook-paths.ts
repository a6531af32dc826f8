/** Where Meta's webhooks are received, below the handler's base path. Both take every field: Meta has one callback per app. */
export const WEBHOOK_PATHS = ["/whatsapp/inbound", "/wa-calling"] as const;
