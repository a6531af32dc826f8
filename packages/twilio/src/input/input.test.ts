import { isWadeskError } from "@wadesk/core";
import type { Schema } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { type TwilioChannel, twilio } from "../twilio.ts";

const accountSid = "AC0123456789abcdef0123456789abcdef";
const authToken = "0123456789abcdef0123456789abcdef";
const from = "+15550001111";
const own = { mode: "production", accountSid, authToken, from };
const { input, settings } = twilio();
const taken = async (value: unknown, schema: Schema<unknown> = input): Promise<unknown> => {
  const result = await schema["~standard"].validate(value);
  return "value" in result ? result.value : "refused";
};
const issuesOf = async (value: unknown, schema: Schema<unknown> = input): Promise<readonly string[]> => {
  const result = await schema["~standard"].validate(value);
  return "issues" in result ? result.issues.map(({ path, message }) => `${path?.join(".")}: ${message}`) : [];
};

describe("what a person types", () => {
  it("is taken as it is, with blanks as nothing and the number as E.164", async () => {
    expect(await taken(own)).toEqual(own);
    expect(await taken({ ...own, from: " whatsapp:+1 (555) 000-1111 " })).toEqual(own);
    expect(await taken({ mode: "sandbox", accountSid: " ", authToken: "", from: "" })).toEqual({ mode: "sandbox" });
    expect(await taken({ mode: "production" })).toEqual({ mode: "production" });
    expect(await taken({ mode: "sandbox", accountSid, authToken })).toEqual({ mode: "sandbox", accountSid, authToken });
  });

  it.each<[object, string]>([
    [{ mode: undefined }, 'mode: must be "sandbox" or "production"'],
    [{ mode: "live" }, 'mode: must be "sandbox" or "production"'],
    [{ authToken: "" }, "authToken: is missing; paste the primary Auth Token"],
    [{ accountSid: "" }, "accountSid: is missing; paste the Account SID"],
    [{ accountSid: undefined }, "accountSid: is missing"],
    [{ from: "" }, "from: is missing; paste the number of the WhatsApp sender"],
    [{ from: "15550001111" }, "from: must be the sender's number as"],
    [{ accountSid: "SK0123456789abcdef0123456789abcdef" }, "accountSid: this is an API key"],
    [{ accountSid: authToken }, "accountSid: this looks like the Auth Token"],
    [{ accountSid: "AC123" }, "accountSid: must be AC and 32 characters"],
    [{ authToken: accountSid }, "authToken: this is the Account SID"],
    [{ authToken: "0123 4567" }, "authToken: has white space inside"],
  ])("is refused with field and fix: %j", async (change, message) => {
    expect(await issuesOf({ ...own, ...change })).toContainEqual(expect.stringContaining(message));
  });
});

describe("an admin's change of the settings", () => {
  it("is taken in part or whole", async () => {
    const change = {
      accountSid,
      authToken: ["a", "b"],
      senders: [{ workspaceId: "acme", number: from }],
      webhookUrl: "https://x.example/in",
    };
    expect(await taken(change, settings.schema)).toEqual(change);
    const senders = [{ workspaceId: " acme ", number: "whatsapp:+1 555 000 1111" }];
    expect(await taken({ senders }, settings.schema)).toEqual({ senders: [{ workspaceId: "acme", number: from }] });
  });

  it.each<[object, string]>([
    [{ accountSid: "AC1" }, "accountSid: must be AC and 32 characters"],
    [{ authToken: [""] }, "authToken.0: the Auth Token must not be empty"],
    [{ authToken: ["a b"] }, "authToken.0: the Auth Token has white space in it"],
    [{ senders: [{ workspaceId: "", number: from }] }, "senders.0.workspaceId: must name a workspace"],
    [{ senders: [{ workspaceId: "acme", number: "555" }] }, "senders.0.number: must be the sender's number"],
    [{ senders: [{ workspaceId: "acme", number: from, extra: 1 }] }, "senders.0"],
    [{ webhookUrl: "ftp://x" }, "webhookUrl: must be an http(s) address"],
  ])("is refused with field and fix: %j", async (change, message) => {
    expect((await issuesOf(change, settings.schema)).join()).toContain(message);
  });
});

describe("the channel's options", () => {
  it("are trimmed, and empty secrets are none", () => {
    const channel = twilio({
      accountSid: ` ${accountSid} `,
      authToken: [" a ", ""],
      senders: [{ workspaceId: " acme ", number: "+1 555 000 1111" }],
    });
    expect(channel.settings.defaults).toEqual({ accountSid, authToken: ["a"], senders: [{ workspaceId: "acme", number: from }] });
    expect(twilio().settings.defaults).toEqual({ authToken: [], senders: [] });
  });

  it("are refused when they cannot work", () => {
    const refusal = (options: Parameters<typeof twilio>[0]): string => {
      try {
        twilio(options);
        return "accepted";
      } catch (error) {
        return isWadeskError(error, "configuration_invalid") ? error.message : String(error);
      }
    };
    expect(refusal({ apiUrl: "http://127.0.0.1:9/", webhookUrl: "https://x.example/in", timeoutMs: 1 })).toBe("accepted");
    expect(refusal({ accountSid: "AC1" })).toContain("accountSid must be AC and 32 characters");
    expect(refusal({ webhookUrl: "x" })).toContain("webhookUrl must be an http(s) address");
    expect(refusal({ apiUrl: "ftp://x" })).toContain("apiUrl must be an http(s) address");
    expect(refusal({ senders: [{ workspaceId: "acme", number: "555" }] })).toContain('senders.0.number must be "+" with country code');
    expect(refusal({ senders: [{ workspaceId: " ", number: from }] })).toContain("senders.0.workspaceId must name a workspace");
    expect(refusal({ retryDelayMs: -1 })).toContain("retryDelayMs must be milliseconds");
  });

  it("say what is missing once the admin's account is begun, each with its remedy", () => {
    const missing = (channel: TwilioChannel): readonly string[] =>
      channel.settings.missing?.(channel.settings.defaults, 1_780_000_000_000) ?? [];
    expect(missing(twilio())).toEqual([]);
    expect(missing(twilio({ accountSid, authToken, senders: [{ workspaceId: "acme", number: from }] }))).toEqual([]);
    expect(missing(twilio({ accountSid }))).toEqual([expect.stringContaining("no authToken"), expect.stringContaining("no senders")]);
    expect(missing(twilio({ authToken }))).toEqual([expect.stringContaining("no accountSid"), expect.stringContaining("no senders")]);
  });
});

it("the admin's account is lent to a workspace with each number that is assigned to it, once it is whole", () => {
  const senders = [
    { workspaceId: "acme", number: from },
    { workspaceId: "rival", number: "+15550002222" },
  ];
  const lentTo = (options: Parameters<typeof twilio>[0], workspaceId: string): readonly string[] => {
    const channel = twilio(options);
    return channel.lent?.(channel.settings.defaults, workspaceId) ?? [];
  };
  expect(lentTo({ accountSid, authToken, senders }, "acme")).toEqual([from]);
  expect(lentTo({ accountSid, authToken, senders }, "other")).toEqual([]);
  expect(lentTo({ accountSid, senders }, "acme")).toEqual([]);
});
