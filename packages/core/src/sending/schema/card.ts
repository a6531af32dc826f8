import { z } from "zod";
import type { ContactCard } from "../../model/content.ts";
import { strict, text } from "./strict.ts";

/** The card of a contact. */
export const card: z.ZodType = strict({
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
