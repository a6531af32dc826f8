import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { cloudApi } from "../cloud-api.ts";

const good = { phoneNumberId: "106540352242922", wabaId: "102290129340398", accessToken: "EAAGexample" };
const { input, settings } = cloudApi();
const issuesOf = async (value: unknown, schema: typeof input | typeof settings.schema = input): Promise<readonly string[]> => {
  const result = await schema["~standard"].validate(value);
  return "issues" in result ? result.issues.map(({ path, message }) => `${path?.join(".")}: ${message}`) : [];
};

it("a channel that is printed shows neither the app's secret nor the verify token", () => {
  const channel = cloudApi({ appSecret: "an-app-secret", verifyToken: "a-verify-token" });
  expect(channel.settings.defaults).toMatchObject({ appSecret: ["an-app-secret"] });
  expect(inspect(channel, { depth: 9 }) + JSON.stringify(channel)).not.toMatch(/an-app-secret|a-verify-token/);
});

describe("what a person pastes", () => {
  it("is taken as it is, with a blank business id as none", async () => {
    expect(await input["~standard"].validate(good)).toEqual({ value: good });
    expect(await input["~standard"].validate({ ...good, businessId: "" })).toEqual({ value: good });
    expect(await input["~standard"].validate({ ...good, businessId: "2729063490586005" })).toEqual({
      value: { ...good, businessId: "2729063490586005" },
    });
  });

  it("may bring an app of its own, whole; what was left blank is none", async () => {
    const app = { appId: "12", appSecret: "0a1b", verifyToken: "open" };
    expect(await input["~standard"].validate({ ...good, ...app })).toEqual({ value: { ...good, ...app, appSecret: ["0a1b"] } });
    expect(await input["~standard"].validate({ ...good, ...app, appSecret: ["a", " b ", "a"], override: true })).toEqual({
      value: { ...good, ...app, appSecret: ["a", "b"], override: true },
    });
    const blank = { appId: "", appSecret: "", verifyToken: "", override: false };
    expect(await input["~standard"].validate({ ...good, ...blank })).toEqual({ value: good });
  });

  it.each(["+1 555-010-0001", "+15550100001", "(11) 99999-0000"])("is told apart from the phone number: %s", async (phone) => {
    expect(await issuesOf({ ...good, phoneNumberId: phone })).toEqual([
      "phoneNumberId: this looks like the phone number; paste the Phone Number ID from WhatsApp → API Setup",
    ]);
  });

  it.each<[object, string]>([
    [{ phoneNumberId: undefined }, "phoneNumberId: is missing; paste the Phone Number ID from WhatsApp → API Setup"],
    [{ phoneNumberId: "acme" }, "phoneNumberId: must be digits only; paste the Phone Number ID from WhatsApp → API Setup"],
    [{ wabaId: "" }, "wabaId: is missing; paste the WhatsApp Business Account ID from WhatsApp → API Setup"],
    [
      { wabaId: good.phoneNumberId },
      "wabaId: is the same as the Phone Number ID; paste the WhatsApp Business Account ID from WhatsApp → API Setup",
    ],
    [{ accessToken: "" }, "accessToken: is missing; generate one for a System User"],
    [{ accessToken: "Bearer EAAG" }, 'accessToken: paste the token alone, without "Bearer" before it'],
    [{ accessToken: "EAAG ex" }, "accessToken: has white space inside; copy the whole token again"],
    [{ accessToken: "123|secret" }, "accessToken: this is the app's own token (App ID|App Secret)"],
    [{ businessId: "acme" }, "businessId: must be the digits of the Business Manager id"],
  ])("is refused with field and fix: %j", async (change, message) => {
    expect(await issuesOf({ ...good, ...change })).toEqual([expect.stringContaining(message)]);
  });

  it("that has neither id is told that both are missing, and not that they are the same", async () => {
    const issues = await issuesOf({ ...good, phoneNumberId: "", wabaId: " " });
    expect(issues.map((issue) => issue.split(";")[0])).toEqual(["phoneNumberId: is missing", "wabaId: is missing"]);
  });
});

describe("an admin's change of the settings", () => {
  it("is taken in part or whole", async () => {
    const change = { appId: "12", appSecret: ["a"], verifyToken: ["b", "c"], graphVersion: "v24.0" };
    expect(await settings.schema["~standard"].validate(change)).toEqual({ value: change });
    expect(await settings.schema["~standard"].validate({ graphVersion: "v24.0" })).toEqual({ value: { graphVersion: "v24.0" } });
  });

  it.each<[object, string]>([
    [{ graphVersion: "24" }, 'graphVersion: must look like "v23.0"'],
    [{ appId: "app" }, "appId: must be the digits"],
    [{ appSecret: [""] }, "appSecret.0: the App Secret must not be empty"],
    [{ verifyToken: ["a b"] }, "verifyToken.0: the verify token has white space in it"],
  ])("is refused with field and fix: %j", async (change, message) => {
    expect((await issuesOf(change, settings.schema)).join()).toContain(message);
  });
});

it("the dialog can be opened once App ID, App Secret and Config ID are set, all three", () => {
  const isReady = (options: Parameters<typeof cloudApi>[0]): boolean | undefined => {
    const channel = cloudApi(options);
    return channel.signup?.ready?.(channel.settings.defaults);
  };
  expect(isReady({ appId: "12", appSecret: "0a1b", configId: "34" })).toBe(true);
  expect([isReady({ appId: "12", appSecret: "0a1b" }), isReady({ appId: "12", configId: "34" }), isReady({})]).toEqual([
    false,
    false,
    false,
  ]);
});
