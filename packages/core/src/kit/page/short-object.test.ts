import { describe, expect, it } from "vitest";
import { readShortObject } from "./short-object.ts";

const MOST = 64 * 1024;

const post = (body: BodyInit | undefined, headers: Readonly<Record<string, string>> = {}): Request =>
  new Request("https://chat.example.com/wadesk", { method: "POST", headers, ...(body !== undefined && { body }) });
const codeOf = async (request: Request): Promise<string> => {
  const read = await readShortObject(request, MOST);
  return "value" in read ? JSON.stringify(read.value) : read.fault;
};

describe("the body of a change", () => {
  it("is a JSON object of so many bytes at most, or nothing", async () => {
    expect(await codeOf(post('{"label":"Verkauf ü"}'))).toBe('{"label":"Verkauf ü"}');
    expect([await codeOf(post(undefined)), await codeOf(post(" \n"))]).toEqual(["{}", "{}"]);
    const most = JSON.stringify({ text: "x".repeat(64 * 1024 - 11) });
    expect([most.length, (await codeOf(post(most))).length]).toEqual([64 * 1024, 64 * 1024]);
    expect(await codeOf(post(`${most} `))).toBe("body_too_large");
  });

  it("is not read where its length says that it is too large, and no further than that where it does not say", async () => {
    let pulled = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(16 * 1024));
        },
      });
    const told = new Request("https://chat.example.com/", {
      method: "POST",
      body: "x",
      headers: { "content-length": String(65 * 1024) },
    });
    expect([await codeOf(told), told.bodyUsed]).toEqual(["body_too_large", false]);
    const stream: RequestInit & { readonly duplex: "half" } = { method: "POST", body: endless(), duplex: "half" };
    expect(await codeOf(new Request("https://chat.example.com/", stream))).toBe("body_too_large");
    expect(pulled).toBeLessThan(8);
  });

  it.each(['{"label":', "[1]", "null", '"text"', "7"])("is refused as %s", async (text) => {
    expect(await codeOf(post(text))).toBe("body_invalid");
  });

  it("that breaks off is told of as such, and not as a fault of ours", async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("hung up")) });
    const request: RequestInit & { readonly duplex: "half" } = { method: "POST", body: broken, duplex: "half" };
    expect(await codeOf(new Request("https://chat.example.com/", request))).toBe("body_cut_off");
  });

  it("that a parser of the application's has read is told of as such", async () => {
    const request = post('{"label":"x"}');
    await request.text();
    expect(await codeOf(request)).toBe("body_read_before");
  });
});
