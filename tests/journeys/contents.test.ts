import type { InboundContent, OutboundContent, OutboundKind } from "@wadesk/core";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "./world/open-world.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const link = (name: string) => ({ url: `https://files.example.com/${name}` });

/** What Meta has no word for, and what is said of it. */
const NONE = {
  poll: [{ kind: "poll", question: "Soup?", options: ["Yes", "No"] }],
  pin: [{ kind: "pin", messageId: "wamid.1", pinned: true }],
  forward: [{ kind: "forward", messageId: "wamid.1" }],
  edit: [{ kind: "edit", messageId: "wamid.1", text: "Hello" }],
  delete: [{ kind: "delete", messageId: "wamid.1" }],
} as const satisfies Partial<Record<OutboundKind, readonly OutboundContent[]>>;

/** Each kind of content with everything it may carry; a kind without a row does not compile. */
const CONTENTS: Readonly<Record<Exclude<OutboundKind, keyof typeof NONE>, readonly OutboundContent[]>> = {
  text: [
    { kind: "text", text: "Hello 👋 https://example.com", preview: true },
    { kind: "text", text: "x".repeat(4096) },
  ],
  image: [{ kind: "image", media: link("a.png"), caption: "A picture" }],
  video: [{ kind: "video", media: link("a.mp4"), caption: "A film" }],
  audio: [{ kind: "audio", media: link("a.ogg") }],
  document: [{ kind: "document", media: link("bill.pdf"), fileName: "bill.pdf", caption: "Your bill" }],
  sticker: [{ kind: "sticker", media: link("a.webp") }],
  location: [
    { kind: "location", latitude: -23.56, longitude: -46.65, name: "Acme", address: "Avenida Paulista 1000" },
    { kind: "location", latitude: 0, longitude: 0 },
  ],
  contacts: [
    {
      kind: "contacts",
      contacts: [
        {
          name: { formatted: "Ana Souza", first: "Ana", last: "Souza" },
          phones: [{ phone: "+5511999990000", type: "WORK", whatsappId: "5511999990000" }],
          emails: [{ email: "ana@example.com", type: "WORK" }],
          organization: { company: "Acme", department: "Sales", title: "Head" },
          urls: [{ url: "https://example.com", type: "WORK" }],
          addresses: [
            { street: "Rua A 1", city: "São Paulo", state: "SP", zip: "01000-000", country: "Brazil", countryCode: "br", type: "WORK" },
          ],
          birthday: "1990-02-28",
        },
      ],
    },
  ],
  // the id is put in by the test
  reaction: [
    { kind: "reaction", messageId: "", emoji: "👍" },
    { kind: "reaction", messageId: "" },
  ],
  template: [
    {
      kind: "template",
      name: "order_shipped",
      language: "pt_BR",
      header: { type: "document", media: link("bill.pdf"), fileName: "bill.pdf" },
      body: [
        { type: "text", text: "Ana" },
        { type: "currency", code: "BRL", amount: 12.5, fallback: "R$ 12,50" },
        { type: "date", fallback: "24 de novembro" },
      ],
      buttons: [
        { type: "url", index: 0, value: "track/7" },
        { type: "quick_reply", index: 1, value: "stop-orders" },
      ],
    },
  ],
  buttons: [
    {
      kind: "buttons",
      text: "Shall we?",
      header: { type: "image", media: link("a.png") },
      footer: "Acme",
      buttons: [
        { id: "yes", title: "Yes" },
        { id: "no", title: "No" },
        { id: "later", title: "Ask me later" },
      ],
    },
  ],
  list: [
    {
      kind: "list",
      text: "Pick one",
      button: "Menu",
      header: "Our menu",
      footer: "Acme",
      sections: [
        { title: "Warm", rows: [{ id: "soup", title: "Soup", description: "Of the day" }] },
        { title: "Cold", rows: [{ id: "salad", title: "Salad" }] },
      ],
    },
  ],
  cta_url: [
    { kind: "cta_url", text: "See it", label: "Open", url: "https://example.com/orders/7", header: { type: "text", text: "Order 7" } },
  ],
};

async function openTalk() {
  const world = await openWorld();
  const acme = world.wadesk.workspace("acme");
  await acme.connect("cloud-api", world.account.input);
  world.meta.addTemplate({
    wabaId: world.account.wabaId,
    name: "order_shipped",
    language: "pt_BR",
    components: [
      { type: "HEADER", format: "DOCUMENT" },
      { type: "BODY", text: "Oi {{1}}, {{2}} até {{3}}" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "URL", text: "Track", url: "https://example.com/{{1}}" },
          { type: "QUICK_REPLY", text: "Stop" },
        ],
      },
    ],
  });
  const ana = world.meta.addContact({ phone: "+5511999990000" });
  const greeting = ana.send(world.account.numberId, { type: "text", text: { body: "Hi" } });
  await world.meta.settled();
  return { ...world, acme, ana, to: ana.phone ?? "", greeting };
}

