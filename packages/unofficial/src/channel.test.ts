import { type SessionUnderTest, sessionContract } from "@wadesk/testing/contracts";
import { createWhatsAppWeb } from "@wadesk/testing/whatsapp-web";
import { onTestFinished } from "vitest";
import { type UnofficialChannel, unofficial } from "./unofficial.ts";

/** What needs the stores before the bytes leave and before a receipt does, which this channel does not have yet. */
const NOT_YET: readonly string[] = [
  "sends nothing while what it keeps cannot be written",
  "takes nothing for delivered that could not be stored",
];

async function open(): Promise<SessionUnderTest> {
  const web = await createWhatsAppWeb();
  onTestFinished(() => web.close());
  const shop = web.addPhone({ number: "15550001111", name: "Shop" });
  shop.planHistory({ type: "initial", progress: 100, isInline: true });
  const ana = web.addPhone({ number: "15550002222", name: "Ana" });
  const connected = () => shop.clients.filter(({ isConnected }) => isConnected);
  const channel = (): UnofficialChannel => {
    const made = unofficial({ webSocketUrl: web.url });
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
        await web.until("its receipt", () => (connected().every(({ waiting }) => waiting === 0) ? true : undefined));
        return "acknowledged";
      },
    },
  };
}

sessionContract("unofficial", open, NOT_YET);
