import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../testing/open-world.ts";

const TEXT = { type: "text", text: { body: "Hello" } };
const BUTTONS = {
  type: "button",
  body: { text: "Shall we?" },
  action: { buttons: [{ type: "reply", reply: { id: "yes", title: "Yes" } }] },
};
const LIST = {
  type: "list",
  header: { type: "text", text: "Menu" },
  body: { text: "Choose" },
  action: { button: "Open", sections: [{ rows: [{ id: "bread", title: "Bread" }] }] },
};
const LINK = {
  type: "cta_url",
  body: { text: "Track it" },
  action: { name: "cta_url", parameters: { display_text: "Track", url: "https://a.example" } },
};
const card = { name: { formatted_name: "Ana Souza", first_name: "Ana" }, phones: [{ phone: "+55 11 99999-0000", type: "CELL" }] };

const ACCEPTED: Readonly<Record<string, object>> = {
  "text without a type": { text: { body: "Hello", preview_url: true } },
  image: { type: "image", image: { link: "https://a.example/a.png", caption: "A" } },
  video: { type: "video", video: { link: "https://a.example/a.mp4" } },
  audio: { type: "audio", audio: { link: "https://a.example/a.ogg", voice: true } },
  document: { type: "document", document: { link: "https://a.example/a.pdf", filename: "a.pdf" } },
  sticker: { type: "sticker", sticker: { link: "https://a.example/a.webp" } },
  location: { type: "location", location: { latitude: -23.5, longitude: "-46.6", name: "Shop" } },
  contacts: { type: "contacts", contacts: [card] },
  buttons: { type: "interactive", interactive: BUTTONS },
  list: { type: "interactive", interactive: LIST },
  link: { type: "interactive", interactive: LINK },
  template: { type: "template", template: { name: "hello_world", language: { code: "en_US" } } },
  "own data": { ...TEXT, biz_opaque_callback_data: "order-7" },
};

const row = (id: string) => ({ id, title: `Row ${id}` });
const REFUSED: readonly (readonly [string, object])[] = [
  ["an unknown type", { type: "poem", poem: {} }],
  ["a type whose content is absent", { type: "image" }],
  ["content of another type beside it", { ...TEXT, image: { link: "https://a.example/a.png" } }],
  ["a key that fits no header", { ...TEXT, "prioridade 👍": 1 }],
  ["an unknown key", { ...TEXT, priority: "high" }],
  ["text that is blank", { type: "text", text: { body: " " } }],
  ["text of 4097 characters", { type: "text", text: { body: "a".repeat(4097) } }],
  ["text that is a number", { type: "text", text: { body: 7 } }],
  ["a preview that is a word", { type: "text", text: { body: "Hello", preview_url: "yes" } }],
  ["a file by id and by link", { type: "image", image: { id: "1", link: "https://a.example/a.png" } }],
  ["a file by neither", { type: "image", image: { caption: "A" } }],
  ["a file by a link that is none", { type: "image", image: { link: "a.png" } }],
  ["a file by an unknown id", { type: "image", image: { id: "1013859600285441" } }],
  ["a caption on an audio", { type: "audio", audio: { link: "https://a.example/a.ogg", caption: "A" } }],
  ["a file name on an image", { type: "image", image: { link: "https://a.example/a.png", filename: "a.png" } }],
  ["a latitude of 91", { type: "location", location: { latitude: 91, longitude: 0 } }],
  ["no address cards", { type: "contacts", contacts: [] }],
  ["a card with a formatted name only", { type: "contacts", contacts: [{ name: { formatted_name: "Ana" } }] }],
  [
    "four buttons",
    {
      type: "interactive",
      interactive: { ...BUTTONS, action: { buttons: ["a", "b", "c", "d"].map((id) => ({ type: "reply", reply: row(id) })) } },
    },
  ],
  [
    "two buttons of one id",
    {
      type: "interactive",
      interactive: { ...BUTTONS, action: { buttons: ["A", "B"].map((title) => ({ type: "reply", reply: { id: "a", title } })) } },
    },
  ],
  [
    "a button title of 21 characters",
    {
      type: "interactive",
      interactive: { ...BUTTONS, action: { buttons: [{ type: "reply", reply: { id: "a", title: "a".repeat(21) } }] } },
    },
  ],
  ["buttons without a body", { type: "interactive", interactive: { type: "button", action: BUTTONS.action } }],
  [
    "eleven rows",
    {
      type: "interactive",
      interactive: {
        ...LIST,
        action: {
          button: "Open",
          sections: [
            { title: "A", rows: "abcdef".split("").map(row) },
            { title: "B", rows: "ghijk".split("").map(row) },
          ],
        },
      },
    },
  ],
  [
    "two sections of which one has no title",
    {
      type: "interactive",
      interactive: { ...LIST, action: { button: "Open", sections: [{ title: "A", rows: [row("a")] }, { rows: [row("b")] }] } },
    },
  ],
  [
    "a list with an image above it",
    { type: "interactive", interactive: { ...LIST, header: { type: "image", image: { link: "https://a.example/a.png" } } } },
  ],
  [
    "a link that is none",
    { type: "interactive", interactive: { ...LINK, action: { name: "cta_url", parameters: { display_text: "Track", url: "a.example" } } } },
  ],
  ["an unknown interactive type", { type: "interactive", interactive: { ...BUTTONS, type: "poem" } }],
  ["own data of 513 characters", { ...TEXT, biz_opaque_callback_data: "a".repeat(513) }],
  ["a reply to a message of no chat", { ...TEXT, context: { message_id: "wamid.nowhere" } }],
  ["a group that does not exist", { ...TEXT, recipient_type: "group" }],
  ["a recipient type that does not exist", { ...TEXT, recipient_type: "crowd" }],
  ["no product", { ...TEXT, messaging_product: undefined }],
  ["another product", { ...TEXT, messaging_product: "messenger" }],
];

