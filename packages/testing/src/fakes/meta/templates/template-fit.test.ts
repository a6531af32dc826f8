import { describe, expect, it } from "vitest";
import { type Answer, openWorld } from "../../../testing/open-world.ts";
import type { NewTemplate } from "../fake-meta.ts";

type Component = Readonly<Record<string, unknown>>;

const BODY: Component = { type: "BODY", text: "Hi" };
const text = (value: string): Component => ({ type: "text", text: value });
const action = (value: object): Component => ({ type: "action", action: value });
const buttons = (...list: readonly Component[]): Component => ({ type: "BUTTONS", buttons: list });
const button = (sub_type: string, parameters?: readonly Component[], index = 0): Component => ({
  type: "button",
  sub_type,
  index,
  ...(parameters && { parameters }),
});
const sections = (count: number): object[] => [
  { title: "Bread", product_items: Array.from({ length: count }, (_, index) => ({ product_retailer_id: `sku-${index}` })) },
];
const mpm = (count: number, rest: object = { thumbnail_product_retailer_id: "sku-0" }): Component =>
  button("mpm", [action({ ...rest, sections: sections(count) })]);
const image: Component = { type: "header", parameters: [{ type: "image", image: { link: "https://a.example/a.png" } }] };
const product: Component = {
  type: "header",
  parameters: [{ type: "product", product: { product_retailer_id: "sku-0", catalog_id: "44" } }],
};
const cards = (format: string, ...more: readonly Component[]): Component => ({
  type: "CAROUSEL",
  cards: [0, 1].map(() => ({ components: [{ type: "HEADER", format }, ...more] })),
});
const filled = (components: readonly Component[], ...indices: readonly number[]): Component => ({
  type: "carousel",
  cards: indices.map((card_index) => ({ card_index, components })),
});
const link = buttons({ type: "URL", text: "See", url: "https://a.example/{{1}}" });
const offer = (rest: object = { has_expiration: true }): Component => ({
  type: "LIMITED_TIME_OFFER",
  limited_time_offer: { text: "Today", ...rest },
});
const expires: Component = {
  type: "limited_time_offer",
  parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: 1_780_000_000_000 } }],
};
const otp: readonly Component[] = [
  { type: "BODY", add_security_recommendation: true },
  buttons({ type: "OTP", otp_type: "COPY_CODE", text: "Copy" }),
];
const code = (value: string): readonly Component[] => [{ type: "body", parameters: [text(value)] }, button("url", [text(value)])];

async function send(components: readonly Component[], given: readonly Component[], rest: Partial<NewTemplate> = {}): Promise<Answer> {
  const world = await openWorld();
  world.meta.addTemplate({ wabaId: world.wabaId, name: "one", components, ...rest });
  return world.send({ type: "template", template: { name: "one", language: { code: "en_US" }, components: given } });
}

describe("a template's button", () => {
  it.each<[string, Component, readonly Component[]]>([
    ["a flow that is named", { type: "FLOW", text: "Book", flow_id: "9" }, [button("flow")]],
    [
      "a flow with its token",
      { type: "FLOW", text: "Book", flow_id: "9" },
      [button("flow", [action({ flow_token: "t", flow_action_data: {} })])],
    ],
    ["thirty products", { type: "MPM", text: "See" }, [mpm(30)]],
    ["a catalog", { type: "CATALOG", text: "See" }, []],
    [
      "a catalog with its thumbnail",
      { type: "CATALOG", text: "See" },
      [button("CATALOG", [action({ thumbnail_product_retailer_id: "sku-0" })])],
    ],
    ["a quick reply", { type: "QUICK_REPLY", text: "Yes" }, []],
    ["a call within a time", { type: "VOICE_CALL", text: "Call" }, [button("voice_call", [{ type: "ttl_minutes", ttl_minutes: 60 }])]],
    [
      "a code of twenty characters",
      { type: "COPY_CODE", example: "A" },
      [button("copy_code", [{ type: "coupon_code", coupon_code: "x".repeat(20) }])],
    ],
  ])("is filled: %s", async (_, approved, given) => {
    const { status, body } = await send([BODY, buttons(approved)], given);
    expect([status, body.error]).toEqual([200, undefined]);
  });

  it.each<[string, Component, readonly Component[], number]>([
    ["a flow that is not named", { type: "FLOW", text: "Book", flow_id: "9" }, [], 131009],
    ["products that are not named", { type: "MPM", text: "See" }, [], 131008],
    ["thirty-one products", { type: "MPM", text: "See" }, [mpm(31)], 100],
    ["products without their thumbnail", { type: "MPM", text: "See" }, [mpm(1, {})], 100],
    ["an order without its details", { type: "ORDER_DETAILS", text: "Pay" }, [], 131008],
    [
      "a code of 21 characters",
      { type: "COPY_CODE", example: "A" },
      [button("copy_code", [{ type: "coupon_code", coupon_code: "x".repeat(21) }])],
      100,
    ],
    ["a number to call", { type: "PHONE_NUMBER", text: "Call", phone_number: "+15550001111" }, [button("url", [text("7")])], 100],
    ["a line break in a link", { type: "URL", text: "See", url: "https://a.example/{{1}}" }, [button("url", [text("7\n")])], 132018],
  ])("is refused: %s", async (_, approved, given, expected) => {
    const { status, body } = await send([BODY, buttons(approved)], given);
    expect([status, body.error.code]).toEqual([400, expected]);
  });
});

