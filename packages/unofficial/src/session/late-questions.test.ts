import { expect, it } from "vitest";
import { linkedNumber } from "../testing/linked-number.ts";
import { logins } from "./after-logins.ts";

it("a number that is in asks WhatsApp for nothing more while another logs in, and hears messages meanwhile", async () => {
  const over = logins.begin();
  const { web, shop, ana, client, received, reports } = await linkedNumber();
  const isKnown = () => reports.filter(({ type }) => type === "unrestricted").length;
  ana.send(shop, "Hello");
  await web.until("an empty queue", () => (client.waiting === 0 ? true : undefined));
  // WhatsApp answers in order, so what had been asked before would be known
  expect([received.flat().length, isKnown()]).toEqual([1, 0]);
  over();
  await expect.poll(isKnown).toBe(1);
});
