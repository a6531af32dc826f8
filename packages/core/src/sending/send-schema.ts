import { z } from "zod";
import { isObject } from "../fields/check-fields.ts";
import { unknownName, unknownNames } from "../fields/nearest-name.ts";
import { isMimeType, NO_DATA, NO_MIME_TYPE } from "../media/read-requests.ts";
import { isFileData } from "../media/stream/bytes-of.ts";
import type { Contact } from "../model/contact.ts";
import type { ContactCard, FileData } from "../model/content.ts";
import { readIssues } from "../ports/schemas/read-issues.ts";

// a line for each unknown field, with the name that was probably meant; lazySchema makes an issue of each
const strict = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error(issue) {
      if (issue.code === "invalid_type") return `must be an object with ${names.join(", ")}`;
      return issue.code === "unrecognized_keys" ? unknownNames(issue.keys, names) : undefined;
    },
  });
};

const text = (limit = 4096) => z.string().min(1, "must not be empty").max(limit);
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" });
const media = strict({
  url: httpUrl.optional(),
  id: text(512).optional(),
  data: z.custom<FileData>(isFileData, { error: NO_DATA, params: { code: "wrong_type", values: { expected: "bytes" } } }).optional(),
  mimeType: z.string().optional(),
  sha256: z.string().optional(),
})
  .refine(({ url, id, data }) => url !== undefined || id !== undefined || data !== undefined, {
    error: "needs a url, an id or data",
    params: { code: "required" },
  })
  .refine(({ url, id, data }) => data === undefined || (url === undefined && id === undefined), {
    error: "has data, and so neither url nor id",
    params: { code: "conflicts", values: { with: "data" } },
  })
  .refine(({ data, mimeType }) => data === undefined || isMimeType(mimeType), {
    error: NO_MIME_TYPE,
    path: ["mimeType"],
    params: { code: "wrong_form" },
  });
const mediaOf = <Kind extends string>(kind: Kind) =>
  strict({
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

const card = strict({
  name: strict({ formatted: text(), first: z.string().optional(), last: z.string().optional() }),
  phones: z.array(strict({ phone: text(), type: z.string().optional(), whatsappId: z.string().optional() })).optional(),
  emails: z.array(strict({ email: text(), type: z.string().optional() })).optional(),
  organization: z
    .strictObject({ company: z.string().optional(), department: z.string().optional(), title: z.string().optional() })
    .optional(),
  urls: z.array(strict({ url: text(), type: z.string().optional() })).optional(),
  addresses: z
    .array(
      strict({
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
  strict({ type: z.literal("text"), text: text(), name: z.string().optional() }),
  strict({
    type: z.literal("currency"),
    code: z.string().length(3),
    amount: z.number(),
    fallback: text(),
    name: z.string().optional(),
  }),
  strict({ type: z.literal("date"), fallback: text(), name: z.string().optional() }),
  strict({ type: z.literal("image"), media }),
  strict({ type: z.literal("video"), media }),
  strict({ type: z.literal("document"), media, fileName: z.string().optional() }),
  strict({ type: z.literal("location"), ...place }),
]);

const header = z.discriminatedUnion("type", [
  strict({ type: z.literal("text"), text: text(60) }),
  strict({ type: z.literal("image"), media }),
  strict({ type: z.literal("video"), media }),
  strict({ type: z.literal("document"), media, fileName: z.string().optional() }),
]);

const CONTENTS = [
  strict({ kind: z.literal("text"), text: z.string().min(1, "must not be empty"), preview: z.boolean().optional() }),
  mediaOf("image"),
  mediaOf("video"),
  mediaOf("audio"),
  mediaOf("document"),
  mediaOf("sticker"),
  strict({ kind: z.literal("location"), ...place, url: httpUrl.optional() }),
  strict({ kind: z.literal("contacts"), contacts: z.array(card).min(1, "needs at least one card") }),
  strict({ kind: z.literal("reaction"), messageId: text(512), emoji: z.string().optional() }),
  strict({
    kind: z.literal("template"),
    name: text(512),
    language: text(16),
    header: parameter.optional(),
    body: z.array(parameter).optional(),
    buttons: z.array(strict({ type: z.enum(["quick_reply", "url", "copy_code"]), index: z.int().min(0).max(9), value: text() })).optional(),
  }),
  strict({
    kind: z.literal("buttons"),
    text: text(),
    buttons: z.array(strict({ id: text(256), title: text(256) })).min(1, "needs at least one button"),
    header: header.optional(),
    footer: z.string().optional(),
  }),
  strict({
    kind: z.literal("list"),
    text: text(),
    button: text(256),
    sections: z
      .array(
        strict({
          title: z.string().optional(),
          rows: z.array(strict({ id: text(256), title: text(256), description: z.string().optional() })).min(1, "needs at least one row"),
        }),
      )
      .min(1, "needs at least one section"),
    header: z.string().optional(),
    footer: z.string().optional(),
  }),
  strict({
    kind: z.literal("cta_url"),
    text: text(),
    label: text(256),
    url: httpUrl,
    header: header.optional(),
    footer: z.string().optional(),
  }),
] as const;

const content = z.discriminatedUnion("kind", CONTENTS, {
  error({ input }) {
    if (!isObject(input)) return 'must be an object with a kind, e.g. { kind: "text", text }';
    if (!("kind" in input) || typeof input.kind !== "string")
      return "type" in input ? "is missing; type is not a field of content, kind is" : 'is missing; write what it is, e.g. kind: "text"';
    const kinds = CONTENTS.map(({ shape }) => shape.kind.value);
    return unknownName(input.kind, kinds, "a kind of content");
  },
});

const contact = strict({
  phone: z.string().optional(),
  userId: z.string().optional(),
  lid: z.string().optional(),
  username: z.string().optional(),
  name: z.string().optional(),
  parentUserId: z.string().optional(),
  identityKey: z.string().optional(),
} satisfies { readonly [Field in keyof Required<Contact>]: z.ZodType });

const recipient = z.unknown().superRefine((value, context) => {
  if (typeof value === "string") return;
  if (!isObject(value)) {
    const params = { code: "not_a_phone" };
    return context.addIssue({ code: "custom", message: "must be a phone in E.164 or a contact", params });
  }
  for (const { path, message, ...params } of readIssues(contact.safeParse(value).error?.issues ?? [], value)) {
    context.addIssue({ code: "custom", path: [...(path ?? [])], message, params });
  }
});

/** What `send` takes. Loaded on the first send; a channel checks its vendor's own limits after it. */
export const sendRequestSchema: z.ZodType<unknown> = strict({
  to: recipient,
  content,
  from: text(512).optional(),
  replyTo: text(512).optional(),
  idempotencyKey: text(255).optional(),
});
