import { expect, it } from "vitest";
import { createWhatsAppWeb } from "../create-whatsapp-web.ts";
import { linkedRawClient } from "../testing/raw-companion.ts";
import { node } from "../wire/node.ts";

it("a client that wants its messages gets the answer first, and nothing before it asked", async () => {
  const web = await createWhatsAppWeb();
  const shop = web.addPhone({ number: "15550001111" });
  const client = await linkedRawClient(web.url, shop);
  const request = (xmlns: string, type: string, tag: string) => {
    client.send(node("iq", { id: tag, to: "s.whatsapp.net", type, xmlns }, [node(tag)]));
    return client.next(({ attrs }) => attrs.id === tag);
  };
  await request("w:p", "get", "ping");
  expect(client.received.map(({ tag }) => tag)).toEqual(["success", "iq"]);
  await request("passive", "set", "active");
  await client.next(({ tag }) => tag === "ib");
  expect(client.received.map(({ tag }) => tag)).toEqual(["success", "iq", "iq", "ib"]);
  client.close();
  await web.close();
});
