import type { InboundContent } from "@wadesk/core";
import type { WebMessage } from "../baileys/baileys.ts";

type Body = NonNullable<WebMessage["message"]>;

// what travels beside a message and says nothing to a person: keys, secrets, the phone's talk with its devices
const NO_CONTENT: readonly string[] = ["messageContextInfo", "senderKeyDistributionMessage", "protocolMessage"];

/** What a message says; nothing where it says nothing to a person. What this version has no word for is `unknown` by WhatsApp's own name. */
export function readContent(body: Body | null | undefined): InboundContent | undefined {
  if (!body) return undefined;
  const text = body.conversation || body.extendedTextMessage?.text;
  if (text) return { kind: "text", text };
  const [vendorType] = Object.entries(body).flatMap(([name, value]) => (value == null || NO_CONTENT.includes(name) ? [] : [name]));
  return vendorType === undefined ? undefined : { kind: "unknown", vendorType };
}

/** Which message it answers, by WhatsApp's id. */
export function replyToOf(body: Body | null | undefined): string | undefined {
  return body?.extendedTextMessage?.contextInfo?.stanzaId ?? undefined;
}
