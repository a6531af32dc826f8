import type { InboundEvent } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { normalizeTwilio } from "./normalize.ts";

const accountSid = "AC0123456789abcdef0123456789abcdef";
const sid = "SM0123456789abcdef0123456789abcdef";
const route = `twilio:${accountSid}:+15550001111`;
const told = (status: string, fields: Record<string, string> = {}): readonly InboundEvent[] =>
  normalizeTwilio({
    SmsSid: sid,
    SmsStatus: status,
    MessageStatus: status,
    ChannelToAddress: "+551199999XXXX",
    To: "whatsapp:+5511999990000",
    ChannelPrefix: "whatsapp",
    MessageSid: sid,
    AccountSid: accountSid,
    From: "whatsapp:+15550001111",
    ApiVersion: "2010-04-01",
    ...fields,
  });

describe("what became of a sent message", () => {
  it.each([
    ["queued", "queued"],
    ["accepted", "queued"],
    ["sending", "queued"],
    ["scheduled", "queued"],
    ["sent", "sent"],
    ["partially_delivered", "sent"],
    ["delivered", "delivered"],
    ["read", "read"],
  ])("reads %s as %s, with the recipient and a key by SID and status", (theirs, ours) => {
    const [event] = told(theirs);
    expect(event).toMatchObject({
      key: `${route}|+5511999990000|+5511999990000|${sid}|${theirs}`,
      route,
      orderKey: `${route}|+5511999990000`,
      type: "message.status",
      data: { messageId: sid, status: ours, contact: { phone: "+5511999990000" } },
    });
    expect(event?.data).not.toHaveProperty("failure");
  });

  it("names the recipient by business-scoped id where there is no phone", () => {
    expect(told("sent", { To: "whatsapp:BR.1A2b", ExternalUserId: "whatsapp:BR.1A2b" })).toMatchObject([
      { key: `${route}|BR.1A2b|BR.1A2b|${sid}|sent`, data: { contact: { userId: "BR.1A2b" } } },
    ]);
  });

  it.each(["failed", "undelivered"])("reads %s as a failure, with its reason by the same table as an API answer", (status) => {
    expect(told(status, { ErrorCode: "63016", ErrorMessage: "outside the window" })).toMatchObject([
      {
        key: `${route}|+5511999990000|+5511999990000|${sid}|${status}`,
        data: {
          status: "failed",
          failure: {
            code: "window_closed",
            remedy: "change-request",
            vendor: { vendor: "twilio", code: 63016, message: "outside the window" },
          },
        },
      },
    ]);
    expect(told(status, { ChannelStatusMessage: "131026: no" })).toMatchObject([
      { data: { failure: { code: "provider_refused", vendor: { message: "131026: no" } } } },
    ]);
  });

  it("reads canceled as a failure that says so, for it will not be sent any more", () => {
    expect(told("canceled")).toMatchObject([
      {
        key: `${route}|+5511999990000|+5511999990000|${sid}|canceled`,
        type: "message.status",
        data: { status: "failed", failure: { code: "provider_refused", message: expect.stringContaining("canceled before it was sent") } },
      },
    ]);
    expect(told("canceled")[0]).not.toHaveProperty("health");
  });

  it("turns the connection where the account is locked or banned, and nowhere else", () => {
    expect(told("failed", { ErrorCode: "30002" })).toMatchObject([{ health: { type: "failed", code: "locked" } }]);
    expect(told("failed", { ErrorCode: "63112" })).toMatchObject([{ health: { type: "failed", code: "banned" } }]);
    expect(told("failed", { ErrorCode: "63007" })[0]).not.toHaveProperty("health");
    expect(told("delivered")[0]).not.toHaveProperty("health");
  });
});
