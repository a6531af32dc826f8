/** Where Meta describes status webhooks, of which the file has no example. */
export const STATUS_SOURCE = "https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status";

const around = (status: object, contacts: object = {}): object => ({
  object: "whatsapp_business_account",
  entry: [
    {
      id: "800100",
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: { display_phone_number: "15550100001", phone_number_id: "700100" },
            ...contacts,
            statuses: [status],
          },
        },
      ],
    },
  ],
});
const status = (name: string, rest: object): object => ({
  id: "wamid.A",
  status: name,
  timestamp: "1767225600",
  recipient_id: "5511999990000",
  ...rest,
});
const pricing = { billable: false, pricing_model: "PMP", category: "service", type: "free_customer_service" };
const error = { code: 131026, title: "Message undeliverable", message: "Message undeliverable", error_data: { details: "No WhatsApp" } };

/** Status webhooks of our own, as that page describes them. `played` is known from voice messages. */
export const STATUS_EXAMPLES: Readonly<Record<string, object>> = {
  sent: around(status("sent", { pricing })),
  delivered: around(status("delivered", { pricing })),
  read: around(status("read", {})),
  played: around(status("played", {})),
  failed: around(status("failed", { errors: [error] })),
};