const listening = async (): Promise<World> => {
  const world = await openWorld();
  world.ana.send(world.numberId, { type: "text", text: { body: "Oi" } });
  await world.meta.settled();
  return world;
};

describe("sending", () => {
  it.each(Object.entries(ACCEPTED))("accepts %s, and the person reads it", async (_, message) => {
    const world = await listening();
    const { status, body } = await world.send({ ...message });
    expect(status).toBe(200);
    await world.meta.settled();
    expect(world.meta.sent).toMatchObject([
      { id: body.messages[0].id, status: "type" in message && message.type === "audio" ? "played" : "read" },
    ]);
  });

  it.each(REFUSED)("refuses %s, at once and with Meta's envelope", async (_, message) => {
    const world = await listening();
    expect((await world.send(TEXT)).status).toBe(200);
    const refused = await world.send({ ...message });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({ type: "OAuthException", code: expect.any(Number), fbtrace_id: expect.any(String) });
    await world.meta.settled();
    expect(world.meta.sent).toHaveLength(1);
  });

  it("refuses a body that is no JSON, and does not see one that does not say that it is", async () => {
    const { call, numberId } = await openWorld();
    const json = { "content-type": "application/json" };
    expect((await call(`${numberId}/messages`, { method: "POST", headers: json, body: "{" })).body.error.code).toBe(100);
    const unseen = await call(`${numberId}/messages`, { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" });
    expect(unseen.body.error.message).toBe("(#100) The parameter messaging_product is required.");
  });

  it("takes a reply to a message of the chat, and a reaction to it", async () => {
    const { send, meta, ana, numberId } = await listening();
    const id = ana.send(numberId, { type: "text", text: { body: "And now?" } });
    expect((await send({ ...TEXT, context: { message_id: id } })).status).toBe(200);
    expect((await send({ type: "reaction", reaction: { message_id: id, emoji: "👍" } })).status).toBe(200);
    expect((await send({ type: "reaction", reaction: { message_id: "wamid.nowhere", emoji: "👍" } })).status).toBe(200);
    await meta.settled();
    expect(meta.sent.map(({ status }) => status)).toEqual(["read", "read", "failed"]);
    expect(meta.sent[2]?.statuses.at(-1)).toMatchObject({ code: 131009 });
  });

  it("marks a message as read and shows that an answer is being typed", async () => {
    const { call, meta, numberId } = await listening();
    const id = meta.received[0]?.id;
    const mark = { messaging_product: "whatsapp", status: "read", message_id: id, typing_indicator: { type: "text" } };
    expect(await call(`${numberId}/messages`, { json: mark })).toMatchObject({ status: 200, body: { success: true } });
    expect(meta.received[0]).toMatchObject({ readAt: expect.any(Number), typingShown: true });
    for (const wrong of [{ message_id: "wamid.nowhere" }, { status: "delivered" }, { typing_indicator: {} }, { to: "+5511999990000" }]) {
      expect((await call(`${numberId}/messages`, { json: { ...mark, ...wrong } })).status).toBe(400);
    }
  });

  it("marks what the person wrote before as read too", async () => {
    const { call, meta, ana, numberId } = await listening();
    const bia = meta.addContact({ name: "Bia" });
    bia.send(numberId, { type: "text", text: { body: "Oi" } });
    const id = ana.send(numberId, { type: "text", text: { body: "And now?" } });
    ana.send(numberId, { type: "text", text: { body: "Well?" } });
    await call(`${numberId}/messages`, { json: { messaging_product: "whatsapp", status: "read", message_id: id } });
    expect(meta.received.map(({ readAt }) => readAt !== undefined)).toEqual([true, false, true, false]);
  });
});

describe("templates", () => {
  const components = [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "Hi {{1}}, your order {{2}} left." },
    { type: "BUTTONS", buttons: [{ type: "URL", text: "Track", url: "https://a.example/{{1}}" }] },
  ];
  const image = { type: "header", parameters: [{ type: "image", image: { link: "https://a.example/a.png" } }] };
  const body = (...texts: readonly string[]) => ({ type: "body", parameters: texts.map((text) => ({ type: "text", text })) });
  const url = { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "7" }] };
  const right = { name: "order_left", language: { code: "pt_BR" }, components: [image, body("Ana", "7"), url] };

  it.each([
    ["of another language", { ...right, language: { code: "en_US" } }, 132001],
    ["with one value too few", { ...right, components: [image, body("Ana"), url] }, 132000],
    [
      "with a text where the image goes",
      { ...right, components: [{ type: "header", parameters: [{ type: "text", text: "A" }] }, body("Ana", "7"), url] },
      132012,
    ],
    ["with a line break in a value", { ...right, components: [image, body("Ana\nSouza", "7"), url] }, 132018],
    ["without the end of its link", { ...right, components: [image, body("Ana", "7")] }, 131008],
    ["with a button that it does not have", { ...right, components: [image, body("Ana", "7"), url, { ...url, index: 1 }] }, 132012],
  ])("are refused %s", async (_, template, code) => {
    const world = await openWorld();
    world.meta.addTemplate({ wabaId: world.wabaId, name: "order_left", language: "pt_BR", components });
    expect((await world.send({ type: "template", template: right })).body.messages[0].message_status).toBe("accepted");
    expect((await world.send({ type: "template", template })).body.error.code).toBe(code);
  });

  it.each([
    ["PAUSED", 132015],
    ["DISABLED", 132016],
    ["PENDING", 132001],
  ] as const)("are refused while %s", async (status, code) => {
    const world = await openWorld();
    const { id } = world.meta.addTemplate({ wabaId: world.wabaId, name: "order_left", language: "pt_BR", components });
    expect((await world.send({ type: "template", template: right })).status).toBe(200);
    world.meta.setTemplateStatus(id, status);
    await world.meta.settled();
    expect(world.heard.at(-1)?.body).toContain(`"event":"${status}"`);
    expect((await world.send({ type: "template", template: right })).body.error).toMatchObject({
      code,
      error_data: { messaging_product: "whatsapp" },
    });
  });

  it("want values by name where they were approved by name", async () => {
    const world = await openWorld();
    world.meta.addTemplate({ wabaId: world.wabaId, name: "named", components: [{ type: "BODY", text: "Hi {{first_name}}" }] });
    const send = (parameter: object) =>
      world.send({
        type: "template",
        template: { name: "named", language: { code: "en_US" }, components: [{ type: "body", parameters: [parameter] }] },
      });
    expect((await send({ type: "text", parameter_name: "first_name", text: "Ana" })).status).toBe(200);
    expect((await send({ type: "text", text: "Ana" })).body.error.code).toBe(100);
  });
});
