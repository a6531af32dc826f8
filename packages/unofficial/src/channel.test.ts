import { sessionChannelContract } from "@wadesk/testing/contracts";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { onTestFinished } from "vitest";
import { unofficial } from "./unofficial.ts";

sessionChannelContract("unofficial", async () => {
  const web = await createWhatsAppWeb();
  onTestFinished(() => web.close());
  const shop = web.addPhone({ number: "15550001111", name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  web.addPhone({ number: "15550002222", name: "Ana" });
  return {
    channel: unofficial({ webSocketUrl: web.url }),
    input: { phone: "+15550001111" },
    answer: async (step) => void (step.type === "qr" && (await shop.scan(step.text))),
    to: { phone: "+15550002222" },
    content: { kind: "text", text: "Hello" },
    remains: async () => shop.clients.length > 0,
    cut: async () => {
      const [client] = shop.clients;
      client?.drop();
      await client?.disconnected();
    },
  };
});
