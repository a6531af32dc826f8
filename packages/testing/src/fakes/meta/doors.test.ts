import { setupServer } from "msw/node";
import { afterEach, describe, expect, it } from "vitest";
import { metaHandlers } from "../../msw/meta.ts";
import { openWorld, type World } from "../../testing/open-world.ts";
import { observeExchanges } from "../stage/exchanges.ts";

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const DOORS: Readonly<Record<string, (world: World) => Promise<string>>> = {
  "a server on loopback": async ({ meta }) => {
    const { url } = await meta.listen();
    closers.push(() => meta.close());
    return url;
  },
  "MSW handlers": async ({ meta }) => {
    const server = setupServer(...metaHandlers(meta));
    server.listen({ onUnhandledFrame: "error" });
    closers.push(() => server.close());
    return "https://graph.facebook.com";
  },
};

describe.each(Object.entries(DOORS))("the door of %s", (_, open) => {
  const enter = async () => {
    const world = await openWorld();
    const origin = await open(world);
    const headers = { authorization: `Bearer ${world.token}` };
    const post = (path: string, json: unknown) =>
      fetch(`${origin}/v23.0/${path}`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(json),
      });
    const message = {
      messaging_product: "whatsapp",
      to: world.ana.phone,
      type: "template",
      template: { name: "hello_world", language: { code: "en_US" } },
    };
    return { ...world, origin, headers, post, message };
  };

  it("answers and refuses as Meta does", async () => {
    const { post, numberId, message, meta, ana } = await enter();
    const accepted = await post(`${numberId}/messages`, message);
    expect([accepted.status, accepted.headers.get("content-type")]).toEqual([200, "application/json; charset=UTF-8"]);
    const refused = await post(`${numberId}/messages`, { ...message, type: "poem" });
    expect([refused.status, ((await refused.json()) as { error: { code: number } }).error.code]).toEqual([400, 100]);
    await meta.settled();
    expect(meta.sent).toMatchObject([{ status: "read", to: { userId: ana.userId } }]);
  });

  it("takes a file and gives it back", async () => {
    const { origin, headers, numberId } = await enter();
    const body = new FormData();
    body.set("messaging_product", "whatsapp");
    body.set("file", new File([new Uint8Array([0, 255, 13, 10])], "a.png", { type: "image/png" }));
    const { id } = (await (await fetch(`${origin}/v23.0/${numberId}/media`, { method: "POST", headers, body })).json()) as { id: string };
    const { url } = (await (await fetch(`${origin}/v23.0/${id}`, { headers })).json()) as { url: string };
    expect(url.startsWith(origin.startsWith("http:") ? origin : "https://lookaside.fbsbx.com")).toBe(true);
    expect(new Uint8Array(await (await fetch(url, { headers })).arrayBuffer())).toEqual(new Uint8Array([0, 255, 13, 10]));
  });

  it.each(["connection_dropped", "answer_lost"] as const)("breaks the connection: %s", async (kind) => {
    const { post, numberId, message, meta } = await enter();
    expect((await post(`${numberId}/messages`, message)).status).toBe(200);
    meta.fault({ kind });
    await expect(post(`${numberId}/messages`, message)).rejects.toThrow(TypeError);
    expect(meta.sent).toHaveLength(kind === "answer_lost" ? 2 : 1);
  });
});

describe("the record of exchanges", () => {
  it("tells every observer of this process what was said, until it stops listening", async () => {
    const heard: string[] = [];
    const stop = observeExchanges(({ operation, response }) => heard.push(`${operation} ${response.status}`));
    closers.push(stop);
    const world = await openWorld();
    const other = await openWorld();
    heard.length = 0;
    await world.call(world.wabaId);
    await other.call("999");
    stop();
    await world.call(world.wabaId);
    expect(heard).toEqual(["GET /{WABA-ID} 200", "unknown 400"]);
  });

  it("keeps what was sent, forms and files too", async () => {
    const { meta, call, numberId } = await openWorld();
    await call(`${numberId}/register`, { json: { messaging_product: "whatsapp", pin: "12" } });
    expect(meta.exchanges.at(-1)?.request.body).toEqual({ messaging_product: "whatsapp", pin: "12" });
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("file", new File(["a"], "a.png", { type: "image/png" }));
    await call(`${numberId}/media`, { method: "POST", body: form });
    expect(meta.exchanges.at(-1)?.request.body).toEqual({
      messaging_product: "whatsapp",
      file: { filename: "a.png", type: "image/png", size: 1 },
    });
  });
});
