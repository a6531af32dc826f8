import type { Contact } from "@wadesk/core";
import type { ContextInfo } from "../../baileys/baileys.ts";
import { readJid } from "../../numbers/jid.ts";
import type { Writing } from "./outgoing.ts";

/** Texts name people by the address of their chat; whoever is not known by that is named by the other. */
export async function withMentions(
  given: string,
  mentions: readonly Contact[] | undefined,
  { address }: Pick<Writing, "address">,
): Promise<{ readonly text: string; readonly context: ContextInfo }> {
  let text = given;
  const mentionedJid: string[] = [];
  for (const contact of mentions ?? []) {
    const jid = await address.of(contact);
    const user = readJid(jid)?.user;
    if (jid === undefined || user === undefined) continue;
    mentionedJid.push(jid);
    for (const name of [contact.phone?.slice(1), contact.lid])
      if (name !== undefined && /^\d+$/.test(name) && name !== user)
        text = text.replaceAll(new RegExp(`@\\+?${name}(?!\\d)`, "g"), `@${user}`);
  }
  return { text, context: mentionedJid.length > 0 ? { mentionedJid } : {} };
}
