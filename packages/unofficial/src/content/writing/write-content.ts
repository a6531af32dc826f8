import { type OutboundContent, WadeskError } from "@wadesk/core";
import { createContentChecks } from "@wadesk/core/ports";
import type { Body, ContextInfo } from "../../baileys/baileys.ts";
import { withMentions } from "./mentions.ts";
import { knownOr, refused, type Writing, withContext } from "./outgoing.ts";
import { unwrap } from "../unwrap.ts";
import { writeAbout } from "./write-about.ts";
import { writeFile } from "./write-file.ts";
import { writeVcard } from "../vcard.ts";

const TEXT = 65_536;
const SECRET_BYTES = 32;

/**
 * One message of ours as WhatsApp takes it: built here, so that nothing is fetched and no program is run for a thumbnail or a preview. Rejects with
 * `content_invalid` naming what is wrong, and with `input_invalid` where it answers a message that is not known.
 */
export async function writeContent(content: OutboundContent, replyTo: string | undefined, writing: Writing): Promise<Body> {
  switch (content.kind) {
    case "reaction":
    case "pin":
    case "edit":
    case "delete":
    case "forward":
      // these name their message themselves
      return withSecret(await writeAbout(content, writing), writing);
    default: {
      const written = await writeOwn(content, writing);
      const quote = replyTo === undefined ? {} : await quoteOf(replyTo, writing);
      const body = withContext(written, quote);
      const isOnce = "viewOnce" in content && content.viewOnce === true;
      return withSecret(isOnce ? { viewOnceMessage: { message: body } } : body, writing);
    }
  }
}

type Own = Exclude<OutboundContent, { readonly kind: "reaction" | "pin" | "edit" | "delete" | "forward" }>;

async function writeOwn(content: Own, writing: Writing): Promise<Body> {
  const checks = createContentChecks("WhatsApp");
  switch (content.kind) {
    case "text": {
      checks.text(content.text, "text", TEXT);
      checks.done();
      const { text, context } = await withMentions(content.text, content.mentions, writing);
      const preview = content.preview === true ? await writing.preview(text) : undefined;
      return withContext({ extendedTextMessage: { text, ...preview } }, context);
    }
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker": {
      const { text, context } = await withMentions(content.caption ?? "", content.mentions, writing);
      return withContext(writeFile(content.caption === undefined ? content : { ...content, caption: text }, writing), context);
    }
    case "location": {
      const { latitude, longitude, name, address, url } = content;
      const place = { degreesLatitude: latitude, degreesLongitude: longitude };
      return { locationMessage: { ...place, ...(name && { name }), ...(address && { address }), ...(url && { url }) } };
    }
    case "contacts": {
      const cards = content.contacts.map((card) => ({ displayName: card.name.formatted, vcard: writeVcard(card) }));
      const [first] = cards;
      if (cards.length === 1 && first) return { contactMessage: first };
      return { contactsArrayMessage: { displayName: `${cards.length} contacts`, contacts: cards } };
    }
    case "poll": {
      const { question, options, selectable = 0 } = content;
      checks.that(selectable <= options.length, "selectable", `is more than the ${options.length} options`, "too_high", {
        max: options.length,
      });
      checks.done();
      const poll = { name: question, selectableOptionsCount: selectable, options: options.map((optionName) => ({ optionName })) };
      // one that takes one answer is of the third version, as phones write it
      return selectable === 1 ? { pollCreationMessageV3: poll } : { pollCreationMessage: poll };
    }
    default:
      throw new WadeskError("content_unsupported", { detail: `unofficial sends "${content.kind}" as text, with fallback: "text"` });
  }
}

async function quoteOf(replyTo: string, writing: Writing): Promise<ContextInfo> {
  const { address, jid } = writing;
  const message = await knownOr(writing, replyTo, "replyTo");
  const participant = await address.authorOf(message);
  if (message.body === undefined) throw refused("replyTo", "was too long to be kept, and cannot be answered", "unusable");
  const { messageContextInfo: _secrets, senderKeyDistributionMessage: _key, ...quoted } = unwrap(message.body).body;
  return {
    stanzaId: message.id,
    ...(participant && { participant }),
    quotedMessage: withoutContext(quoted),
    ...(isElsewhere(message.chat, jid) && { remoteJid: message.chat }),
  };
}

// what was quoted is quoted without what it quoted itself
function withoutContext(body: Body): Body {
  const entries = Object.entries(body).map(([name, value]: [string, unknown]) => {
    if (typeof value !== "object" || value === null || !("contextInfo" in value)) return [name, value] as const;
    const { contextInfo: _context, ...rest } = value;
    return [name, rest] as const;
  });
  return Object.fromEntries(entries) as Body;
}

// one person's chat has two addresses
function isElsewhere(chat: string, jid: string): boolean {
  return chat !== jid && (chat.endsWith("@g.us") || jid.endsWith("@g.us"));
}

/** What others may report, vote on or answer unseen needs a secret of its own; a reaction has none (Baileys 7.0.0-rc14, reporting-utils). */
function withSecret(body: Body, { random }: Pick<Writing, "random">): Body {
  if (body.reactionMessage) return body;
  return { ...body, messageContextInfo: { ...body.messageContextInfo, messageSecret: random(SECRET_BYTES) } };
}
