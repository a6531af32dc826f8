import { describe, expect, it } from "vitest";
import type { SendRequest } from "../../api/sending.ts";
import { isWadeskError, WadeskError } from "../../errors/wadesk-error.ts";
import { type EchoWorld, openEcho } from "../../testing/open-echo.ts";

const BYTES = new TextEncoder().encode("a picture");
const to = "+4915100000001";

async function world(
  options: Parameters<typeof openEcho>[0] = {},
): Promise<EchoWorld & { readonly send: (request: Partial<SendRequest>) => Promise<unknown> }> {
  const echo = openEcho({ files: "in and out", ...options });
  const acme = echo.wadesk.workspace("acme");
  await acme.connect("echo", { number: "+111", token: "tok-1" });
  return {
    ...echo,
    send: (request) =>
      acme
        .send({ to, content: { kind: "text", text: "hi" }, ...request })
        .catch((error: unknown) => (isWadeskError(error) ? error.code : error)),
  };
}

const picture = (
  data: Extract<Parameters<typeof stream>[0], Uint8Array> | ReadableStream<Uint8Array> | Blob = BYTES,
  mimeType = "image/png",
) => ({ kind: "image", media: { data, mimeType }, caption: "Look" }) as const;
function stream(bytes: Uint8Array = BYTES): ReadableStream<Uint8Array> {
  return new Response(new Uint8Array(bytes)).body ?? new ReadableStream();
}

describe("a message with a file at hand", () => {
  it.each([
    ["bytes", () => BYTES],
    ["a Blob", () => new Blob([new Uint8Array(BYTES)])],
    ["a stream", () => stream()],
  ])("is brought to the vendor and goes out with the id it got there: %s", async (_name, data) => {
    const { send, vendor } = await world();
    expect(await send({ content: picture(data()) })).toMatchObject({ providerId: "echo.1" });
    expect(vendor.brought).toMatchObject([{ mimeType: "image/png", bytes: BYTES }]);
    expect(vendor.sent[0]?.content).toEqual({ kind: "image", media: { id: "file-1" }, caption: "Look" });
  });

  it("may have it in a header and in a template's parameters, and its name goes along", async () => {
    const { send, vendor } = await world();
    const file = { data: BYTES, mimeType: "image/png" };
    await send({ content: { kind: "buttons", text: "?", buttons: [{ id: "y", title: "Yes" }], header: { type: "image", media: file } } });
    await send({ content: { kind: "cta_url", text: "?", label: "Go", url: "https://a.example", header: { type: "video", media: file } } });
    await send({
      content: {
        kind: "template",
        name: "t",
        language: "en",
        header: { type: "document", media: file, fileName: "a.pdf" },
        body: [
          { type: "text", text: "Ana" },
          { type: "image", media: file },
        ],
      },
    });
    await send({ content: { kind: "document", media: file, fileName: "bill.pdf" } });
    expect(vendor.sent.map(({ content }) => content)).toMatchObject([
      { header: { type: "image", media: { id: "file-1" } } },
      { header: { type: "video", media: { id: "file-2" } } },
      { header: { media: { id: "file-3" }, fileName: "a.pdf" }, body: [{ text: "Ana" }, { media: { id: "file-4" } }] },
      { media: { id: "file-5" }, fileName: "bill.pdf" },
    ]);
    expect(vendor.brought.at(-1)?.fileName).toBe("bill.pdf");
  });

  it("is refused before anything is read where the channel cannot send it, or takes no bytes", async () => {
    const { send, vendor } = await world();
    let read = false;
    const pull = (): void => {
      read = true;
    };
    const data = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    expect(await send({ content: { kind: "video", media: { data, mimeType: "video/mp4" } } })).toBe("content_unsupported");
    const without = await world({ files: "in" });
    expect(await without.send({ content: picture(data) })).toBe("content_unsupported");
    expect([read, vendor.brought, vendor.sent]).toEqual([false, [], []]);
  });

  it("names the place of what is wrong with it, and sends nothing", async () => {
    const { wadesk, vendor } = await world();
    const acme = wadesk.workspace("acme");
    const issueOf = async (content: unknown): Promise<unknown> =>
      acme.send({ to, content: content as never }).then(undefined, (error: { readonly issues?: unknown }) => error.issues);
    const of = (media: object): object => ({ kind: "image", media });
    expect(await issueOf(of({ data: "text", mimeType: "image/png" }))).toMatchObject([{ field: "content.media.data" }]);
    expect(await issueOf(of({ data: BYTES }))).toMatchObject([{ field: "content.media.mimeType" }]);
    expect(await issueOf(of({ data: BYTES, mimeType: "png" }))).toMatchObject([{ field: "content.media.mimeType" }]);
    expect(await issueOf(of({ data: BYTES, mimeType: "image/png", id: "1" }))).toMatchObject([{ field: "content.media" }]);
    expect(await issueOf(of({}))).toMatchObject([{ field: "content.media" }]);
    expect(await issueOf(of({ data: new Uint8Array(), mimeType: "image/png" }))).toMatchObject([{ field: "content.media.data" }]);
    expect(vendor.sent).toEqual([]);
  });
});

describe("a file under an idempotencyKey", () => {
  const key = { idempotencyKey: "order-7" };

  it("is known again by its bytes, whatever they came as, and costs no second upload", async () => {
    const { send, vendor } = await world();
    const first = await send({ ...key, content: picture(stream()) });
    expect(await send({ ...key, content: picture(stream()) })).toEqual(first);
    expect(await send({ ...key, content: picture(BYTES) })).toEqual(first);
    expect(await send({ ...key, content: picture(new Blob([new Uint8Array(BYTES)])) })).toEqual(first);
    expect([vendor.sent.length, vendor.brought.length]).toEqual([1, 1]);
  });

  it("is another message with other bytes, another type or another caption", async () => {
    const { send, vendor } = await world();
    await send({ ...key, content: picture() });
    expect(await send({ ...key, content: picture(new TextEncoder().encode("another")) })).toBe("idempotency_key_reused");
    expect(await send({ ...key, content: picture(BYTES, "image/jpeg") })).toBe("idempotency_key_reused");
    expect(await send({ ...key, content: { ...picture(), caption: "See" } })).toBe("idempotency_key_reused");
    expect(await send({ ...key, content: { kind: "image", media: { id: "file-1" }, caption: "Look" } })).toBe("idempotency_key_reused");
    expect([vendor.sent.length, vendor.brought.length]).toEqual([1, 1]);
  });

  it("goes out once where two send it at once", async () => {
    const { send, vendor } = await world();
    const [one, other] = await Promise.all([send({ ...key, content: picture(stream()) }), send({ ...key, content: picture(stream()) })]);
    expect(one).toEqual(other);
    expect(vendor.sent).toHaveLength(1);
  });

  it("leaves the key free where the vendor refuses the message, and taken where its answer was lost", async () => {
    const { send, vendor } = await world();
    const { onSend } = vendor;
    vendor.onSend = () => Promise.reject(new WadeskError("window_closed"));
    expect(await send({ ...key, content: picture(stream()) })).toBe("window_closed");
    vendor.onSend = () => Promise.reject(new WadeskError("outcome_unknown"));
    expect(await send({ ...key, content: picture(stream()) })).toBe("outcome_unknown");
    vendor.onSend = onSend;
    expect(await send({ ...key, content: picture(stream()) })).toBe("outcome_unknown");
    expect(vendor.sent).toHaveLength(2);
  });
});
