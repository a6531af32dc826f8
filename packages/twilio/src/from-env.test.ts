import { expect, it } from "vitest";
import { twilio } from "./twilio.ts";

const set = { TWILIO_ACCOUNT_SID: "AC0123456789abcdef0123456789abcdef", TWILIO_AUTH_TOKEN: "newest,former" };

it("is made from the environment, with a token that is being replaced beside the newest", () => {
  const { settings } = twilio.fromEnv({}, set);
  expect(settings?.defaults).toMatchObject({ accountSid: set.TWILIO_ACCOUNT_SID, authToken: ["newest", "former"] });
});

it("asks for no variable whose option is given, and takes one that is undefined for absent", () => {
  const { TWILIO_AUTH_TOKEN: _unset, ...others } = set;
  expect(twilio.fromEnv({ authToken: "another" }, others).settings?.defaults.authToken).toEqual(["another"]);
  expect(twilio.fromEnv({ authToken: undefined }, set).settings?.defaults.authToken).toEqual(["newest", "former"]);
});

it("names what is not set, and shows nothing of what is", () => {
  expect(() => twilio.fromEnv({}, { TWILIO_AUTH_TOKEN: "newest" })).toThrow(/set TWILIO_ACCOUNT_SID \(AC…, in Twilio's console/);
  expect(() => twilio.fromEnv({}, { TWILIO_AUTH_TOKEN: "newest" })).not.toThrow(/newest/);
});

it("refuses SID and token in each other's place, in the environment and as options, and shows neither", () => {
  const token = "0123456789abcdef0123456789abcdef";
  const asked = (accountSid: string, authToken: string): readonly (() => unknown)[] => [
    () => twilio.fromEnv({}, { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken }),
    () => twilio({ accountSid, authToken }),
  ];
  for (const [sid, secret, said] of [
    [token, token, "accountSid looks like the Auth Token; give the Account SID (AC…)"],
    [`SK${token}`, token, "accountSid is an API key; give the Account SID (AC…)"],
    [set.TWILIO_ACCOUNT_SID, set.TWILIO_ACCOUNT_SID, "authToken is the Account SID; give the Auth Token"],
  ] as const)
    for (const ask of asked(sid, secret)) {
      expect(ask).toThrow(said);
      expect(ask).not.toThrow(token);
    }
});
