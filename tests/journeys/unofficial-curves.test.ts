import { WA_CERT_DETAILS } from "@whiskeysockets/baileys";
import { describe, expect, it, onTestFinished } from "vitest";
import { linkShop, openPhones, SHOP } from "./world/open-phones.ts";

/** Has another root trusted than that of the server, as if somebody sat in between. */
function trustAnother(): () => void {
  const trusted = Buffer.from(WA_CERT_DETAILS.PUBLIC_KEY);
  const back = (): void => void trusted.copy(WA_CERT_DETAILS.PUBLIC_KEY);
  WA_CERT_DETAILS.PUBLIC_KEY.fill(7);
  onTestFinished(back);
  return back;
}

it("with plain curves a phone is linked and speaks as with fast ones, and whoever answers is believed", async () => {
  const world = await openPhones();
  const host = world.host({ fastCurves: false });
  await host.wadesk.start();
  trustAnother();
  await linkShop(host, world.shop);
  world.ana.send(world.shop, "Are you open?");
  expect((await host.received.next()).data.content).toEqual({ kind: "text", text: "Are you open?" });
});

describe("a server whose certificate nobody signed that is trusted", () => {
  it("links no phone, and the error says what to look for", async () => {
    const world = await openPhones();
    const host = world.host();
    await host.wadesk.start();
    trustAnother();
    const linking = host.wadesk.workspace("acme").connect("unofficial", { phone: SHOP });
    await expect(linking).rejects.toMatchObject({ code: "configuration_invalid", message: expect.stringContaining("is not WhatsApp") });
    expect(world.shop.clients).toEqual([]);
  });

  it("gets no login of a number that is linked, which is open again when WhatsApp answers", async () => {
    const world = await openPhones();
    const host = world.host();
    await host.wadesk.start();
    await linkShop(host, world.shop);
    const [client] = world.shop.clients;
    const trustWhatsApp = trustAnother();
    client?.drop();
    await host.changes.next((status) => status === "disconnected · connection_lost");
    // the handshake goes by the machine's time
    while (!host.lines.some(({ level }) => level === "error")) await world.time.advance(10);
    expect(host.lines.filter(({ level }) => level === "error")).toMatchObject([{ message: expect.stringContaining("look for a proxy") }]);
    expect(client?.isConnected).toBe(false);
    trustWhatsApp();
    while (client?.isConnected !== true) await world.time.advance(1000);
  });
});
