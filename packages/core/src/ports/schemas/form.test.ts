import { expect, it } from "vitest";
import { z } from "zod";
import { lazySchema } from "./lazy-schema.ts";

it("a schema tells what its form is made of: kinds, what is required, secrets, and what names an account", async () => {
  const schema = lazySchema(async () =>
    z
      .strictObject({
        account: z.string().trim().meta({ "x-account": true }),
        token: z
          .string()
          .superRefine(() => {})
          .meta({ writeOnly: true }),
        mode: z.enum(["live", "sandbox"]).exactOptional(),
      })
      .transform((input) => input),
  );
  expect(await schema.form?.()).toMatchObject({
    type: "object",
    required: ["account", "token"],
    properties: {
      account: { type: "string", "x-account": true },
      token: { type: "string", writeOnly: true },
      mode: { enum: ["live", "sandbox"] },
    },
  });
});

it("a schema of which JSON cannot tell has no form, and one of another library has none either", async () => {
  expect(await lazySchema(async () => z.strictObject({ call: z.function() })).form?.()).toBeUndefined();
  const plain = { "~standard": { validate: (value: unknown) => ({ value }) } };
  expect(await lazySchema(async () => plain).form?.()).toBeUndefined();
});
