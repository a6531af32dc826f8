import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, isWadeskError } from "@wadesk/core";
import { twilio } from "@wadesk/twilio";
import { unofficial } from "@wadesk/unofficial";
import type { Config } from "./config.ts";
import type { Kept } from "./kept.ts";

/** The client with the channels of this example. */
export type Client = ReturnType<typeof createClient>;

/** Makes the client and says what happens to what comes in: every text is answered. */
export function createClient(config: Config, { storage, encryptionKeys }: Pick<Kept, "storage" | "encryptionKeys">) {
  const { appId, appSecret, verifyToken, graphVersion, graphUrl } = config.meta;
  const wadesk = createWadesk({
    channels: [
      cloudApi({ appId, appSecret, verifyToken, graphVersion, graphUrl }),
      twilio({ apiUrl: config.twilio.apiUrl }),
      unofficial({ webSocketUrl: config.whatsappWeb.url }),
    ],
    storage,
    encryptionKeys,
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    ...(config.activeChannel && { activeChannel: config.activeChannel }),
  });

  wadesk.process("message.received", async ({ key, data, reply }) => {
    if (data.content.kind !== "text") return;
    try {
      // the handler may run again after a crash; with the event's key the person is answered once
      await reply(`Thank you, we got: ${data.content.text}`, { replyTo: data.messageId, idempotencyKey: key });
    } catch (error) {
      // what may work later is thrown on, so that the event is tried again; an answer that never can go out must not hold up the chat
      if (!isWadeskError(error) || error.remedy === "retry" || error.remedy === "wait") throw error;
      console.error(`Could not answer ${data.messageId}: ${error.message}`);
    }
  });

  if (config.logEvents) wadesk.on("event.completed", (event) => console.log(JSON.stringify(event)));
  return wadesk;
}