describe("a template's cards", () => {
  it.each<[string, Component, readonly Component[]]>([
    ["with pictures", cards("IMAGE"), [filled([image], 0, 1)]],
    ["with products", cards("PRODUCT", buttons({ type: "SPM", text: "See" })), [filled([product], 1, 0)]],
    [
      "with texts and links",
      cards("IMAGE", { type: "BODY", text: "For {{1}}" }, link),
      [filled([image, { type: "body", parameters: [text("Ana")] }, button("url", [text("7")])], 0, 1)],
    ],
  ])("are filled %s", async (_, approved, given) => {
    const { status, body } = await send([BODY, approved], given);
    expect([status, body.error]).toEqual([200, undefined]);
  });

  it.each<[string, Component, readonly Component[], number]>([
    ["left away", cards("IMAGE"), [], 131008],
    ["of another number", cards("IMAGE"), [filled([image], 0)], 132012],
    ["of the same place", cards("IMAGE"), [filled([image], 0, 0)], 131008],
    ["without their pictures", cards("IMAGE"), [filled([], 0, 1)], 132000],
    ["with a picture for a product", cards("PRODUCT"), [filled([image], 0, 1)], 132012],
    ["without the end of their links", cards("IMAGE", link), [filled([image], 0, 1)], 131008],
    ["that the template does not have", BODY, [filled([image], 0, 1)], 132012],
    ["that are no cards", cards("IMAGE"), [{ type: "carousel", cards: [{ components: [image] }, 7] }], 100],
  ])("are refused %s", async (_, approved, given, expected) => {
    const { status, body } = await send([BODY, approved], given);
    expect([status, body.error.code]).toEqual([400, expected]);
  });
});

describe("a template", () => {
  it("shows a product above its text", async () => {
    const approved = [{ type: "HEADER", format: "PRODUCT" }, BODY];
    expect((await send(approved, [product])).status).toBe(200);
    expect((await send(approved, [image])).body.error.code).toBe(132012);
    expect((await send(approved, [])).body.error.code).toBe(132000);
  });

  it("wants the end of its offer where it has one", async () => {
    expect((await send([BODY, offer()], [expires])).status).toBe(200);
    expect((await send([BODY, offer({})], [])).status).toBe(200);
    expect((await send([BODY, offer()], [])).body.error.code).toBe(131008);
    expect((await send([BODY], [expires])).body.error.code).toBe(132012);
  });

  it("takes a code of fifteen characters in its text and its button", async () => {
    expect((await send(otp, code("x".repeat(15)), { category: "AUTHENTICATION" })).status).toBe(200);
    expect((await send(otp, code("x".repeat(16)), { category: "AUTHENTICATION" })).body.error.code).toBe(132018);
    expect((await send(otp, [code("1")[0] ?? {}], { category: "AUTHENTICATION" })).body.error.code).toBe(131008);
    expect((await send(otp, [code("1")[1] ?? {}], { category: "AUTHENTICATION" })).body.error.code).toBe(132000);
  });
});
