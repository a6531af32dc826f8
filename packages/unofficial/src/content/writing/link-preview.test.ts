import { describe, expect, it } from "vitest";
import { fetchPreview } from "./link-preview.ts";

const after = () => () => {};
const page = async (html: string) => ({
  status: 200,
  file: { stream: new Blob([html]).stream() as ReadableStream<Uint8Array>, mimeType: "text/html" },
});

describe("a page", () => {
  it.each([
    ["tags without end", "", "<meta "],
    ["titles without end", "", "<title"],
    ["attributes without end", "<meta ", "content "],
    ["more tags than anybody needs", "", '<meta name="a" content="b">'],
  ])("of %s keeps nobody busy: 32 times as many take no more than a few times as long", async (_what, start, part) => {
    const took = async (parts: number): Promise<number> => {
      const html = start + part.repeat(parts);
      const began = performance.now();
      expect(await fetchPreview("https://acme.example/", { after, fetchFile: () => page(html) })).toBeUndefined();
      return performance.now() - began;
    };
    await took(1250);
    const reference = await took(1250);
    expect(await took(40_000)).toBeLessThan(4 * 32 * reference + 500);
  });

  it.each([
    ["(see https://acme.example/a_b).", "https://acme.example/a_b"],
    ["<https://acme.example/?q=1&r=2>!", "https://acme.example/?q=1&r=2"],
    ["first https://one.example, then https://two.example", "https://one.example"],
  ])("is found in %s", async (text, url) => {
    const asked: string[] = [];
    const fetchFile = (request: { readonly url: string }) => {
      asked.push(request.url);
      return page("<title>Here</title>");
    };
    expect(await fetchPreview(text, { after, fetchFile })).toMatchObject({ matchedText: url, title: "Here" });
    expect(asked).toEqual([url]);
  });

  it("is found in a link full of dots in no more than a few times its length", async () => {
    const took = async (dots: number): Promise<number> => {
      const began = performance.now();
      await fetchPreview(`https://a${".".repeat(dots)}a`, { after, fetchFile: async () => ({ status: 404 }) });
      return performance.now() - began;
    };
    await took(1000);
    const reference = await took(1000);
    expect(await took(64_000)).toBeLessThan(64 * reference + 500);
  });

  it("is none where a text has no link, and nobody is asked", async () => {
    expect(
      await fetchPreview("acme.example and ftp://acme.example", { after, fetchFile: () => Promise.reject(new Error("asked")) }),
    ).toBeUndefined();
  });
});
