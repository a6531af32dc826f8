import { describe, expect, it } from "vitest";
import { twilio } from "../twilio.ts";
import type { TwilioInput } from "./twilio-input.ts";

const { input, settings } = twilio();
const SID = `AC${"1".repeat(32)}`;
const RIGHT: TwilioInput = { mode: "production", accountSid: SID, authToken: "f".repeat(32), from: "+15550100001" };

async function codesOf(schema: typeof input | typeof settings.schema, value: unknown): Promise<readonly unknown[]> {
  const result = await schema["~standard"].validate(value);
  return "issues" in result ? result.issues.map(({ path, code }) => [path?.join("."), code]) : [];
}

describe("a field of what is typed", () => {
  it.each([
    ["mode", undefined, "required"],
    ["mode", "", "required"],
    ["mode", "test", "not_one_of"],
    ["accountSid", "", "required"],
    ["accountSid", 5, "wrong_type"],
    ["accountSid", `SK${"1".repeat(32)}`, "looks_like_api_key"],
    ["accountSid", "f".repeat(32), "looks_like_auth_token"],
    ["accountSid", "AC1", "wrong_form"],
    ["authToken", "", "required"],
    ["authToken", "a b", "white_space"],
    ["authToken", `"${"f".repeat(32)}"`, "in_quotes"],
    ["authToken", SID, "looks_like_account_sid"],
    ["from", "", "required"],
    ["from", "555", "not_a_phone"],
  ] as const)("%s as %j is wrong by a code of its own: %s", async (field, value, code) => {
    expect(await codesOf(input, { ...RIGHT, [field]: value })).toEqual([[field, code]]);
  });

  it("is known, or refused with the name that was meant", async () => {
    const result = await input["~standard"].validate({ ...RIGHT, sid: SID });
    expect(result).toMatchObject({ issues: [{ path: ["sid"], code: "unknown_field", values: { nearest: "accountSid" } }] });
  });
});

describe("a field of the settings", () => {
  it.each([
    ["accountSid", "", "required"],
    ["accountSid", "AC1", "wrong_form"],
    ["accountSid", `SK${"1".repeat(32)}`, "looks_like_api_key"],
    ["accountSid", "f".repeat(32), "looks_like_auth_token"],
    ["authToken.0", [SID], "looks_like_account_sid"],
    ["authToken.0", [""], "required"],
    ["authToken.0", ["a b"], "white_space"],
    ["authToken.0", ["'ab'"], "in_quotes"],
    ["senders", "all", "wrong_type"],
    ["senders.0.workspaceId", [{ workspaceId: "", number: "+15550100001" }], "required"],
    ["senders.0.number", [{ workspaceId: "acme", number: "" }], "required"],
    ["senders.0.number", [{ workspaceId: "acme", number: "555" }], "not_a_phone"],
    ["senders.0.label", [{ workspaceId: "acme", number: "+15550100001", label: "x" }], "unknown_field"],
    ["webhookUrl", "", "required"],
    ["webhookUrl", "nowhere", "not_an_address"],
  ] as const)("%s as %j is wrong by a code: %s", async (field, value, code) => {
    const [name = ""] = field.split(".");
    expect(await codesOf(settings.schema, { [name]: value })).toEqual([[field, code]]);
  });
});