describe("every kind of content", () => {
  it.each(Object.entries(CONTENTS))("%s is taken by Meta as it stands, and read", async (kind, contents) => {
    const { acme, meta, to, greeting } = await openTalk();
    for (const content of contents) {
      const whole = content.kind === "reaction" ? { ...content, messageId: greeting } : content;
      const sent = await acme.send({ to, content: whole });
      await meta.settled();
      expect([content.kind, (await acme.message(sent.id))?.status]).toEqual([kind, "read"]);
    }
    expect(meta.exchanges.filter(({ operation, response }) => operation.endsWith("/messages") && response.status !== 200)).toEqual([]);
  });

  it("is what the channel says that it can send", async () => {
    const { wadesk } = await openTalk();
    expect(wadesk.inbound.sources.map(({ kind }) => kind)).toEqual(["cloud-api"]);
    expect(Object.keys(CONTENTS).sort()).toEqual(
      [
        "text",
        "image",
        "video",
        "audio",
        "document",
        "sticker",
        "location",
        "contacts",
        "reaction",
        "template",
        "buttons",
        "list",
        "cta_url",
      ].sort(),
    );
  });

  it("of a voice note climbs one step more, when it was played", async () => {
    const { acme, meta, to } = await openTalk();
    const sent = await acme.send({ to, content: { kind: "audio", media: link("a.ogg"), voice: true } });
    await meta.settled();
    expect((await acme.message(sent.id))?.status).toBe("played");
  });

  it("goes by media id too, that of a file which came in", async () => {
    const { acme, meta, wadesk, ana, account, to } = await openTalk();
    const got = Promise.withResolvers<InboundContent>();
    wadesk.process("message.received", ({ data: { content } }) => got.resolve(content));
    ana.sendFile(account.numberId, { type: "image", bytes: PNG, mimeType: "image/png", caption: "Look" });
    const content = await got.promise;
    expect(content).toMatchObject({ kind: "image", caption: "Look", media: { id: expect.any(String), mimeType: "image/png" } });
    if (content.kind !== "image" || content.media.id === undefined) throw new Error("no media id");
    const sent = await acme.send({ to, content: { kind: "image", media: { id: content.media.id } } });
    await meta.settled();
    expect([meta.sent.at(-1)?.payload.image, (await acme.message(sent.id))?.status]).toEqual([{ id: content.media.id }, "read"]);
  });
});

describe("what a person answers", () => {
  const REPLIES: readonly [string, { readonly type: string; readonly [field: string]: unknown }, object][] = [
    [
      "a button",
      { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "yes", title: "Yes" } } },
      { kind: "button_reply", id: "yes", title: "Yes" },
    ],
    [
      "a row of a list",
      { type: "interactive", interactive: { type: "list_reply", list_reply: { id: "soup", title: "Soup", description: "Of the day" } } },
      { kind: "list_reply", id: "soup", title: "Soup", description: "Of the day" },
    ],
    [
      "a template's quick reply",
      { type: "button", button: { payload: "stop-orders", text: "Stop" } },
      { kind: "button_reply", id: "stop-orders", title: "Stop" },
    ],
    ["a place", { type: "location", location: { latitude: 1.5, longitude: -2.5 } }, { kind: "location", latitude: 1.5, longitude: -2.5 }],
    ["something that nobody knows yet", { type: "hologram", hologram: { depth: 3 } }, { kind: "unknown", vendorType: "hologram" }],
  ];

  it.each(REPLIES)("%s arrives as content of its own kind, with the vendor's item beside it", async (_what, message, content) => {
    const { wadesk, ana, account, meta } = await openTalk();
    const got: unknown[] = [];
    wadesk.process("message.received", ({ data }) => void got.push(data));
    const id = ana.send(account.numberId, message);
    await meta.settled();
    expect(got).toMatchObject([{ messageId: id, content, raw: { id, type: message.type } }]);
  });
});

describe("content that Meta has no word for", () => {
  it.each([
    ...Object.values(NONE).map(([content]) => [content.kind, content] as const),
    ["mentions", { kind: "text", text: "Hello @1", mentions: [{ phone: "+1" }] }] as const,
    ["viewOnce", { kind: "image", media: link("a.png"), viewOnce: true }] as const,
  ])("is refused before anybody is asked: %s", async (word, content) => {
    const { acme, to, meta } = await openTalk();
    const unsupported = { code: "content_unsupported", message: expect.stringContaining(word) };
    await expect(acme.send({ to, content })).rejects.toMatchObject(unsupported);
    // a channel that has what could be text has no use for text
    await expect(acme.send({ to, content, fallback: "text" })).rejects.toMatchObject(unsupported);
    expect(meta.sent).toEqual([]);
  });

  it("neither has a group to write to", async () => {
    const { acme, meta } = await openTalk();
    const content = { kind: "text", text: "Hello all" } as const;
    await expect(acme.send({ to: { groupId: "1" }, content })).rejects.toMatchObject({ code: "content_unsupported" });
    await expect(acme.groups.list()).rejects.toMatchObject({ code: "content_unsupported" });
    expect(meta.sent).toEqual([]);
  });
});

describe("content that Meta would refuse", () => {
  const refused: readonly [string, OutboundContent, string, string][] = [
    ["a text of 4097 characters", { kind: "text", text: "x".repeat(4097) }, "content_invalid", "content.text"],
    [
      "a button whose title is too long",
      { kind: "buttons", text: "Ok?", buttons: [{ id: "a", title: "x".repeat(21) }] },
      "content_invalid",
      "content.buttons",
    ],
    ["a template that does not exist", { kind: "template", name: "no_such", language: "en_US" }, "template_not_found", ""],
  ];

  it.each(refused)("%s is refused with the field or the reason, and nothing is kept of it", async (_what, content, code, field) => {
    const world: World & { readonly to: string } = await openTalk();
    const acme = world.wadesk.workspace("acme");
    const request = { to: world.to, content, idempotencyKey: "order-1" };
    await expect(acme.send(request)).rejects.toMatchObject({ code });
    if (field !== "") await expect(acme.send(request)).rejects.toThrow(field);
    expect(world.meta.sent).toEqual([]);
    // its key is free for the message that is right
    await acme.send({ ...request, content: { kind: "text", text: "x".repeat(4096) } });
    expect(world.meta.sent).toHaveLength(1);
  });
});
