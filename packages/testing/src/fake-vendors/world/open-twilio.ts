import { randomUUID } from "node:crypto";
import { createFakeTwilio } from "../../fakes/twilio/create-fake-twilio.ts";
import type { TwilioContact } from "../../fakes/twilio/fake-twilio.ts";
import type { TwilioMessage } from "../../fakes/twilio/state.ts";
import { faultChoices, stateChoice } from "../faults/fault-choices.ts";
import { TWILIO_FAULTS } from "../faults/twilio-faults.ts";
import { handStatuses } from "./hand-statuses.ts";
import { holderOf } from "./people.ts";
import type { Vendor } from "./vendor.ts";

/** A Twilio with one account and one sender; from one seed the SIDs and secrets are the same. Rejects where the port is taken. */
export async function openTwilio(options: {
  readonly port: number;
  readonly webhooks: string;
  readonly seed: string;
}): Promise<Vendor & { readonly url: string }> {
  let furnished = false;
  const fake = createFakeTwilio({ randomId: () => (furnished ? randomUUID() : options.seed) });
  const account = fake.addAccount({ friendlyName: "Fake account" });
  const webhook = { callbackUrl: options.webhooks, statusCallbackUrl: options.webhooks };
  const sender = fake.addSender({ accountSid: account.sid, number: "+15550100002", name: "Fake Shop", webhook });
  // messages are new with each start
  furnished = true;
  const { url } = await fake.listen({ port: options.port });
  const people = new Map<string, TwilioContact>();
  return {
    name: "twilio",
    url,
    variables: [
      ["TWILIO_API_URL", url],
      ["TWILIO_ACCOUNT_SID", account.sid],
      ["TWILIO_AUTH_TOKEN", account.authToken],
      ["TWILIO_FROM", sender.number],
    ],
    faults: [
      ...faultChoices(TWILIO_FAULTS, fake.fault),
      stateChoice(
        "sender_offline",
        "The sender is offline",
        () => sender.setStatus("OFFLINE"),
        () => sender.setStatus("ONLINE"),
      ),
      stateChoice(
        "account_suspended",
        "The account is suspended",
        () => account.setStatus("suspended"),
        () => account.setStatus("active"),
      ),
    ],
    addPerson: (person) => people.set(person.phone, fake.addContact(person)),
    write: (phone, text) => holderOf(people, phone).send(sender.number, text),
    setAtOnce: (phone, isAtOnce) => holderOf(people, phone).change({ reachable: isAtOnce }),
    sent: () =>
      fake.sent.map((message) => ({
        id: message.sid,
        to: message.to.replace(/^whatsapp:/, ""),
        kind: kindOf(message),
        text: message.body,
        status: message.status,
        ...(message.errorCode !== undefined && { code: message.errorCode }),
        at: message.createdAt,
        next: handStatuses(message.status),
      })),
    deliveries: () =>
      fake.deliveries.map(({ url: to, body, signature, attempt, status, at }) => ({
        url: to,
        about: aboutOf(new URLSearchParams(body)),
        isSigned: signature !== "",
        attempt,
        status,
        at,
      })),
    setStatus: fake.setMessageStatus,
    close: fake.close,
  };
}

function kindOf({ contentSid, numMedia }: TwilioMessage): string {
  if (contentSid !== undefined) return "template";
  return numMedia > 0 ? "file" : "text";
}

function aboutOf(form: URLSearchParams): string {
  const status = form.get("MessageStatus");
  return status === null ? `${form.get("MessageType") ?? "message"}: ${form.get("Body") ?? ""}` : `status: ${status}`;
}
