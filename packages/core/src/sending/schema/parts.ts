import { z } from "zod";
import { isMimeType, NO_DATA, NO_MIME_TYPE } from "../../media/read-requests.ts";
import { isFileData } from "../../media/stream/bytes-of.ts";
import type { FileData } from "../../model/content/media-content.ts";
import { httpUrl, strict, text } from "./strict.ts";

/** A file: where it lies, what names it, or its bytes. */
export const media: z.ZodType = strict({
  url: httpUrl.optional(),
  // a channel may say in it all that it needs to find the file again
  id: text(4096).optional(),
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

/** The fields of a place on the map. */
export const place: Readonly<Record<"latitude" | "longitude" | "name" | "address", z.ZodType>> = {
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().optional(),
  address: z.string().optional(),
};

/** What fills a gap of a template. */
export const parameter: z.ZodType = z.discriminatedUnion("type", [
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

/** What stands above a text with buttons. */
export const header: z.ZodType = z.discriminatedUnion("type", [
  strict({ type: z.literal("text"), text: text(60) }),
  strict({ type: z.literal("image"), media }),
  strict({ type: z.literal("video"), media }),
  strict({ type: z.literal("document"), media, fileName: z.string().optional() }),
]);
