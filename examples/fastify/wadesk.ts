import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk, isWadeskError } from "@wadesk/core";
import { twilio } from "@wadesk/twilio";
import type { Kept } from "./kept.ts";

/** The client with the channels of this example. */
export type Client = ReturnType<typeof createClient>;

/** Makes the client from the environment (the README lists the variables), and says what happens to what comes in: every text is answered. */
export function createClient(environment: NodeJS.ProcessEnv, { storage, encryptionKeys }: Kept) {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const publicUrl = read("PUBLIC_URL");
  const activeChannel = read("ACTIVE_CHANNEL");
  const wadesk = createWadesk({
    channels: [
      cloudApi({
        appId: read("META_APP_ID"),
        appSecret: read("META_APP_SECRET"),
        verifyToken: read("META_VERIFY_TOKEN"),
        graphVersion: read("META_GRAPH_VERSION"),
        graphUrl: read("META_GRAPH_URL"),
      }),
      twilio({ apiUrl: read("TWILIO_API_URL") }),
    ],
    storage,
    encryptionKeys,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(activeChannel !== undefined && { activeChannel: activeChannel === "twilio" ? "twilio" : "cloud-api" }),
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

  if (read("LOG_EVENTS") === "1") wadesk.on("event.completed", (event) => console.log(JSON.stringify(event)));
  return wadesk;
}
