import { isWadeskError, type OutboundContent } from "@wadesk/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messagePayload } from "./payload.ts";

const payload = (content: OutboundContent): unknown => messagePayload({ id: "msg_1", to: { phone: "+5511999990000" }, content });
const refusal = (content: OutboundContent): { readonly fields: readonly string[]; readonly message: string } => {
  try {
    payload(content);
  } catch (error) {
    if (isWadeskError(error, "content_invalid")) return { fields: error.issues.map(({ field }) => field), message: error.message };
    throw error;
  }
  return { fields: [], message: "accepted" };
};
const long = (length: number): string => "x".repeat(length);
const buttons = (count: number, title = "Yes"): { id: string; title: string }[] =>
  Array.from({ length: count }, (_, index) => ({ id: `b${index}`, title: `${title}${index}` }));
const rows = (count: number): { id: string; title: string }[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `R${index}` }));
const media = { url: "https://files.example/a" };
const list = (rest: Partial<Extract<OutboundContent, { kind: "list" }>>): OutboundContent => ({
  kind: "list",
  text: "?",
  button: "Open",
  sections: [{ rows: rows(1) }],
  ...rest,
});
const template = (rest: Partial<Extract<OutboundContent, { kind: "template" }>>): OutboundContent => ({
  kind: "template",
  name: "hello_world",
  language: "en_US",
  ...rest,
});

describe("what Meta would refuse is refused before it is sent", () => {
  it.each<[string, OutboundContent, OutboundContent, string, string]>([
    ["an empty text", { kind: "text", text: "a" }, { kind: "text", text: " " }, "content.text", "must not be empty"],
    [
      "a long text",
      { kind: "text", text: long(4096) },
      { kind: "text", text: long(4097) },
      "content.text",
      "has 4097 characters; Meta takes at most 4096",
    ],
    [
      "a link that is none",
      { kind: "image", media },
      { kind: "image", media: { url: "file:///etc/passwd" } },
      "content.media.url",
      "http:// or https://",
    ],
    [
      "a long caption",
      { kind: "video", media, caption: long(1024) },
      { kind: "video", media, caption: long(1025) },
      "content.caption",
      "at most 1024",
    ],
    [
      "a caption on audio",
      { kind: "audio", media },
      { kind: "audio", media, caption: "c" },
      "content.caption",
      "send the text as its own message",
    ],
    [
      "a place off the globe",
      { kind: "location", latitude: 90, longitude: -180 },
      { kind: "location", latitude: 90.1, longitude: 0 },
      "content.latitude",
      "between -90 and 90",
    ],
    [
      "no card",
      { kind: "contacts", contacts: [{ name: { formatted: "A" } }] },
      { kind: "contacts", contacts: [] },
      "content.contacts",
      "1 to",
    ],
    [
      "a birthday in words",
      { kind: "contacts", contacts: [{ name: { formatted: "A" }, birthday: "1990-01-02" }] },
      { kind: "contacts", contacts: [{ name: { formatted: "A" }, birthday: "2 Jan" }] },
      "content.contacts.0.birthday",
      "YYYY-MM-DD",
    ],
    [
      "a fourth button",
      { kind: "buttons", text: "?", buttons: buttons(3) },
      { kind: "buttons", text: "?", buttons: buttons(4) },
      "content.buttons",
      "use a list",
    ],
    [
      "a long button",
      { kind: "buttons", text: "?", buttons: buttons(1, long(19)) },
      { kind: "buttons", text: "?", buttons: buttons(1, long(20)) },
      "content.buttons.0.title",
      "at most 20",
    ],
    [
      "two buttons of one id",
      { kind: "buttons", text: "?", buttons: buttons(2) },
      { kind: "buttons", text: "?", buttons: [...buttons(1), { id: "b0", title: "No" }] },
      "content.buttons",
      'repeat the id "b0"',
    ],
    [
      "an eleventh row",
      list({ sections: [{ rows: rows(10) }] }),
      list({ sections: [{ rows: rows(11) }] }),
      "content.sections",
      "11 rows together",
    ],
    ["a list's long button", list({ button: long(20) }), list({ button: long(21) }), "content.button", "at most 20"],
    [
      "an untitled section beside another",
      list({ sections: [{ rows: rows(1) }] }),
      list({ sections: [{ title: "a", rows: rows(1) }, { rows: [{ id: "z", title: "Z" }] }] }),
      "content.sections.1.title",
      "required where there are several",
    ],
    ["a long header", list({ header: long(60) }), list({ header: long(61) }), "content.header.text", "at most 60"],
    [
      "a link button to nowhere",
      { kind: "cta_url", text: "a", label: "b", url: "https://a.example" },
      { kind: "cta_url", text: "a", label: "b", url: "a.example" },
      "content.url",
      "http:// or https://",
    ],
    ["a template's shown name", template({}), template({ name: "Hello World" }), "content.name", "lower-case letters"],
    ["a language in words", template({ language: "pt_BR" }), template({ language: "Portuguese (BR)" }), "content.language", "e.g. en_US"],
    [
      "parameters half named",
      template({ body: [{ type: "text", text: "a", name: "x" }] }),
      template({
        body: [
          { type: "text", text: "a", name: "x" },
          { type: "text", text: "b" },
        ],
      }),
      "content.body",
      "name all parameters or none",
    ],
    [
      "an image in a template's body",
      template({ header: { type: "image", media } }),
      template({ body: [{ type: "image", media }] }),
      "content.body.0.type",
      "belongs in the header",
    ],
    ...["two\nlines", "a\r\nb", "a\tb", "a     b"].map((value): [string, OutboundContent, OutboundContent, string, string] => [
      `${JSON.stringify(value)} in a template's body`,
      template({ body: [{ type: "text", text: "a    b" }] }),
      template({ body: [{ type: "text", text: value }] }),
      "content.body.0.text",
      "must not have a line break, a tab or more than four spaces in a row; put the value on one line",
    ]),
    [
      "a line break in a named parameter of a template's header",
      template({ header: { type: "text", text: "a b", name: "who" } }),
      template({ header: { type: "text", text: "a\nb", name: "who" } }),
      "content.header.text",
      "must not have a line break",
    ],
    [
      "a line break at the end of a template's link",
      template({ buttons: [{ type: "url", index: 0, value: "7" }] }),
      template({ buttons: [{ type: "url", index: 0, value: "7\n" }] }),
      "content.buttons.0.value",
      "must not have a line break",
    ],
    [
      "a code to copy that is too long",
      template({ buttons: [{ type: "copy_code", index: 0, value: long(20) }] }),
      template({ buttons: [{ type: "copy_code", index: 0, value: long(21) }] }),
      "content.buttons.0.value",
      "at most 20",
    ],
    [
      "a button beyond the tenth",
      template({ buttons: [{ type: "url", index: 9, value: "x" }] }),
      template({ buttons: [{ type: "url", index: 10, value: "x" }] }),
      "content.buttons.0.index",
      "0 to 9",
    ],
  ])("%s", (_name, accepted, refused, field, message) => {
    expect(refusal(accepted)).toEqual({ fields: [], message: "accepted" });
    expect(refusal(refused)).toEqual({ fields: [field], message: expect.stringContaining(message) });
    expect(refusal(refused).message).toContain(`${field}: `);
  });

  it("names everything that is wrong at once, and counts characters as people do", () => {
    expect(refusal({ kind: "buttons", text: "", buttons: [], footer: long(61) }).fields).toEqual([
      "content.buttons",
      "content.text",
      "content.footer",
    ]);
    expect(refusal({ kind: "buttons", text: "?", buttons: [{ id: "a", title: "😀".repeat(20) }] }).message).toBe("accepted");
  });
});

