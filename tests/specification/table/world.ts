import { createFakeMeta, type FakeContact, type FakeMeta, manualClock } from "@wadesk/testing";
import type { Node } from "../file/patch.ts";

/** A fake Meta with somebody in it for every request of the table. */
export interface World {
  readonly meta: FakeMeta;
  readonly appId: string;
  /** The app's own, with which only the app itself is asked about. */
  readonly appToken: string;
  readonly businessId: string;
  readonly wabaId: string;
  readonly numberId: string;
  readonly contact: FakeContact;
  /** A message that the contact wrote. */
  readonly messageId: string;
  /** An uploaded image. */
  readonly mediaId: string;
  readonly tokens: { readonly right: string; readonly expired: string; readonly otherWaba: string; readonly otherApp: string };
  tokenWithout(scopes: readonly string[]): string;
}

const SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging", "business_management", "catalog_management"];
const PLACEHOLDERS = { header: { type: "HEADER", format: "IMAGE" }, body: { type: "BODY", text: "Order {{1}} of {{2}} comes {{3}}." } };

/** What the table's template says. */
const COMPONENTS: readonly Node[] = [
  PLACEHOLDERS.header,
  PLACEHOLDERS.body,
  {
    type: "BUTTONS",
    buttons: [
      { type: "QUICK_REPLY", text: "Thanks" },
      { type: "URL", text: "Track", url: "https://bakery.example/orders/{{1}}" },
      { type: "COPY_CODE", example: "SAVE10" },
    ],
  },
];

/** Makes a world. */
export async function createWorld(): Promise<World> {
  const { clock, now } = manualClock();
  let ids = 0;
  const meta = createFakeMeta({
    clock,
    randomId: () => String(ids++),
    fetch: async (address) => new Response(new URL(String(address)).searchParams.get("hub.challenge")),
  });
  const app = meta.addApp();
  const business = meta.addBusiness();
  const waba = meta.addWaba({ businessId: business.id });
  const number = meta.addNumber({ wabaId: waba.id, verifiedName: "Bakery" });
  const otherWaba = meta.addWaba();
  const contact = meta.addContact({ phone: "+5511999990000", name: "Ana" });
  meta.addTemplate({ wabaId: waba.id, name: "order_update", language: "pt_BR", components: COMPONENTS });
  meta.addTemplate({
    wabaId: waba.id,
    name: "order_here",
    language: "pt_BR",
    components: [
      { type: "HEADER", format: "LOCATION" },
      { type: "BODY", text: "Come by." },
    ],
  });
  const granted = { appId: app.id, scopes: SCOPES, wabaIds: [waba.id] };
  const right = meta.addToken(granted);
  return {
    meta,
    appId: app.id,
    appToken: app.token,
    businessId: business.id,
    wabaId: waba.id,
    numberId: number.id,
    contact,
    messageId: contact.send(number.id, { type: "text", text: { body: "Is it ready?" } }),
    mediaId: await upload(meta, number.id, right),
    tokens: {
      right,
      expired: meta.addToken({ ...granted, expiresAt: now() - 1 }),
      otherWaba: meta.addToken({ ...granted, wabaIds: [otherWaba.id] }),
      otherApp: meta.addToken({ appId: meta.addApp().id, scopes: SCOPES, wabaIds: [otherWaba.id] }),
    },
    tokenWithout: (scopes) => meta.addToken({ ...granted, scopes: SCOPES.filter((scope) => !scopes.includes(scope)) }),
  };
}

/** What is uploaded. */
export function photoForm(): FormData {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", "image/jpeg");
  form.set("file", new File([new Uint8Array([0xff, 0xd8, 0xff])], "bread.jpg", { type: "image/jpeg" }));
  return form;
}

async function upload(meta: FakeMeta, numberId: string, token: string): Promise<string> {
  const url = `https://graph.facebook.com/v23.0/${numberId}/media`;
  const answer = await meta.fetch(new Request(url, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: photoForm() }));
  return ((await answer.json()) as { id: string }).id;
}
