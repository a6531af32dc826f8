import { z } from "zod";
import type { Contact } from "../model/contact.ts";
import type { ContactCard } from "../model/content.ts";

const text = (limit = 4096) => z.string().min(1, "must not be empty").max(limit);
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" });
const media = z
  .object({ url: httpUrl.optional(), id: text(512).optional(), mimeType: z.string().optional(), sha256: z.string().optional() })
  .strict()
  .refine((value) => value.url !== undefined || value.id !== undefined, { error: "needs a url or an id" });
const mediaOf = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind),
    media,
    caption: z.string().max(1024).optional(),
    fileName: z.string().max(240).optional(),
    voice: z.boolean().optional(),
    animated: z.boolean().optional(),
  });
const place = {
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().optional(),
  address: z.string().optional(),
};

const card = z.strictObject({
  name: z.strictObject({ formatted: text(), first: z.string().optional(), last: z.string().optional() }),
  phones: z.array(z.strictObject({ phone: text(), type: z.string().optional(), whatsappId: z.string().optional() })).optional(),
  emails: z.array(z.strictObject({ email: text(), type: z.string().optional() })).optional(),
  organization: z
    .strictObject({ company: z.string().optional(), department: z.string().optional(), title: z.string().optional() })
    .optional(),
  urls: z.array(z.strictObject({ url: text(), type: z.string().optional() })).optional(),
  addresses: z
    .array(
      z.strictObject({
        street: z.string().optional(),
        city: z.string().optional(),
        state: z.string().optional(),
        zip: z.string().optional(),
        country: z.string().optional(),
        countryCode: z.string().optional(),
        type: z.string().optional(),
      }),
    )
    .optional(),
  birthday: z.iso.date({ error: "must be YYYY-MM-DD" }).optional(),
  // what only came in: a card is passed on as it is
  vcard: z.string().optional(),
  requested: z.boolean().optional(),
} satisfies { readonly [Field in keyof Required<ContactCard>]: z.ZodType });

const parameter = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: text(), name: z.string().optional() }),
  z.strictObject({
    type: z.literal("currency"),
    code: z.string().length(3),
    amount: z.number(),
    fallback: text(),
    name: z.string().optional(),
  }),
  z.strictObject({ type: z.literal("date"), fallback: text(), name: z.string().optional() }),
  z.strictObject({ type: z.literal("image"), media }),
  z.strictObject({ type: z.literal("video"), media }),
  z.strictObject({ type: z.literal("document"), media, fileName: z.string().optional() }),
  z.strictObject({ type: z.literal("location"), ...place }),
]);

const header = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: text(60) }),
  z.strictObject({ type: z.literal("image"), media }),
  z.strictObject({ type: z.literal("video"), media }),
  z.strictObject({ type: z.literal("document"), media, fileName: z.string().optional() }),
]);

const content = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1, "must not be empty"), preview: z.boolean().optional() }),
  mediaOf("image"),
  mediaOf("video"),
  mediaOf("audio"),
  mediaOf("document"),
  mediaOf("sticker"),
  z.strictObject({ kind: z.literal("location"), ...place, url: httpUrl.optional() }),
  z.strictObject({ kind: z.literal("contacts"), contacts: z.array(card).min(1, "needs at least one card") }),
  z.strictObject({ kind: z.literal("reaction"), messageId: text(512), emoji: z.string().optional() }),
  z.strictObject({
    kind: z.literal("template"),
    name: text(512),
    language: text(16),
    header: parameter.optional(),
    body: z.array(parameter).optional(),
    buttons: z
      .array(z.strictObject({ type: z.enum(["quick_reply", "url", "copy_code"]), index: z.int().min(0).max(9), value: text() }))
      .optional(),
  }),
  z.strictObject({
    kind: z.literal("buttons"),
    text: text(),
    buttons: z.array(z.strictObject({ id: text(256), title: text(256) })).min(1, "needs at least one button"),
    header: header.optional(),
    footer: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal("list"),
    text: text(),
    button: text(256),
    sections: z
      .array(
        z.strictObject({
          title: z.string().optional(),
          rows: z
            .array(z.strictObject({ id: text(256), title: text(256), description: z.string().optional() }))
            .min(1, "needs at least one row"),
        }),
      )
      .min(1, "needs at least one section"),
    header: z.string().optional(),
    footer: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal("cta_url"),
    text: text(),
    label: text(256),
    url: httpUrl,
    header: header.optional(),
    footer: z.string().optional(),
  }),
]);

const contact = z.strictObject({
  phone: z.string().optional(),
  userId: z.string().optional(),
  lid: z.string().optional(),
  username: z.string().optional(),
  name: z.string().optional(),
  parentUserId: z.string().optional(),
  identityKey: z.string().optional(),
} satisfies { readonly [Field in keyof Required<Contact>]: z.ZodType });

/** What `send` takes. Loaded on the first send; a channel checks its vendor's own limits after it. */
export const sendRequestSchema: z.ZodType<unknown> = z.strictObject({
  to: z.union([z.string(), contact], { error: "must be a phone in E.164 or a contact" }),
  content,
  from: z.string().optional(),
  replyTo: text(512).optional(),
  idempotencyKey: text(255).optional(),
});
