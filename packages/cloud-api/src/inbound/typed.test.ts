import type { InboundContent } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { ofNumber } from "../testing/told-of.ts";

const base = { from: "5511999990000", id: "wamid.1", timestamp: "1750000001" };
const text = { ...base, type: "text", text: { body: "a" } };
const contentOf = (message: object): InboundContent | undefined => {
  const [event] = ofNumber("messages", { messages: [{ ...base, ...message }] });
  return event?.type === "message.received" ? event.data.content : undefined;
};

describe("where a message came from", () => {
  it("tells what the ad showed and how it greeted", () => {
    const referral = {
      source_type: "ad",
      media_type: "video",
      image_url: "https://scontent.example/i",
      video_url: "https://scontent.example/v",
      thumbnail_url: "https://scontent.example/t",
      welcome_message: { text: "Hi there!" },
    };
    expect(ofNumber("messages", { messages: [{ ...text, referral }] })).toMatchObject([
      {
        data: {
          referral: {
            sourceType: "ad",
            mediaType: "video",
            imageUrl: "https://scontent.example/i",
            videoUrl: "https://scontent.example/v",
            thumbnailUrl: "https://scontent.example/t",
            greeting: "Hi there!",
          },
        },
      },
    ]);
  });

  it("tells which product it asks about", () => {
    const context = { from: "15550001111", id: "wamid.0", referred_product: { catalog_id: 194836987003835, product_retailer_id: "di9" } };
    expect(ofNumber("messages", { messages: [{ ...text, context }] })).toMatchObject([
      { data: { replyTo: "wamid.0", product: { catalogId: "194836987003835", productId: "di9" } } },
    ]);
    const nameless = { ...text, context: { referred_product: { catalog_id: "1" } } };
    expect(ofNumber("messages", { messages: [nameless] })[0]?.data).not.toHaveProperty("product");
  });
});

describe("content that was raw only", () => {
  it.each<[object, object]>([
    [
      { response: "accept", is_permanent: false, expiration_timestamp: 1_750_500_000 },
      { accepted: true, permanent: false, until: 1_750_500_000_000 },
    ],
    [
      { response: "accept", is_permanent: true, response_source: "automatic" },
      { accepted: true, permanent: true, automatic: true },
    ],
    [
      { response: "reject", response_source: "user_action" },
      { accepted: false, automatic: false },
    ],
  ])("is a permission to call, or its refusal: %j", (call_permission_reply, content) => {
    const interactive = { type: "call_permission_reply", call_permission_reply };
    expect(contentOf({ type: "interactive", interactive })).toEqual({ kind: "call_permission_reply", ...content });
  });

  it("is no permission where the answer is one that nobody knows", () => {
    const interactive = { type: "call_permission_reply", call_permission_reply: { response: "later" } };
    expect(contentOf({ type: "interactive", interactive })).toEqual({ kind: "unknown", vendorType: "interactive.call_permission_reply" });
  });

  it("is a file of the past that has not come yet", () => {
    expect(contentOf({ type: "media_placeholder" })).toEqual({ kind: "media_placeholder" });
  });

  it("is what the message holds, where it does not name its type", () => {
    expect(contentOf({ location: { latitude: -8.05, longitude: -34.9, name: "Home" } })).toEqual({
      kind: "location",
      latitude: -8.05,
      longitude: -34.9,
      name: "Home",
    });
    expect(contentOf({ text: { body: "a" } })).toEqual({ kind: "text", text: "a" });
    expect(contentOf({ context: { id: "wamid.0" } })).toEqual({ kind: "unknown", vendorType: "none" });
    expect(contentOf({ errors: [{ title: "Unsupported" }] })).toEqual({ kind: "unsupported", reason: "Unsupported" });
  });

  it("is a card that its owner's phone wrote", () => {
    const vcard =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Souza;Ana;;;\r\nFN;CHARSET=UTF-8:Ana\\, Souza\r\nitem1.TEL;type=CELL;waid=5511999990000:+55 11 9\r\n 9999-0000\r\nEMAIL:ana@bakery.example\r\nORG:Bakery;Bread\r\nEND:VCARD";
    expect(contentOf({ type: "contacts", contacts: [{ origin: "other", vcard }] })).toEqual({
      kind: "contacts",
      contacts: [
        {
          name: { formatted: "Ana, Souza", first: "Ana", last: "Souza" },
          phones: [{ phone: "+55 11 99999-0000", type: "CELL", whatsappId: "5511999990000" }],
          emails: [{ email: "ana@bakery.example" }],
          organization: { company: "Bakery", department: "Bread" },
          vcard,
          requested: false,
        },
      ],
    });
  });

  it("is a card that was asked for, whose own fields count over those of its vCard", () => {
    const card = {
      name: { formatted_name: "Ana S." },
      phones: [{ phone: "+551" }],
      origin: "contact_request",
      vcard: "FN:Somebody\nTEL:1",
    };
    expect(contentOf({ type: "contacts", contacts: [card] })).toEqual({
      kind: "contacts",
      contacts: [{ name: { formatted: "Ana S." }, phones: [{ phone: "+551" }], vcard: "FN:Somebody\nTEL:1", requested: true }],
    });
    const born = (BDAY: string): unknown => contentOf({ type: "contacts", contacts: [{ vcard: `FN:A\nBDAY;VALUE=date:${BDAY}` }] });
    for (const day of ["1990-02-03", "19900203", "1990-02-03T00:00:00Z"]) {
      expect(born(day)).toMatchObject({ contacts: [{ birthday: "1990-02-03" }] });
    }
    expect(born("--0203")).toMatchObject({ contacts: [expect.not.objectContaining({ birthday: expect.anything() })] });
    const odd = "BEGIN:VCARD\nFN\n:x\n;;;\nTEL:\nFN:\n".repeat(2_000);
    expect(contentOf({ type: "contacts", contacts: [{ vcard: odd }] })).toMatchObject({ contacts: [{ name: { formatted: "" } }] });
  });
});
