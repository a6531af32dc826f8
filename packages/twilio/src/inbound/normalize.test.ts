import type { InboundContent } from "@wadesk/core";
import type { InboundEvent } from "@wadesk/core/ports";
import { describe, expect, it } from "vitest";
import { normalizeTwilio } from "./normalize.ts";

const accountSid = "AC0123456789abcdef0123456789abcdef";
const sid = "SM0123456789abcdef0123456789abcdef";
const route = `twilio:${accountSid}:+15550001111`;
const base = {
  SmsMessageSid: sid,
  SmsSid: sid,
  MessageSid: sid,
  SmsStatus: "received",
  AccountSid: accountSid,
  From: "whatsapp:+5511999990000",
  To: "whatsapp:+15550001111",
  WaId: "5511999990000",
  NumMedia: "0",
  NumSegments: "1",
  ReferralNumMedia: "0",
  ApiVersion: "2010-04-01",
};
const told = (fields: Record<string, string>): readonly InboundEvent[] => normalizeTwilio({ ...base, ...fields });
const contentOf = (fields: Record<string, string>): InboundContent => {
  const [event] = told(fields);
  if (event?.type !== "message.received") throw new Error(`${event?.type} came instead`);
  return event.data.content;
};
const file = (type: string, more: Record<string, string> = {}): Record<string, string> => ({
  NumMedia: "1",
  MediaUrl0: "https://api.twilio.com/m0",
  MediaContentType0: type,
  Body: "",
  ...more,
});

