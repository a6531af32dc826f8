import { expect, it } from "vitest";
import { linkShop, openPhones } from "./world/open-phones.ts";

it("a phone that scans the QR is linked: QR, restart, history, ready", async () => {
  const { shop, host } = await openPhones();
  const one = host();
  await one.wadesk.start();
  const { id, steps } = await linkShop(one, shop);
  expect(steps.map((step) => ("step" in step ? `${step.step} ${step.percent ?? ""}`.trim() : step.type))).toEqual([
    "qr",
    "restarting",
    "syncing 0",
    "syncing 100",
    "ready",
  ]);
  expect(await one.wadesk.workspace("acme").get(id)).toMatchObject({
    phone: "+15550001111",
    label: "Shop",
    status: { state: "connected" },
    details: { platform: "android" },
  });
  expect(shop.clients.map(({ isConnected }) => isConnected)).toEqual([true]);
});
