import { z } from "zod";
import { content } from "./schema/contents.ts";
import { recipient } from "./schema/people.ts";
import { strict, text } from "./schema/strict.ts";

/** What `send` takes. Loaded on the first send; a channel checks its vendor's own limits after it. */
export const sendRequestSchema: z.ZodType<unknown> = strict({
  to: recipient,
  content,
  from: text(512).optional(),
  replyTo: text(512).optional(),
  fallback: z.literal("text", { error: 'must be "text", or left out' }).optional(),
  idempotencyKey: text(255).optional(),
});
