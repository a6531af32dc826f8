import { cloudApi } from "@wadesk/cloud-api";
import { twilio } from "@wadesk/twilio";
import { unofficial } from "@wadesk/unofficial";
import { expect, it } from "vitest";

interface Field {
  readonly writeOnly?: boolean;
  readonly "x-account"?: boolean;
}

it.each([
  [
    "cloud-api",
    cloudApi(),
    ["accessToken", "appSecret", "pin", "verifyToken"],
    ["phoneNumberId", "wabaId"],
    ["phoneNumberId", "wabaId", "accessToken"],
  ],
  ["twilio", twilio(), ["authToken"], ["accountSid"], ["mode"]],
  ["unofficial", unofficial(), [], ["phone"], ["phone"]],
])(
  "the form of %s says which fields are secret, which name the account that is tried, and which are needed",
  async (_kind, { input }, secret, account, required) => {
    const form = (await input.form?.()) as { readonly properties: Readonly<Record<string, Field>>; readonly required: readonly string[] };
    const named = (mark: keyof Field): readonly string[] =>
      Object.keys(form.properties).filter((name) => form.properties[name]?.[mark] === true);
    expect([named("writeOnly").toSorted(), named("x-account"), form.required]).toEqual([secret, account, required]);
  },
);