describe("a message that came in", () => {
  it("tells who wrote what to which number, with the parameters untouched", () => {
    const fields = { ...base, MessageType: "text", Body: "Olá", ProfileName: "Ana", ExternalUserId: "whatsapp:BR.1A2b" };
    const events = normalizeTwilio(fields);
    expect(events).toEqual([
      {
        key: `${route}|+5511999990000|+5511999990000|${sid}`,
        route,
        orderKey: `${route}|BR.1A2b`,
        phoneOrderKey: `${route}|+5511999990000`,
        type: "message.received",
        at: 0,
        data: {
          messageId: sid,
          contact: { phone: "+5511999990000", userId: "BR.1A2b", name: "Ana" },
          content: { kind: "text", text: "Olá" },
          raw: fields,
        },
      },
    ]);
    expect(normalizeTwilio(new URLSearchParams(fields))).toEqual(events);
    expect(normalizeTwilio(fields, 1_780_000_000_000)).toMatchObject([{ at: 1_780_000_000_000 }]);
  });

  it("names a person who hides the phone by business-scoped id, wherever Twilio writes it", () => {
    const { WaId: _none, ...hidden } = { ...base, Body: "Oi" };
    const written = { ...hidden, From: "whatsapp:BR.1A2b", ExternalUserId: "whatsapp:BR.1A2b" };
    expect(normalizeTwilio(written)).toMatchObject([{ key: `${route}|BR.1A2b|BR.1A2b|${sid}`, data: { contact: { userId: "BR.1A2b" } } }]);
    expect(normalizeTwilio({ ...hidden, From: "", ExternalUserId: "whatsapp:BR.1A2b" })).toMatchObject([
      { data: { contact: { userId: "BR.1A2b" } } },
    ]);
    expect(told({ From: "", Body: "Oi" })).toMatchObject([{ data: { contact: { phone: "+5511999990000" } } }]);
  });

  it("tells what it answers, that it was forwarded, and which ad led here", () => {
    const referral = { ReferralSourceUrl: "https://fb.me/1", ReferralSourceId: "7", ReferralSourceType: "ad", ReferralCtwaClid: "clk" };
    const said = { ReferralHeadline: "Sale", ReferralBody: "Half price" };
    expect(told({ Body: "Oi", OriginalRepliedMessageSid: "SM9", Forwarded: "true", ...referral, ...said })).toMatchObject([
      {
        data: {
          replyTo: "SM9",
          forwarded: true,
          referral: { sourceUrl: "https://fb.me/1", sourceId: "7", sourceType: "ad", clickId: "clk", headline: "Sale", body: "Half price" },
        },
      },
    ]);
    expect(told({ Body: "Oi", FrequentlyForwarded: "true" })).toMatchObject([{ data: { forwarded: true } }]);
    const [plain] = told({ Body: "Oi", Forwarded: "false" });
    expect(Object.keys(plain?.data ?? {}).sort()).toEqual(["contact", "content", "messageId", "raw"]);
  });

  it.each([
    ["image/jpeg", { mediaType: "image", imageUrl: "https://api.twilio.com/ad" }],
    ["video/mp4", { mediaType: "video", videoUrl: "https://api.twilio.com/ad" }],
    ["", { imageUrl: "https://api.twilio.com/ad" }],
    ["application/pdf", { mediaType: "application" }],
  ])("tells what the ad showed, though it is all that is told of the ad: %s", (type, referral) => {
    const shown = { ReferralNumMedia: "1", ReferralMediaUrl: "https://api.twilio.com/ad", ReferralMediaContentType: type };
    expect(told({ Body: "Oi", ...shown })).toMatchObject([{ data: { referral } }]);
    expect(told({ Body: "Oi", ReferralNumMedia: "0", ReferralMediaUrl: "" })[0]?.data).not.toHaveProperty("referral");
  });

  it.each<[string, Record<string, string>, InboundContent]>([
    ["text without a type", { Body: "Oi" }, { kind: "text", text: "Oi" }],
    [
      "button",
      { MessageType: "interactive", Body: "Yes", ButtonText: "Yes", ButtonPayload: "y" },
      { kind: "button_reply", id: "y", title: "Yes" },
    ],
    ["button without payload", { Body: "Yes", ButtonText: "Yes" }, { kind: "button_reply", id: "Yes", title: "Yes" }],
    [
      "list",
      { MessageType: "interactive", Body: "One", ListId: "1", ListTitle: "One", ListDescription: "first" },
      { kind: "list_reply", id: "1", title: "One", description: "first" },
    ],
    ["list without title", { ListId: "1" }, { kind: "list_reply", id: "1", title: "1" }],
    [
      "form",
      { MessageType: "interactive", Body: "Done", InteractiveData: '{"a":1}' },
      { kind: "flow_reply", response: { a: 1 }, text: "Done" },
    ],
    ["form told as FlowData", { MessageType: "interactive", FlowData: '{"a":1}' }, { kind: "flow_reply", response: { a: 1 } }],
    [
      "form told as both",
      { MessageType: "interactive", InteractiveData: '{"type":"nfm_reply"}', FlowData: '{"a":1}' },
      { kind: "flow_reply", response: { a: 1 } },
    ],
    [
      "form whose number has more digits than JavaScript keeps",
      { InteractiveData: '{"order":9007199254740993}' },
      { kind: "flow_reply", response: { order: "9007199254740993" } },
    ],
    [
      "form under its other name",
      { MessageType: "interactive", Body: "Done", FlowData: '{"a":1}' },
      { kind: "flow_reply", response: { a: 1 }, text: "Done" },
    ],
    ["form that is no JSON", { InteractiveData: "{" }, { kind: "flow_reply", response: "{" }],
    [
      "form nested too deep",
      { InteractiveData: "[".repeat(5000) + "]".repeat(5000) },
      { kind: "flow_reply", response: "[".repeat(5000) + "]".repeat(5000) },
    ],
    [
      "location",
      { MessageType: "location", Latitude: "-23.5", Longitude: "-46.6", Label: "Sé", Address: "São Paulo" },
      { kind: "location", latitude: -23.5, longitude: -46.6, name: "Sé", address: "São Paulo" },
    ],
    ["location at 0, 0", { Latitude: "0", Longitude: "0" }, { kind: "location", latitude: 0, longitude: 0 }],
    ["unsupported", { MessageType: "unsupported" }, { kind: "unsupported", vendorType: "unsupported" }],
    ["new type", { MessageType: "hologram", Body: "Oi" }, { kind: "unknown", vendorType: "hologram" }],
    ["nothing at all", {}, { kind: "unknown", vendorType: "none" }],
  ])("reads a %s", (_name, fields, content) => {
    expect(contentOf(fields)).toEqual(content);
  });

  const media = (mimeType: string) => ({ url: "https://api.twilio.com/m0", mimeType });
  it.each<[string, Record<string, string>, InboundContent]>([
    ["image with caption", file("image/jpeg", { Body: "See" }), { kind: "image", media: media("image/jpeg"), caption: "See" }],
    ["video", file("video/mp4", { MessageType: "video" }), { kind: "video", media: media("video/mp4") }],
    ["audio", file("audio/ogg", { MessageType: "audio" }), { kind: "audio", media: media("audio/ogg") }],
    ["sticker", file("image/webp", { MessageType: "sticker" }), { kind: "sticker", media: media("image/webp") }],
    [
      "document, whose name stands in Body",
      file("application/pdf", { MessageType: "document", Body: "bill.pdf" }),
      { kind: "document", media: media("application/pdf"), fileName: "bill.pdf" },
    ],
    [
      "image sent as a document",
      file("image/png", { MessageType: "document", Body: "a.png" }),
      { kind: "document", media: media("image/png"), fileName: "a.png" },
    ],
    ["file of no known type", file(""), { kind: "document", media: { url: "https://api.twilio.com/m0" } }],
    [
      "contact, whose card is a file",
      file("text/vcard", { MessageType: "contacts", Body: "Ana.vcf" }),
      { kind: "contacts", contacts: [{ name: { formatted: "Ana" }, urls: [{ url: "https://api.twilio.com/m0", type: "text/vcard" }] }] },
    ],
  ])("reads a file: %s", (_name, fields, content) => {
    expect(contentOf(fields)).toEqual(content);
  });

  it("is one event for each of its files, and one for all of its contacts", () => {
    const fields = {
      ...file("image/png", { Body: "both" }),
      NumMedia: "2",
      MediaUrl1: "https://api.twilio.com/m1",
      MediaContentType1: "image/png",
    };
    const events = told(fields);
    expect(events.map(({ key }) => key.slice(key.lastIndexOf("|") + 1))).toEqual([sid, "1"]);
    expect(events).toMatchObject([
      { data: { messageId: sid, content: { media: { url: "https://api.twilio.com/m0" }, caption: "both" } } },
      { data: { messageId: sid, content: { media: { url: "https://api.twilio.com/m1" } } } },
    ]);
    const cards = { ...file("text/vcard"), NumMedia: "2", MediaUrl1: "https://api.twilio.com/m1", MediaContentType1: "text/x-vcard" };
    expect(told(cards)).toMatchObject([{ data: { content: { kind: "contacts", contacts: [{}, {}] } } }]);
    expect(told({ ...fields, NumMedia: "1000000000" })).toHaveLength(2);
  });
});

