import { parseEnv } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { manualClock } from "../../manual-clock.ts";
import { openVendors, type Vendors } from "../world/open-vendors.ts";
import { pasted } from "./pasted.ts";

let vendors: Vendors;
beforeAll(async () => {
  const ports = { meta: 0, twilio: 0, whatsapp: 0, phones: 0 };
  vendors = await openVendors({ ports, webhooks: "http://127.0.0.1:9/app/webhooks/whatsapp/inbound", clock: manualClock().clock });
});
afterAll(() => vendors.close());

const page = "http://127.0.0.1:4400";

it("names each variable once, and nothing else is one", () => {
  const printed = pasted(vendors, page, undefined);
  const names = [...printed.matchAll(/^([^#\n][^=\n]*)=/gm)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(Object.keys(parseEnv(printed))));
  expect(names).toEqual([
    "PUBLIC_URL",
    "META_GRAPH_URL",
    "META_APP_ID",
    "META_APP_SECRET",
    "META_VERIFY_TOKEN",
    "META_PHONE_NUMBER_ID",
    "META_WABA_ID",
    "META_ACCESS_TOKEN",
    "TWILIO_API_URL",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_FROM",
    "WHATSAPP_WEB_URL",
    "WHATSAPP_WEB_ROOT_KEY",
    "WHATSAPP_PHONE",
  ]);
});

it("tells the public address below which webhooks come, and one of another path whole", () => {
  expect(parseEnv(pasted(vendors, page, undefined)).PUBLIC_URL).toBe("http://127.0.0.1:9/app");
  const other = parseEnv(pasted({ ...vendors, webhooks: "http://127.0.0.1:9/hooks" }, page, undefined));
  expect(other).toMatchObject({ PUBLIC_URL: "http://127.0.0.1:9", TWILIO_WEBHOOK_URL: "http://127.0.0.1:9/hooks" });
});

it("says how WhatsApp Web comes to be there where there is no Baileys, and names no variable of it", () => {
  const printed = pasted({ ...vendors, whatsapp: undefined }, page, undefined);
  expect(printed).toContain("npx -p @wadesk/testing -p @whiskeysockets/baileys@7.0.0-rc14 fake-vendors");
  expect(Object.keys(parseEnv(printed)).filter((name) => name.startsWith("WHATSAPP"))).toEqual([]);
});