describe("what is sent", () => {
  it("is a template with its parameters in Meta's shapes", () => {
    const content = template({
      header: { type: "location", latitude: 1.5, longitude: 2, name: "n", address: "a" },
      body: [
        { type: "text", text: "a" },
        { type: "currency", code: "BRL", amount: 10.5, fallback: "R$ 10,50" },
        { type: "date", fallback: "today" },
      ],
      buttons: [{ type: "copy_code", index: 0, value: "SAVE" }],
    });
    expect(payload(content)).toMatchObject({
      type: "template",
      template: {
        name: "hello_world",
        language: { code: "en_US" },
        components: [
          { type: "header", parameters: [{ type: "location", location: { latitude: "1.5", longitude: "2", name: "n", address: "a" } }] },
          {
            type: "body",
            parameters: [
              { type: "text", text: "a" },
              { type: "currency", currency: { fallback_value: "R$ 10,50", code: "BRL", amount_1000: 10_500 } },
              { type: "date_time", date_time: { fallback_value: "today" } },
            ],
          },
          { type: "button", sub_type: "copy_code", index: "0", parameters: [{ type: "coupon_code", coupon_code: "SAVE" }] },
        ],
      },
    });
    expect(payload(template({}))).toMatchObject({ template: { name: "hello_world", language: { code: "en_US" } } });
    expect(JSON.stringify(payload(template({})))).not.toContain("components");
  });

  it("takes Meta's own id of a file before its link", () => {
    expect(payload({ kind: "image", media: { id: "9", url: "https://lookaside.example/9" } })).toMatchObject({ image: { id: "9" } });
  });

  it("never holds a field without a value, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 50 }), fc.option(fc.string(), { nil: undefined }), (text, replyTo) => {
        fc.pre(text.trim() !== "");
        const sent = messagePayload({
          id: "m",
          to: { userId: "BR.1" },
          content: { kind: "text", text },
          ...(replyTo !== undefined && { replyTo }),
        });
        expect(JSON.parse(JSON.stringify(sent))).toEqual(sent);
      }),
    );
  });
});
