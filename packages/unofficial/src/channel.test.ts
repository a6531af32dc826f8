import { type SessionUnderTest, sessionContract } from "@wadesk/testing/contracts";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { onTestFinished } from "vitest";
import { type UnofficialChannel, unofficial } from "./unofficial.ts";

/** More than the contract sends in a minute that never ends. */
const AMPLE = { messagesPerMinute: 1000, messagesPerHour: 1000, messagesPerDay: 1000, newChatsPerDay: 1000 };

async function open(): Promise<SessionUnderTest> {
  const web = await createWhatsAppWeb();
  onTestFinished(() => web.close());
  const shop = web.addPhone({ number: "15550001111", name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  const connected = () => shop.clients.filter(({ isConnected }) => isConnected);
  const channel = (): UnofficialChannel => {
    const made = unofficial({ webSocketUrl: web.url, ...AMPLE });
    return {
      ...made,
      connect: (input, context) =>
        made.connect(input, {
          ...context,
          async show(step) {
            await context.show(step);
            if (step.type === "qr") void shop.scan(step.text).catch(() => {});
          },
        }),
    };
  };
  return {
    channel,
    input: { phone: "+15550001111" },
    secrets: ["15550002222"],
    to: { phone: "+15550002222" },
    content: { kind: "text", text: "Hello" },
    vendor: {
      sessions: async () => connected().length,
      taken: async () => ana.messages.length,
      isLinked: async () => shop.clients.length > 0,
      async cut() {
        for (const client of connected()) {
          client.drop();
          await client.disconnected();
        }
      },
      unlink: async () => shop.unlink(),
      async write() {
        ana.send(shop, "Are you open?");
        // whoever cannot keep it ends the connection
        await web.until("its receipt, or the end", () => (connected().every(({ waiting }) => waiting === 0) ? true : undefined));
        return shop.clients.every(({ waiting }) => waiting === 0) ? "acknowledged" : "not acknowledged";
      },
    },
  };
}

sessionContract("unofficial", open);
