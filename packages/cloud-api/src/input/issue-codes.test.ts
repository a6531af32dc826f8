import { describe, expect, it } from "vitest";
import { cloudApi } from "../cloud-api.ts";
import type { ManualInput } from "./manual-input.ts";

const { input, settings } = cloudApi();
const RIGHT: ManualInput = { phoneNumberId: "106540352242922", wabaId: "102290129340398", accessToken: "EAAG" };

async function codesOf(schema: typeof input | typeof settings.schema, value: unknown): Promise<readonly unknown[]> {
  const result = await schema["~standard"].validate(value);
  return "issues" in result ? result.issues.map(({ path, code }) => [path?.join("."), code]) : [];
}

describe("a field of what is pasted", () => {
  it.each([
    ["phoneNumberId", undefined, "required"],
    ["phoneNumberId", "", "required"],
    ["phoneNumberId", 5, "wrong_type"],
    ["phoneNumberId", "+1 555-010-0001", "looks_like_phone"],
    ["phoneNumberId", "abc", "wrong_form"],
    ["wabaId", undefined, "required"],
    ["wabaId", "", "required"],
    ["wabaId", "+1 555-010-0001", "looks_like_phone"],
    ["wabaId", "abc", "wrong_form"],
    ["wabaId", RIGHT.phoneNumberId, "same_as_phone_number_id"],
    ["accessToken", undefined, "required"],
    ["accessToken", "", "required"],
    ["accessToken", ["EAAG"], "wrong_type"],
    ["accessToken", "Bearer EAAG", "bearer_prefix"],
    ["accessToken", "EAA G", "white_space"],
    ["accessToken", '"EAAG"', "in_quotes"],
    ["accessToken", "1234|secret", "app_token"],
    ["accessToken", "0123456789abcdef0123456789abcdef", "looks_like_app_secret"],
    ["businessId", "my business", "wrong_form"],
    ["businessId", 5, "wrong_type"],
  ] as const)("%s as %j is wrong by a code of its own: %s", async (field, value, code) => {
    expect(await codesOf(input, { ...RIGHT, [field]: value })).toEqual([[field, code]]);
  });

  const app = { appId: "12", appSecret: "0a1b", verifyToken: "open" };
  it.each([
    [{ appId: "12" }, ["appSecret required", "verifyToken required"]],
    [{ appSecret: "0a1b" }, ["appId required", "verifyToken required"]],
    [{ verifyToken: "open", appId: " " }, ["appId required", "appSecret required"]],
    [{ override: true }, ["appId required", "appSecret required", "verifyToken required"]],
    [{ ...app, appSecret: [] }, ["appSecret required"]],
    [{ ...app, appId: "my app" }, ["appId wrong_form"]],
    [{ ...app, appSecret: "0a 1b" }, ["appSecret white_space"]],
    [{ ...app, appSecret: "'0a1b'", verifyToken: '"open"' }, ["appSecret in_quotes", "verifyToken in_quotes"]],
    [{ ...app, appSecret: ["0a1b", "EAAGm0PX"] }, ["appSecret.1 looks_like_access_token"]],
    [{ ...app, verifyToken: "open sesame" }, ["verifyToken white_space"]],
    [{ ...app, verifyToken: "EAAGm0PX" }, ["verifyToken looks_like_access_token"]],
    [{ ...app, override: "yes" }, ["override wrong_type"]],
  ])("of an app of one's own is wrong by a code: %j", async (given, codes) => {
    const found = (await codesOf(input, { ...RIGHT, ...given })) as readonly (readonly [string, string])[];
    expect(found.map((each) => each.join(" "))).toEqual(codes);
  });

  it("is known, or refused with the name that was meant", async () => {
    const result = await input["~standard"].validate({ ...RIGHT, accesToken: "EAAG" });
    expect(result).toMatchObject({ issues: [{ path: ["accesToken"], code: "unknown_field", values: { nearest: "accessToken" } }] });
  });
});

describe("a field of the settings", () => {
  it.each([
    ["appId", "", "required"],
    ["appId", "my app", "wrong_form"],
    ["appSecret.0", [""], "required"],
    ["appSecret.0", ["a b"], "white_space"],
    ["appSecret.0", ['"ab"'], "in_quotes"],
    ["appSecret.1", ["ab", "EAAGm0PX"], "looks_like_access_token"],
    ["verifyToken.0", [" "], "required"],
    ["verifyToken.0", ["EAAGm0PX"], "looks_like_access_token"],
    ["verifyToken.0", ["a b"], "white_space"],
    ["verifyToken.0", ["'ab'"], "in_quotes"],
    ["graphVersion", "", "required"],
    ["graphVersion", "23", "wrong_form"],
  ] as const)("%s as %j is wrong by a code: %s", async (field, value, code) => {
    const [name = ""] = field.split(".");
    expect(await codesOf(settings.schema, { [name]: value })).toEqual([[field, code]]);
  });
});
