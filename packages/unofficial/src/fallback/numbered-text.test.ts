import { describe, expect, it } from "vitest";
import { type Interactive, numberedText } from "./numbered-text.ts";

const written = (content: Interactive): readonly [unknown, readonly unknown[]] => {
  const { content: plain, options } = numberedText(content);
  return [plain.kind === "text" ? plain.text.split("\n") : plain, options];
};

describe("interactive content as text", () => {
  it("numbers buttons", () => {
    const buttons = [
      { id: "yes", title: "Yes" },
      { id: "no", title: "No" },
    ];
    expect(written({ kind: "buttons", text: "Shall we?", buttons, header: { type: "text", text: "Lunch" }, footer: "Acme" })).toEqual([
      ["*Lunch*", "", "Shall we?", "", "1. Yes", "2. No", "", "_Acme_"],
      buttons.map((each) => ({ kind: "button_reply", ...each })),
    ]);
  });

  it("stands under the picture of its header", () => {
    const content: Interactive = {
      kind: "buttons",
      text: "This one?",
      buttons: [{ id: "yes", title: "Yes" }],
      header: { type: "document", media: { id: "m1" }, fileName: "offer.pdf" },
    };
    expect(written(content)).toMatchObject([
      { kind: "document", media: { id: "m1" }, fileName: "offer.pdf", caption: "This one?\n\n1. Yes" },
      [{ id: "yes" }],
    ]);
  });

  it("numbers the rows of a list through all of its sections", () => {
    const sections = [
      { title: "Warm", rows: [{ id: "soup", title: "Soup", description: "Of the day" }] },
      { title: "Cold", rows: [{ id: "salad", title: "Salad" }] },
    ];
    expect(written({ kind: "list", text: "Pick", button: "Menu", sections })).toEqual([
      ["Pick", "", "*Warm*", "1. Soup – Of the day", "", "*Cold*", "2. Salad"],
      [
        { kind: "list_reply", id: "soup", title: "Soup", description: "Of the day" },
        { kind: "list_reply", id: "salad", title: "Salad" },
      ],
    ]);
  });

  it("writes a link beside its label, and has nothing to choose then", () => {
    expect(written({ kind: "cta_url", text: "See it", label: "Open", url: "https://example.com/7" })).toEqual([
      ["See it", "", "Open: https://example.com/7"],
      [],
    ]);
  });

  it("fills a template's text by place and by name, and numbers its quick replies", () => {
    const content: Interactive = {
      kind: "template",
      name: "order_shipped",
      language: "en",
      text: "Hi {{1}}, {{ total }} by {{3}}. {{9}}",
      header: { type: "text", text: "Order" },
      body: [
        { type: "text", text: "Ana" },
        { type: "currency", code: "BRL", amount: 12.5, fallback: "R$ 12,50", name: "total" },
        { type: "date", fallback: "Friday" },
      ],
      buttons: [
        { type: "url", index: 0, value: "track/7" },
        { type: "quick_reply", index: 1, value: "stop-orders", title: "Stop" },
      ],
    };
    expect(written(content)).toEqual([
      ["*Order*", "", "Hi Ana, R$ 12,50 by Friday. {{9}}", "", "1. Stop"],
      [{ kind: "button_reply", id: "stop-orders", title: "Stop" }],
    ]);
  });

  it("a template without its text is refused, naming what is missing", () => {
    const template: Interactive = {
      kind: "template",
      name: "hello",
      language: "en",
      buttons: [{ type: "quick_reply", index: 0, value: "stop" }],
    };
    expect(() => numberedText(template)).toThrow(
      expect.objectContaining({
        code: "content_invalid",
        issues: [expect.objectContaining({ field: "content.text" }), expect.objectContaining({ field: "content.buttons.0.title" })],
      }),
    );
  });
});