describe("what this channel has no word for", () => {
  it("becomes an event with the raw parameters, on a route that no other tenant has", () => {
    const sms = { ...base, From: "+5511999990000", To: "+15550001111", Body: "an SMS" };
    expect(normalizeTwilio(sms)).toMatchObject([{ type: "event.unknown", route: `twilio:${accountSid}`, data: { raw: sms } }]);
    expect(normalizeTwilio(sms)[0]).not.toHaveProperty("scope");
    const status = told({ MessageStatus: "teleported", From: "whatsapp:+15550001111", To: "whatsapp:+5511999990000" });
    expect(status).toMatchObject([{ type: "event.unknown", route, data: { field: "teleported" } }]);
  });

  it("keeps its key on redelivery, in whichever order the fields come, and differs from what says something else", () => {
    const keyOf = (fields: Record<string, string>): string | undefined => normalizeTwilio(fields)[0]?.key;
    const one = { AccountSid: accountSid, EventType: "X", Value: "1" };
    expect(keyOf(Object.fromEntries(Object.entries(one).reverse()))).toBe(keyOf(one));
    expect(keyOf({ ...one, Value: "2" })).not.toBe(keyOf(one));
  });

  it("is refused as body_invalid only where no account is named", () => {
    expect(told({})).toHaveLength(1);
    for (const AccountSid of ["", "AC1", `${accountSid}0`]) expect(() => told({ AccountSid })).toThrow(/names no account/);
  });
});
