import { z } from "zod";
import { isObject } from "../../fields/check-fields.ts";
import { unknownName } from "../../fields/nearest-name.ts";
import { card } from "./card.ts";
import { header, media, parameter, place } from "./parts.ts";
import { mentions } from "./people.ts";
import { httpUrl, strict, text } from "./strict.ts";

const mediaOf = <Kind extends string>(kind: Kind) =>
  strict({
    kind: z.literal(kind),
    media,
    caption: z.string().max(1024).optional(),
    fileName: z.string().max(240).optional(),
    voice: z.boolean().optional(),
    animated: z.boolean().optional(),
    viewOnce: z.boolean().optional(),
    mentions,
    thumbnail: z.base64({ error: "must be a JPEG as base64" }).max(44_000, "must be a JPEG of 32 KB at most, as base64").optional(),
    seconds: z.number().min(0).optional(),
    waveform: z.array(z.int().min(0).max(100)).length(64, "must have 64 values").optional(),
    width: z.int().min(1).optional(),
    height: z.int().min(1).optional(),
  });

const CONTENTS = [
  strict({ kind: z.literal("text"), text: z.string().min(1, "must not be empty"), preview: z.boolean().optional(), mentions }),
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
    text: text(4096).optional(),
    header: parameter.optional(),
    body: z.array(parameter).optional(),
    buttons: z
      .array(
        strict({
          type: z.enum(["quick_reply", "url", "copy_code"]),
          index: z.int().min(0).max(9),
          value: text(),
          title: text(256).optional(),
        }),
      )
      .optional(),
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
  strict({
    kind: z.literal("poll"),
    question: text(255),
    options: z
      .array(text(100))
      .min(2, "needs at least two options")
      .max(12, "has at most 12 options")
      .refine((options) => new Set(options).size === options.length, { error: "each must be its own", params: { code: "repeated" } }),
    selectable: z.int().min(1).max(12).optional(),
  }),
  strict({
    kind: z.literal("pin"),
    messageId: text(512),
    pinned: z.boolean(),
    seconds: z.literal([86_400, 604_800, 2_592_000], { error: "must be 86400, 604800 or 2592000" }).optional(),
  }),
  strict({ kind: z.literal("forward"), messageId: text(512) }),
  strict({ kind: z.literal("edit"), messageId: text(512), text: text(65_536), mentions }),
  strict({ kind: z.literal("delete"), messageId: text(512) }),
] as const;

/** What a message says, by its kind. */
export const content: z.ZodType = z.discriminatedUnion("kind", CONTENTS, {
  error({ input }) {
    if (!isObject(input)) return 'must be an object with a kind, e.g. { kind: "text", text }';
    if (!("kind" in input) || typeof input.kind !== "string")
      return "type" in input ? "is missing; type is not a field of content, kind is" : 'is missing; write what it is, e.g. kind: "text"';
    const kinds = CONTENTS.map(({ shape }) => shape.kind.value);
    return unknownName(input.kind, kinds, "a kind of content");
  },
});
