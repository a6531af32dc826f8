import { randomUUID } from "node:crypto";
import { createFakeMeta, metaMessage, signMeta } from "@wadesk/testing";
import type { Vendor } from "./vendor.ts";

const VERIFY_TOKEN = "open-sesame-of-the-story";

/** Meta, with the Cloud API as its channel. */
export async function openMeta(): Promise<Vendor> {
  const meta = createFakeMeta();
  const { url } = await meta.listen();
  const app = meta.addApp();
  const { id: wabaId } = meta.addWaba();
  const number = meta.addNumber({ wabaId, display: "+1 555-010-0001", verifiedName: "Acme Shop" });
  const accessToken = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  const person = "+5511999990000";
  const ana = meta.addContact({ phone: person, name: "Ana" });
  return {
    environment: { META_APP_ID: app.id, META_APP_SECRET: app.secret, META_VERIFY_TOKEN: VERIFY_TOKEN, META_GRAPH_URL: url },
    input: { phoneNumberId: number.id, wabaId, accessToken },
    number: number.phone,
    person,
    quotes: true,
    attach: (callback) => app.setWebhook({ url: callback, verifyToken: VERIFY_TOKEN }),
    write(text, replyTo) {
      ana.send(number.id, { type: "text", text: { body: text }, ...(replyTo !== undefined && { context: { id: replyTo } }) });
      return meta.settled();
    },
    heard: () =>
      meta.sent.map(({ payload }) => {
        const { text, context } = payload as {
          readonly text?: { readonly body?: string };
          readonly context?: { readonly message_id?: string };
        };
        return { text: text?.body ?? "", replyTo: context?.message_id };
      }),
    place(name) {
      const content = { latitude: -23.55, longitude: -46.63, name };
      const from = { phone: person.slice(1), userId: ana.userId };
      const payload = metaMessage({ wabaId, phoneNumberId: number.id, from, type: "location", content, id: `wamid.${randomUUID()}` });
      // Meta escapes slashes, which no serialiser of JavaScript would write again
      const body = JSON.stringify(payload).replaceAll("/", "\\/");
      return { body, contentType: "application/json", signature: ["x-hub-signature-256", signMeta(body, app.secret)] };
    },
    settled: () => meta.settled(),
    close: () => meta.close(),
  };
}
