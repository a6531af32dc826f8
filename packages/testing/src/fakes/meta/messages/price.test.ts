import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../testing/open-world.ts";

const TEXT = { type: "text", text: { body: "Hello" } };
const TEMPLATE = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };
const HOUR = 3_600_000;
const FREE = { billable: false, pricing_model: "PMP", category: "service", type: "free_customer_service" };
const PAID = { ...FREE, billable: true, type: "regular" };
const ENTRY = { ...FREE, category: "referral_conversion", type: "free_entry_point" };
const AD = { ...TEXT, referral: { source_type: "ad", source_id: "7", ctwa_clid: "c" } };

interface Status {
  readonly status: string;
  readonly pricing?: object;
}

/** What the statuses said that came of sending this, each with its price. */
async function pricesOf(world: World, message: object): Promise<readonly (readonly [string, object | undefined])[]> {
  const before = world.heard.length;
  await world.send({ ...message });
  await world.meta.settled();
  const values = world.heard.slice(before).map(({ body }) => JSON.parse(body).entry[0].changes[0].value);
  return values.flatMap(({ statuses }) => statuses as readonly Status[]).map(({ status, pricing }) => [status, pricing]);
}

const open = async (freeServiceMessages?: number): Promise<World & { readonly writes: (message?: typeof TEXT) => Promise<void> }> => {
  const world = await openWorld();
  const number = world.meta.addNumber({ wabaId: world.wabaId, ...(freeServiceMessages !== undefined && { freeServiceMessages }) });
  const send: World["send"] = (rest) =>
    world.call(`${number.id}/messages`, { json: { messaging_product: "whatsapp", to: world.ana.phone, ...rest } });
  const writes = async (message = TEXT): Promise<void> => {
    world.ana.send(number.id, message);
    await world.meta.settled();
  };
  return { ...world, send, writes };
};

describe("the price of a message since October 2026", () => {
  it("stands in the sent status and in the first of delivered and read", async () => {
    const world = await open();
    await world.writes();
    expect(await pricesOf(world, TEXT)).toEqual([
      ["sent", FREE],
      ["delivered", FREE],
      ["read", undefined],
    ]);
    const voice = await pricesOf(world, { type: "audio", audio: { link: "https://a.example/a.ogg", voice: true } });
    expect(voice.map(([status, price]) => [status, price !== undefined])).toEqual([
      ["sent", true],
      ["delivered", true],
      ["read", false],
      ["played", false],
    ]);
  });

  it("is nothing for a number's first thousand service messages of a month, and then is one", async () => {
    const world = await open(2);
    await world.writes();
    const prices = async () => (await pricesOf(world, TEXT))[0]?.[1];
    expect([await prices(), await prices(), await prices()]).toEqual([FREE, FREE, PAID]);
    // the manual clock stands in June
    await world.time.advance(31 * 24 * HOUR);
    await world.writes();
    expect(await prices()).toEqual(FREE);
  });

  it("is one for a template, inside the window too", async () => {
    const world = await open();
    expect((await pricesOf(world, TEMPLATE))[0]?.[1]).toEqual({ ...PAID, category: "utility" });
    await world.writes();
    expect((await pricesOf(world, TEMPLATE))[0]?.[1]).toEqual({ ...PAID, category: "utility" });
  });

  it("is nothing for 72 hours after an answer to somebody who came by an ad", async () => {
    const world = await open(0);
    await world.writes(AD);
    await world.time.advance(23 * HOUR);
    expect((await pricesOf(world, TEXT))[0]?.[1]).toEqual(ENTRY);
    await world.time.advance(71 * HOUR);
    expect((await pricesOf(world, TEMPLATE))[0]?.[1]).toEqual(ENTRY);
    await world.time.advance(HOUR);
    expect((await pricesOf(world, TEMPLATE))[0]?.[1]).toEqual({ ...PAID, category: "utility" });
  });

  it("lets nothing arrive that costs and cannot be paid, though Meta accepts it", async () => {
    const world = await openWorld();
    const { id: wabaId } = world.meta.addWaba({ paymentMethod: false });
    const number = world.meta.addNumber({ wabaId, freeServiceMessages: 1 });
    const token = world.meta.addToken({ appId: world.app.id });
    const send = async (): Promise<number> => {
      const json = { messaging_product: "whatsapp", to: world.ana.phone, ...TEXT };
      return (await world.call(`${number.id}/messages`, { json, as: token })).status;
    };
    world.ana.send(number.id, TEXT);
    expect([await send(), await send()]).toEqual([200, 200]);
    await world.meta.settled();
    expect(world.meta.sent.map(({ status }) => status)).toEqual(["read", "accepted"]);
  });
});
