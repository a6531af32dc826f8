import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { signMeta } from "../../signing.ts";
import { createFakeMeta } from "./create-fake-meta.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

interface Heard {
  readonly body: string;
  readonly signature: string | undefined;
}

async function host(verifyToken: string, heard: Heard[]): Promise<string> {
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://host");
    if (request.method === "GET") {
      const granted = url.searchParams.get("hub.verify_token") === verifyToken;
      response.writeHead(granted ? 200 : 403).end(granted ? url.searchParams.get("hub.challenge") : "");
      return;
    }
    let body = "";
    for await (const chunk of request) body += String(chunk);
    heard.push({ body, signature: request.headers["x-hub-signature-256"] as string | undefined });
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

describe("the fake Meta", () => {
  it("carries a talk: a person writes, the business answers, the ladder climbs and the person replies", async () => {
    const meta = createFakeMeta();
    open.push(() => meta.close());
    const server = await meta.listen();
    const heard: Heard[] = [];
    const app = meta.addApp();
    await app.setWebhook({ url: await host("hush", heard), verifyToken: "hush" });
    const waba = meta.addWaba();
    const number = meta.addNumber({ wabaId: waba.id });
    const token = meta.addToken({ appId: app.id, wabaIds: [waba.id] });
    const call = (path: string, body: object) =>
      fetch(`${server.url}/v23.0/${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await call(`${waba.id}/subscribed_apps`, {})).status).toBe(200);
    const ana = meta.addContact({ name: "Ana", phone: "+5511999990000" });
    ana.answers((message) => (message.type === "text" ? { type: "text", text: { body: "Obrigada! 👍 a/b" } } : undefined));
    ana.send(number.id, { type: "text", text: { body: "Oi" } });
    await meta.settled();
    const text = { messaging_product: "whatsapp", to: "+55 11 99999-0000", type: "text", text: { body: "Hello" } };
    const answer = await call(`${number.id}/messages`, text);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      contacts: [{ wa_id: "5511999990000" }],
      messages: [{ id: expect.stringMatching(/^wamid\.HBg/) }],
    });
    await meta.settled();
    const values = heard.map(({ body }) => JSON.parse(body).entry[0].changes[0].value);
    expect(values.map((value) => value.statuses?.[0].status ?? value.messages[0].text.body)).toEqual([
      "Oi",
      "sent",
      "delivered",
      "read",
      "Obrigada! 👍 a/b",
    ]);
    for (const { body, signature } of heard) expect(signature).toBe(signMeta(body, app.secret));
    expect(heard.at(-1)?.body).toContain("\\ud83d\\udc4d a\\/b");
    expect(meta.sent[0]).toMatchObject({ status: "read" });
  });
});
