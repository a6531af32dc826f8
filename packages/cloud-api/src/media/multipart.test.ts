import { expect, it } from "vitest";
import { multipart } from "./multipart.ts";

const stream = (...pieces: readonly string[]): ReadableStream<Uint8Array> => new Blob([...pieces]).stream();
const read = (form: ReturnType<typeof multipart>): Promise<FormData> =>
  new Response(form.stream, { headers: { "content-type": form.contentType } }).formData();

it("is a form as every server reads it, with its length where the file's is known", async () => {
  const file = { stream: stream("a ", "picture"), mimeType: "image/png", fileName: "a.png", sizeBytes: 9 };
  const form = multipart({ messaging_product: "whatsapp", type: "image/png" }, file);
  const bytes = new Uint8Array(await new Response(form.stream).arrayBuffer());
  expect(bytes.length).toBe(form.length);
  const fields = await new Response(bytes, { headers: { "content-type": form.contentType } }).formData();
  const sent = fields.get("file");
  if (!(sent instanceof File)) throw new Error("no file");
  expect([fields.get("messaging_product"), fields.get("type"), sent.name, sent.type, await sent.text()]).toEqual([
    "whatsapp",
    "image/png",
    "a.png",
    "image/png",
    "a picture",
  ]);
});

it("has no length where the file's is not known, and a file without a name has one", async () => {
  const form = multipart({}, { stream: stream("a"), mimeType: "image/png" });
  expect(form.length).toBeUndefined();
  expect(await read(form).then((fields) => fields.get("file"))).toMatchObject({ name: "file", size: 1 });
});

it.each(['a"b.png', 'x"\r\ncontent-type: text/html\r\n\r\n<b>', "conta de luz é.pdf"])(
  "keeps the name %j within its quotes",
  async (fileName) => {
    const form = multipart({}, { stream: stream("a"), mimeType: "image/png", fileName });
    const [head = ""] = (await new Response(form.stream).text()).split("\r\n\r\n");
    expect(head.split("\r\n")).toHaveLength(3);
  },
);

it("takes no more of the file than is read, and lets go of it when it is given up", async () => {
  let pulls = 0;
  let given: unknown;
  const file = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulls += 1;
        controller.enqueue(new Uint8Array(1));
      },
      cancel(reason) {
        given = reason;
      },
    },
    { highWaterMark: 0 },
  );
  const reader = multipart({}, { stream: file, mimeType: "image/png" }).stream.getReader();
  await reader.read();
  expect(pulls).toBe(0);
  await reader.read();
  await reader.cancel("enough");
  expect([pulls, given]).toEqual([1, "enough"]);
});
