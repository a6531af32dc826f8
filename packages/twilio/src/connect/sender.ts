import { WadeskError } from "@wadesk/core";
import type TwilioClient from "twilio/lib/rest/Twilio.js";
import { answered } from "../api/client.ts";
import { WHATSAPP } from "../wire/address.ts";

/** What Twilio says of a WhatsApp sender, in its own words. */
export interface SenderFacts {
  readonly senderSid: string;
  readonly senderStatus: string;
  readonly profileName?: string;
  readonly qualityRating?: string;
  readonly messagingLimit?: string;
  /** Where it sends what comes in; not for people's eyes, since it may carry a secret. */
  readonly callbackUrl?: string;
  /** Why it is offline. */
  readonly reasons: readonly string[];
}

const PAGE_SIZE = 100;
// more senders than an account has; a list that never ends must not keep the person waiting
const MOST_PAGES = 50;

/** Looks for a number among the account's WhatsApp senders. Rejects with `number_mismatch` when it is not among them. */
export async function findSender(client: TwilioClient, number: string): Promise<SenderFacts> {
  const first = client.messaging.v2.channelsSenders.page({ channel: "whatsapp", pageSize: PAGE_SIZE });
  let page: Page | undefined = await answered(first);
  for (let pages = 1; page !== undefined; pages++) {
    const sender = page.instances.find(({ senderId }) => senderId === WHATSAPP + number);
    if (sender !== undefined) return readSender(sender);
    const next: Promise<Page> | undefined = pages < MOST_PAGES ? page.nextPage() : undefined;
    page = next && (await answered(next));
  }
  throw new WadeskError("number_mismatch", {
    detail: `${number} is no WhatsApp sender of this Twilio account; check the number under Messaging → Senders → WhatsApp`,
  });
}

/** Whether a sender may send. An update of its profile does not stop it. */
export function isOnline({ senderStatus }: SenderFacts): boolean {
  return senderStatus === "ONLINE" || senderStatus === "ONLINE:UPDATING";
}

// one row per status in which a sender does not send yet, or no longer
const TO_DO: ReadonlyMap<string, string> = new Map([
  ["CREATING", "Twilio is still setting it up; try again in a few minutes"],
  ["DRAFT", "its registration was not finished; finish it under Messaging → Senders"],
  ["PENDING_VERIFICATION", "enter the verification code under Messaging → Senders"],
  ["VERIFYING", "Meta is verifying it; try again in a few minutes"],
  ["TWILIO_REVIEW", "Twilio is reviewing it; try again when the console shows it online"],
  ["OFFLINE", "see the reason under Messaging → Senders, resolve it and try again"],
]);

/** Rejects with `number_not_registered`, saying what to do, unless the sender may send. */
export function requireOnline(sender: SenderFacts, number: string): void {
  if (isOnline(sender)) return;
  const { senderStatus, reasons } = sender;
  const todo = TO_DO.get(senderStatus) ?? "see Messaging → Senders in Twilio's console";
  throw new WadeskError("number_not_registered", { detail: [`sender ${number} is ${senderStatus}: ${todo}`, ...reasons].join("; ") });
}

type Page = Pick<Awaited<ReturnType<TwilioClient["messaging"]["v2"]["channelsSenders"]["page"]>>, "instances" | "nextPage">;
type Instance = Page["instances"][number];

function readSender({ sid, status, profile, properties, webhook, offlineReasons }: Instance): SenderFacts {
  const reasons = (offlineReasons ?? []).flatMap(({ code, message }) => [code, message].filter(Boolean).join(" ") || []);
  return {
    senderSid: sid,
    senderStatus: status,
    ...(profile?.name && { profileName: profile.name }),
    ...(properties?.qualityRating && { qualityRating: properties.qualityRating }),
    ...(properties?.messagingLimit && { messagingLimit: properties.messagingLimit }),
    ...(webhook?.callbackUrl && { callbackUrl: webhook.callbackUrl }),
    reasons,
  };
}
