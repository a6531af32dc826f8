import { createHash, createHmac } from "node:crypto";
import { createWebhookHandler } from "@wadesk/webhooks";
import { describe, expect, it } from "vitest";
import { BRIDGE_SECRET, type BridgedWorld, linkBridged, openBridged } from "./world/open-bridged.ts";
import { SHOP } from "./world/open-phones.ts";

const ROUTE = "unofficial:acme:15550001111";

/** A report as the page of the protocol says that one is signed, which can be brought again to the byte. */
function reportOf({ app, time }: BridgedWorld, id: string, report: object): () => Promise<number> {
  const handler = createWebhookHandler(app.wadesk);
  const body = JSON.stringify(report);
  const timestamp = String(Math.floor(time.now() / 1000));
  const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  const text = `${id}.${timestamp}.wadesk-bridge/1 report\nPOST\n/webhooks/wadesk-bridge\ndefault\n${digest}`;
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${createHmac("sha256", BRIDGE_SECRET).update(text).digest("base64")}`,
    "wadesk-bridge": "default",
    "wadesk-bridge-version": "1",
    "content-digest": digest,
  };
  return async () => (await handler(new Request("http://127.0.0.1/webhooks/wadesk-bridge", { method: "POST", headers, body }))).status;
}

describe("a report that somebody has recorded and brings again", () => {
  it("of numbers changes nothing: one that was linked since stays connected", async () => {
    const world = await openBridged();
    const { app, shop, time } = world;
    const { id } = await linkBridged(world, app);
    const acme = app.wadesk.workspace("acme");
    const status = { state: "disconnected", reason: "unlinked", since: time.now() };
    const recorded = reportOf(world, "rep_recorded", { numbers: [{ route: ROUTE, status, seenMsAgo: 0, details: {}, warnings: [] }] });
    expect(await recorded()).toBe(204);
    expect((await acme.get(id)).status).toMatchObject({ state: "disconnected", reason: "unlinked" });
    await time.advance(1000);
    const again = acme.reconnect(id, "unofficial", { phone: SHOP });
    for await (const step of again) if (step.type === "qr") await shop.scan(step.text);
    expect((await again).status.state).toBe("connected");
    await recorded();
    expect((await acme.get(id)).status).toMatchObject({ state: "connected" });
  });

  it("of events is handed to nobody again, and what comes after it is", async () => {
    const world = await openBridged();
    const { app } = world;
    await linkBridged(world, app);
    const contact = { phone: "+15550002222" };
    const event = (id: string) => ({
      key: `${ROUTE}|15550002222|${id}`,
      route: ROUTE,
      orderKey: `${ROUTE}|15550002222`,
      at: world.time.now(),
      type: "message.received",
      data: { messageId: id, contact, content: { kind: "text", text: id } },
    });
    const recorded = reportOf(world, "rep_recorded", { events: [event("one")] });
    expect([await recorded(), await recorded(), await reportOf(world, "rep_later", { events: [event("two")] })()]).toEqual([204, 204, 204]);
    expect([(await app.received.next()).data.messageId, (await app.received.next()).data.messageId]).toEqual(["one", "two"]);
    expect(app.received.all).toHaveLength(2);
  });
});
