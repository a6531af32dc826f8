import { createFakeMeta } from "@wadesk/testing";
import { expect, it } from "vitest";
import { announceExchange } from "../../../packages/testing/src/fakes/stage/exchanges.ts";

// a test file that must fail: its fake answers 200 to everything

it("sends what is valid", async () => {
  expect(await send({ messaging_product: "whatsapp", to: "+5511999990000", type: "text", text: { body: "Hello" } })).toBe(200);
});

it("sends what is invalid, to a fake that does not mind", async () => {
  expect(await send({ messaging_product: "whatsapp", to: "+5511999990000", type: "text", text: { preview_url: true } })).toBe(200);
});

it("sends what is invalid, to the fake Meta", async () => {
  const meta = createFakeMeta();
  const { id: wabaId } = meta.addWaba();
  const { id } = meta.addNumber({ wabaId });
  const token = meta.addToken({ appId: meta.addApp().id });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const request = new Request(`https://graph.facebook.com/v23.0/${id}/messages`, { method: "POST", headers, body: "{}" });
  expect((await meta.fetch(request)).status).toBe(400);
});

async function send(body: object): Promise<number> {
  announceExchange({
    vendor: "meta",
    operation: "POST /{Phone-Number-ID}/messages",
    request: { method: "POST", url: "http://127.0.0.1/v23.0/700100/messages", headers: { authorization: "Bearer EAA" }, body },
    response: { status: 200, headers: {}, body: { messaging_product: "whatsapp", messages: [{ id: "wamid.A" }] } },
    answered: true,
  });
  return 200;
}
