import { createFakeTwilio, signTwilio, twilioBody, twilioInbound } from "@wadesk/testing";
import type { Vendor } from "./vendor.ts";

/** Twilio, with a production sender as its channel's number. */
export async function openTwilio(): Promise<Vendor> {
  const twilio = createFakeTwilio();
  const { url } = await twilio.listen();
  const account = twilio.addAccount();
  const number = "+15550100002";
  const sender = twilio.addSender({ accountSid: account.sid, number, name: "Acme Shop" });
  const person = "+5511999990000";
  const ana = twilio.addContact({ phone: person, name: "Ana" });
  return {
    environment: { TWILIO_API_URL: url },
    input: { accountSid: account.sid, authToken: account.authToken, from: number, mode: "production" },
    number,
    person,
    quotes: false,
    attach: async (callback) => sender.setWebhook({ callbackUrl: callback }),
    write(text, replyTo) {
      ana.send(number, { text, ...(replyTo !== undefined && { replyTo }) });
      return twilio.settled();
    },
    // Twilio has no way to answer one message in particular
    heard: () => twilio.sent.map(({ body }) => ({ text: body, replyTo: undefined })),
    place(name, callback) {
      const parties = { accountSid: account.sid, number, phone: person, userId: ana.userId };
      const parameters = { Latitude: "-23.55", Longitude: "-46.63", Label: name };
      const form = twilioInbound({ ...parties, type: "location", body: "", parameters });
      const signature = signTwilio({ url: callback, parameters: form, authToken: account.authToken });
      return { body: twilioBody(form), contentType: "application/x-www-form-urlencoded", signature: ["x-twilio-signature", signature] };
    },
    settled: () => twilio.settled(),
    close: () => twilio.close(),
  };
}
