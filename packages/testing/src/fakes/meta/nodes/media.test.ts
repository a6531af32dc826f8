import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openWorld } from "../../../testing/open-world.ts";

const form = (fields: Readonly<Record<string, string | File>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};
const file = new File(["a picture"], "a.png", { type: "image/png" });
const right = { messaging_product: "whatsapp", type: "image/png", file };

describe("media", () => {
  it("are uploaded, described, downloaded and deleted", async () => {
    const { call, numberId } = await openWorld();
    const { id } = (await call(`${numberId}/media`, { method: "POST", body: form(right) })).body;
    const { body } = await call(`${id}?phone_number_id=${numberId}`);
    expect(body).toMatchObject({ id, mime_type: "image/png", file_size: 9, messaging_product: "whatsapp" });
    expect(body.sha256).toBe(createHash("sha256").update("a picture").digest("hex"));
    expect(body.url).toMatch(/^https:\/\/lookaside\.fbsbx\.com\//);
    const download = await call(body.url);
    expect([download.body, download.headers.get("content-type")]).toEqual(["a picture", "image/png"]);
    expect((await call(id, { method: "DELETE" })).body).toEqual({ success: true });
    expect((await call(id)).body.error.code).toBe(100);
  });

  it("are downloaded with a token only, for five minutes, by a link that was not changed", async () => {
    const { call, numberId, time, meta } = await openWorld();
    const { id } = (await call(`${numberId}/media`, { method: "POST", body: form(right) })).body;
    const { url } = (await call(id)).body;
    expect((await call(url)).status).toBe(200);
    expect((await call(url, { as: "" })).status).toBe(401);
    const other = meta.addWaba();
    const strange = meta.addToken({ appId: meta.addApp().id, wabaIds: [other.id] });
    expect((await call(url, { as: strange })).status).toBe(400);
    expect((await call(url.replace(/ext=\d/, "ext=9"))).status).toBe(404);
    await time.advance(299_000);
    expect((await call(url)).status).toBe(200);
    await time.advance(1_000);
    expect((await call(url)).status).toBe(404);
  });

  it.each<[string, Readonly<Record<string, string | File>>]>([
    ["without the product", { type: "image/png", file }],
    ["without a file", { messaging_product: "whatsapp", type: "image/png" }],
    ["with text in place of the file", { ...right, file: "@/picture.png" }],
    ["of a type that WhatsApp does not take", { ...right, type: "image/tiff" }],
    ["that is empty", { ...right, file: new File([], "a.png", { type: "image/png" }) }],
    ["that is too large", { ...right, file: new File([new Uint8Array(5 * 1024 * 1024 + 1)], "a.png", { type: "image/png" }) }],
    ["with a field that does not exist", { ...right, caption: "A picture" }],
  ])("are refused %s", async (_, fields) => {
    const { call, numberId } = await openWorld();
    expect((await call(`${numberId}/media`, { method: "POST", body: form(right) })).status).toBe(200);
    expect(await call(`${numberId}/media`, { method: "POST", body: form(fields) })).toMatchObject({
      status: 400,
      body: { error: { code: 100 } },
    });
  });

  it("take the product and the type from the query too", async () => {
    const { call, numberId } = await openWorld();
    const upload = (query: string, fields: Readonly<Record<string, string | File>>) =>
      call(`${numberId}/media?${query}`, { method: "POST", body: form(fields) });
    expect((await upload("messaging_product=whatsapp", { file })).status).toBe(200);
    const { id } = (await upload("messaging_product=whatsapp&type=image/jpeg", { file })).body;
    expect((await call(id)).body.mime_type).toBe("image/jpeg");
    expect((await upload("messaging_product=messenger", { file })).body.error.code).toBe(100);
    expect((await upload("product=whatsapp", { file })).body.error.code).toBe(100);
  });

  it("hold a sticker to 100 KB, and one that moves to 500 KB", async () => {
    const { call, numberId } = await openWorld();
    const upload = async (kilobytes: number, flags: number, chunk = "VP8X"): Promise<number> => {
      const bytes = new Uint8Array(kilobytes * 1024);
      bytes.set(new TextEncoder().encode(`RIFF0000WEBP${chunk}0000`));
      bytes[20] = flags;
      const sticker = new File([bytes], "a.webp", { type: "image/webp" });
      return (await call(`${numberId}/media`, { method: "POST", body: form({ messaging_product: "whatsapp", file: sticker }) })).status;
    };
    expect([await upload(100, 0x10), await upload(101, 0x10)]).toEqual([200, 400]);
    expect([await upload(500, 0x12), await upload(501, 0x12)]).toEqual([200, 400]);
    // only the extended form can move
    expect([await upload(100, 0x12, "VP8 "), await upload(101, 0x12, "VP8L")]).toEqual([200, 400]);
  });

  it("belong to the number that is named, and are kept 30 days when uploaded, 7 when they came in", async () => {
    const { call, numberId, ana, heard, meta, wabaId, time } = await openWorld();
    ana.sendFile(numberId, { type: "image", bytes: new Uint8Array(3), mimeType: "image/jpeg", caption: "Look" });
    await meta.settled();
    const { image } = JSON.parse(heard[0]?.body ?? "{}").entry[0].changes[0].value.messages[0];
    expect(image).toMatchObject({ caption: "Look", mime_type: "image/jpeg" });
    const { id } = (await call(`${numberId}/media`, { method: "POST", body: form(right) })).body;
    const { id: other } = meta.addNumber({ wabaId });
    expect((await call(`${image.id}?phone_number_id=${numberId}`)).status).toBe(200);
    expect((await call(`${image.id}?phone_number_id=${other}`)).status).toBe(400);
    await time.advance(7 * 86_400_000);
    expect((await call(image.id)).status).toBe(400);
    expect((await call(id)).status).toBe(200);
    await time.advance(23 * 86_400_000);
    expect((await call(id)).status).toBe(400);
  });
});
