import { describe, expect, it } from "vitest";
import { openChats } from "./world/open-chats.ts";

const PAGE = `<!doctype html><html><head>
  <title>Not this one</title>
  <meta name="description" content="Nor this">
  <meta content='Soup &amp; salad &#8211; caf&eacute;' property='og:title'/>
  <meta property="og:description" content="Fresh
     every day">
  <meta property="og:image" content="/soup.jpg">
</head><body>…</body></html>`;
const JPEG = Buffer.from("a small picture");

/** An internet of pages, which notes what it is asked for. */
function internet() {
  const asked: string[] = [];
  const answers: Readonly<Record<string, () => Response>> = {
    "https://acme.example/menu": () => html(PAGE),
    "https://acme.example/soup.jpg": () => new Response(JPEG, { headers: { "content-type": "image/jpeg" } }),
    "https://plain.example/": () => html("<title> Plain </title>"),
    "https://picture.example/": () => html('<title>Big</title><meta property="og:image" content="https://picture.example/big.jpg">'),
    "https://picture.example/big.jpg": () => new Response(Buffer.alloc(65 * 1024), { headers: { "content-type": "image/jpeg" } }),
    "https://hidden.example/": () => html('<title>Hidden</title><meta property="og:image" content="https://inside.example/a.jpg">'),
    "https://moved.example/": () => new Response(null, { status: 302, headers: { location: "https://inside.example/secret" } }),
    "https://inside.example/secret": () => html("<title>A secret of the house</title>"),
    "https://file.example/": () => new Response("<title>No page</title>", { headers: { "content-type": "application/pdf" } }),
    "https://silent.example/": () => html("<p>nothing to tell</p>"),
    "https://endless.example/": () => endless(),
  };
  return {
    asked,
    lookup: async (hostname: string) => (hostname === "inside.example" ? ["10.0.0.7"] : ["93.184.215.14"]),
    async fetch(address: string | URL | Request, init?: RequestInit) {
      const { href, hostname } = new URL(address instanceof Request ? address.url : address);
      if (!hostname.endsWith(".example")) return fetch(address, init);
      asked.push(href);
      return answers[href]?.() ?? new Response(null, { status: 404 });
    },
  };
}

function html(page: string): Response {
  return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
}

function endless(): Response {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from(`<title>Endless</title>${" ".repeat(64 * 1024)}`));
    },
  });
  return new Response(body, { headers: { "content-type": "text/html" } });
}

async function previewOf(words: string, preview: boolean | "absent" = true) {
  const network = internet();
  const { sent, one } = await openChats({}, network);
  const content = { kind: "text", text: words, ...(preview !== "absent" && { preview }) } as const;
  const message = await sent({ to: "+15550002222", content });
  expect(one.lines.filter(({ level }) => level === "error")).toEqual([]);
  return { shown: message.content.extendedTextMessage ?? {}, asked: network.asked };
}

describe("the preview of a link", () => {
  it("is what its page says of itself, with a small picture, and is fetched by us", async () => {
    const { shown, asked } = await previewOf("Our menu: https://acme.example/menu. Come!");
    expect(shown).toMatchObject({
      text: "Our menu: https://acme.example/menu. Come!",
      matchedText: "https://acme.example/menu",
      title: "Soup & salad – caf&eacute;",
      description: "Fresh every day",
      jpegThumbnail: JPEG,
    });
    expect(asked).toEqual(["https://acme.example/menu", "https://acme.example/soup.jpg"]);
  });

  it("is asked for by nobody unless the message says so", async () => {
    for (const preview of [false, "absent"] as const) {
      const { shown, asked } = await previewOf("https://acme.example/menu", preview);
      expect([shown, asked]).toEqual([{ text: "https://acme.example/menu" }, []]);
    }
  });

  it.each([
    ["its title where that is all there is", "https://plain.example/", { title: "Plain" }],
    ["without a picture that is too large", "https://picture.example/", { title: "Big" }],
    ["without a picture that lies at a private address", "https://hidden.example/", { title: "Hidden" }],
    ["what stands at the beginning of a page without end", "https://endless.example/", { title: "Endless" }],
  ])("is %s", async (_what, url, more) => {
    const { shown } = await previewOf(url);
    expect(shown).toEqual({ text: url, matchedText: url, previewType: 0, ...more });
  });

  it.each([
    ["leads to a private address", "https://inside.example/secret"],
    ["leads on to a private address", "https://moved.example/"],
    ["is the machine's own", "https://127.0.0.1/secret"],
    ["is not https", "http://acme.example/menu"],
    ["has no page", "https://nothing.example/"],
    ["is a file", "https://file.example/"],
    ["says nothing of itself", "https://silent.example/"],
  ])("is none where the link %s, and the message goes out without it", async (_what, url) => {
    const { shown, asked } = await previewOf(`See ${url}`);
    expect(shown).toEqual({ text: `See ${url}` });
    expect(asked.filter((each) => each.includes("inside") || each.includes("127") || each.startsWith("http:"))).toEqual([]);
  });

  it("is waited for no longer than five seconds, and a page without its picture is one too", async () => {
    const network = internet();
    const picture = Promise.withResolvers<Response>();
    const slow: typeof network = {
      ...network,
      async fetch(address, init) {
        const answer = await network.fetch(address, init);
        return network.asked.at(-1) === "https://acme.example/soup.jpg" ? picture.promise : answer;
      },
    };
    const { acme, ana, time } = await openChats({}, slow);
    const sending = acme.send({ to: "+15550002222", content: { kind: "text", text: "https://acme.example/menu", preview: true } });
    while (network.asked.length < 2) await time.advance(1);
    await time.advance(5000);
    await sending;
    const { content } = await ana.received();
    expect(content.extendedTextMessage).toMatchObject({ title: "Soup & salad – caf&eacute;" });
    expect(content.extendedTextMessage).not.toHaveProperty("jpegThumbnail");
    picture.resolve(new Response(null, { status: 404 }));
  });
});
