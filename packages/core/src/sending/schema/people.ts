import { z } from "zod";
import { isObject } from "../../fields/check-fields.ts";
import type { Contact } from "../../model/contact.ts";
import { readIssues } from "../../ports/schemas/read-issues.ts";
import { strict, text } from "./strict.ts";

const contact = strict({
  phone: z.string().optional(),
  userId: z.string().optional(),
  lid: z
    .string()
    .regex(/^\d+(@lid)?$/, "must be digits alone, as an event named it")
    .optional(),
  username: z.string().optional(),
  name: z.string().optional(),
  parentUserId: z.string().optional(),
  identityKey: z.string().optional(),
} satisfies { readonly [Field in keyof Required<Contact>]: z.ZodType });

/** Who is named in a text. */
export const mentions: z.ZodType = z
  .array(
    contact.refine(({ phone, lid, userId }) => phone !== undefined || lid !== undefined || userId !== undefined, {
      error: "needs a phone or the lid that an event named",
      params: { code: "required" },
    }),
  )
  .optional();

const group = strict({ groupId: text(512) });

/** Whom a message goes to: a phone, a contact or a group. */
export const recipient: z.ZodType = z.unknown().superRefine((value, context) => {
  if (typeof value === "string") return;
  if (!isObject(value)) {
    const params = { code: "not_a_phone" };
    return context.addIssue({ code: "custom", message: "must be a phone in E.164 or a contact", params });
  }
  const of = "groupId" in value ? group : contact;
  for (const { path, message, ...params } of readIssues(of.safeParse(value).error?.issues ?? [], value)) {
    context.addIssue({ code: "custom", path: [...(path ?? [])], message, params });
  }
});
