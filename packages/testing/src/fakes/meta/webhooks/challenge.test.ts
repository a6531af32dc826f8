import { describe, expect, it } from "vitest";
import { challenge } from "./challenge.ts";

const ask = (answer: (url: URL) => Response): Promise<void> =>
  challenge({
    url: "https://host.example/hook?tenant=a",
    verifyToken: "hush & more",
    value: "1158201444",
    fetch: async (url) => answer(new URL(String(url))),
  });

describe("the challenge", () => {
  it("asks with mode, challenge and token, beside what the address has, and is content with the echo", async () => {
    let asked = "";
    await ask((url) => {
      asked = url.search;
      return new Response(url.searchParams.get("hub.challenge"));
    });
    expect(asked).toBe("?tenant=a&hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=hush+%26+more");
  });

  it.each<[string, () => Response, string]>([
    ["another text", () => new Response("ok"), "not the challenge"],
    ["the challenge in quotes", () => new Response('"1158201444"'), "not the challenge"],
    ["the challenge under another status", () => new Response("1158201444", { status: 201 }), "201"],
    ["a redirect", () => new Response(null, { status: 302, headers: { location: "/" } }), "302"],
  ])("refuses %s", async (_, answer, reason) => {
    await ask((url) => new Response(url.searchParams.get("hub.challenge")));
    await expect(ask(answer)).rejects.toThrow(reason);
  });

  it("refuses a host that does not answer", async () => {
    const silent = ask(() => {
      throw new TypeError("fetch failed");
    });
    await expect(silent).rejects.toThrow("could not be reached");
  });
});
