import type { Contact, OutboundContent } from "@wadesk/core";
import { isWadeskError } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { type MessagePayload, messagePayload } from "./payload.ts";

const ANA: Contact = { phone: "+5511999990000" };
const HX = `HX${"0a".repeat(16)}`;
const URL_OF_FILE = "https://files.example/a.pdf";
const payload = (content: OutboundContent, to: Contact = ANA, statusCallback?: string): MessagePayload =>
  messagePayload({ id: "msg_1", to, content, replyTo: "SM0" }, { number: "+15550001111", statusCallback });
const refusal = (content: OutboundContent, to?: Contact): string => {
  try {
    payload(content, to);
    return "taken";
  } catch (error) {
    return isWadeskError(error) ? `${error.code} ${error.message}` : String(error);
  }
};
const ends = { from: "whatsapp:+15550001111", to: "whatsapp:+5511999990000" };
const text: OutboundContent = { kind: "text", text: "Hello" };

describe("a message as Twilio takes it", () => {
  it.each<[OutboundContent, object]>([
    [{ kind: "text", text: "See https://a.example", preview: true }, { body: "See https://a.example" }],
    [
      { kind: "image", media: { url: URL_OF_FILE }, caption: "c" },
      { mediaUrl: [URL_OF_FILE], body: "c" },
    ],
    [{ kind: "video", media: { url: URL_OF_FILE, id: "ME1" } }, { mediaUrl: [URL_OF_FILE] }],
    [{ kind: "audio", media: { url: URL_OF_FILE }, voice: true }, { mediaUrl: [URL_OF_FILE] }],
    [{ kind: "document", media: { url: URL_OF_FILE }, fileName: "bill.pdf" }, { mediaUrl: [URL_OF_FILE] }],
    [{ kind: "sticker", media: { url: URL_OF_FILE } }, { mediaUrl: [URL_OF_FILE] }],
    [
      { kind: "location", latitude: -23.55, longitude: -46.63, name: "Sé", address: "Praça da Sé" },
      { body: "Sé", persistentAction: ["geo:-23.55,-46.63|Praça da Sé"] },
    ],
    [
      { kind: "location", latitude: 0.00000004, longitude: 10 },
      { body: "0,10", persistentAction: ["geo:0,10"] },
    ],
    [
      { kind: "location", latitude: 1, longitude: 2, name: "Here" },
      { body: "Here", persistentAction: ["geo:1,2|Here"] },
    ],
    [{ kind: "template", name: HX, language: "en" }, { contentSid: HX }],
    [
      {
        kind: "template",
        name: HX,
        language: "en",
        body: [
          { type: "text", text: "Ana" },
          { type: "currency", code: "BRL", amount: 10, fallback: "R$10" },
          { type: "date", fallback: "Monday" },
          { type: "image", media: { url: URL_OF_FILE } },
        ],
      },
      { contentSid: HX, contentVariables: JSON.stringify({ 1: "Ana", 2: "R$10", 3: "Monday", 4: URL_OF_FILE }) },
    ],
    [
      {
        kind: "template",
        name: HX,
        language: "en",
        header: { type: "text", text: "Hi", name: "greeting" },
        body: [{ type: "text", text: "Ana", name: "name" }],
      },
      { contentSid: HX, contentVariables: JSON.stringify({ name: "Ana", greeting: "Hi" }) },
    ],
  ])("%j", (content, fields) => {
    expect(payload(content)).toEqual({ ...ends, ...fields });
  });

  it("goes by phone where there is one, else by business-scoped id, and carries the status callback", () => {
    expect(payload(text, { userId: "BR.1A2b" }).to).toBe("whatsapp:BR.1A2b");
    expect(payload(text, { userId: "US.ENT.77" }).to).toBe("whatsapp:US.ENT.77");
    expect(payload(text, { userId: "BR.1A2b", phone: "+5511999990000" }).to).toBe(ends.to);
    expect(payload(text, ANA, "https://chat.example/in")).toEqual({ ...ends, body: "Hello", statusCallback: "https://chat.example/in" });
    for (const to of [{ lid: "1@lid" }, { phone: "5511" }, { userId: "+5511999990000" }, { userId: "BR.1 2" }]) {
      expect(refusal(text, to)).toMatch(/^recipient_invalid/);
    }
  });

  it.each<[OutboundContent, RegExp]>([
    [{ kind: "text", text: " " }, /content.text|text: must not be empty/],
    [{ kind: "text", text: "x".repeat(1601) }, /text: has 1601 characters; Twilio takes at most 1600/],
    [{ kind: "image", media: { id: "1" } }, /media.url: is missing; Twilio takes files by their URL/],
    [{ kind: "image", media: { url: "ftp://x" } }, /media.url: must be a link/],
    [{ kind: "image", media: { url: URL_OF_FILE }, caption: "" }, /caption: must not be empty/],
    [{ kind: "document", media: { url: URL_OF_FILE }, caption: "c" }, /caption: a message of kind document has no caption at Twilio/],
    [{ kind: "audio", media: { url: URL_OF_FILE }, caption: "c" }, /send the text as its own message/],
    [{ kind: "location", latitude: 91, longitude: 181 }, /latitude: must be degrees.*longitude: must be degrees/],
    [{ kind: "template", name: "order_ready", language: "en" }, /name: must be the template's ContentSid/],
    [
      { kind: "template", name: HX, language: "en", buttons: [{ type: "url", index: 0, value: "7" }] },
      /buttons: cannot be filled by their place; .*body's parameters/,
    ],
    [{ kind: "template", name: HX, language: "en", header: { type: "text", text: "Hi" } }, /header: needs the name of its variable/],
    [
      {
        kind: "template",
        name: HX,
        language: "en",
        body: [
          { type: "text", text: "a", name: "one" },
          { type: "text", text: "b" },
        ],
      },
      /body: name all parameters or none/,
    ],
    [
      { kind: "template", name: HX, language: "en", body: [{ type: "text", text: "two\nlines" }] },
      /body.0.text: must not have a line break/,
    ],
    [
      { kind: "template", name: HX, language: "en", body: [{ type: "location", latitude: 1, longitude: 1 }] },
      /body.0.type: a place is part of the template/,
    ],
    [{ kind: "template", name: HX, language: "en", body: [{ type: "image", media: { id: "1" } }] }, /body.0.media.url: is missing/],
    [{ kind: "reaction", messageId: "SM1", emoji: "👍" }, /^content_unsupported .*"reaction"/],
  ])("is refused with field and fix: %j", (content, message) => {
    expect(refusal(content)).toMatch(message);
  });

  it("counts characters as a person does", () => {
    expect(refusal({ kind: "text", text: "😀".repeat(1600) })).toBe("taken");
    expect(refusal({ kind: "text", text: "😀".repeat(1601) })).toMatch(/1601 characters/);
  });
});
