import { createHash, createHmac } from "node:crypto";
import { channelContract, webhookSourceContract } from "@wadesk/testing/contracts";
import { bridgedWebhook } from "./bridge-remote/bridged-webhook.ts";
import { openBridge, ROUTE, SECRET, SHOP } from "./testing/open-bridge.ts";
import { unofficial } from "./unofficial.ts";

const OTHER_SECRET = "another secret of thirty-two chars";

// `unofficial({ bridges })` is what `bridgedChannel` makes
channelContract("unofficial through a bridge", async () => {
  const { bridge, shop } = await openBridge(Date.now());
  const bridges = {
    default: { url: "http://127.0.0.1:8888", secrets: SECRET },
    eu: { url: "http://127.0.0.1:8889", secrets: OTHER_SECRET },
  };
  const made = unofficial({ bridges });
  return {
    channel: {
      ...made,
      connect: (input, context) =>
        made.connect(input, {
          ...context,
          async show(step) {
            await context.show(step);
            if (step.type === "qr") void shop.scan(step.text).catch(() => {});
          },
        }),
    },
    fetch: (address, init) => bridge.handle(new Request(address, init)),
    input: { phone: SHOP },
    refusedInput: { phone: SHOP, bridge: "eu" },
    secrets: [SECRET, OTHER_SECRET],
    to: { phone: "+15550002222" },
    content: { kind: "text", text: "Hello" },
    remains: async () => shop.clients.length > 0,
  };
});

const event = (over: object = {}): object => ({
  key: `${ROUTE}|15550002222|15550002222|3EB0`,
  route: ROUTE,
  orderKey: `${ROUTE}|100000000000002`,
  phoneOrderKey: `${ROUTE}|+15550002222`,
  type: "message.received",
  at: 1_700_000_000_000,
  data: { messageId: "3EB0", contact: { phone: "+15550002222" }, content: { kind: "text", text: "Are you open?" }, raw: {} },
  ...over,
});

webhookSourceContract("unofficial through a bridge", {
  kind: "unofficial",
  source: bridgedWebhook,
  settings: { bridges: { default: { url: "http://127.0.0.1:8888", secrets: [SECRET, OTHER_SECRET] } } },
  settingsWithoutSecret: { bridges: { default: { url: "http://127.0.0.1:8888", secrets: [] } } },
  secret: SECRET,
  // by hand, so that the signer is not checked by itself
  request: (body, secret) => {
    const url = new URL("https://chat.example.com/webhooks/wadesk-bridge");
    const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
    const text = `rep_1.1700000000.wadesk-bridge/1 report\nPOST\n${url.pathname}\ndefault\n${digest}`;
    const headers = new Headers({
      "webhook-id": "rep_1",
      "webhook-timestamp": "1700000000",
      "webhook-signature": `v1,${createHmac("sha256", secret).update(text).digest("base64")}`,
      "wadesk-bridge": "default",
      "wadesk-bridge-version": "1",
      "content-digest": digest,
    });
    return { method: "POST", url, headers, body: new TextEncoder().encode(body) };
  },
  message: JSON.stringify({ events: [event()] }),
  unknown: [JSON.stringify({ events: [event({ type: "planet.turned" })] })],
  invalid: JSON.stringify({ hello: "world" }),
});
