import { cloudApi } from "@wadesk/cloud-api";
import { createWadesk } from "@wadesk/core";
import { twilio } from "@wadesk/twilio";
import { unofficial } from "@wadesk/unofficial";
import { type Chats, openChats } from "../chats.ts";
import { answerTexts } from "../conversations.ts";
import type { Config } from "./config.ts";
import type { Kept } from "./kept.ts";

/** The client with the channels of the examples. */
export type Client = ReturnType<typeof createClient>;

/** Makes the client and says what happens to what comes in: it is kept in the chats, and every text is answered. */
export function createClient(
  config: Config,
  { storage, encryptionKeys }: Pick<Kept, "storage" | "encryptionKeys">,
  chats: Chats = openChats(),
) {
  const { appId, appSecret, verifyToken, configId, graphVersion, graphUrl, dialogUrl } = config.meta;
  const { url: webSocketUrl, bridge } = config.whatsappWeb;
  const wadesk = createWadesk({
    channels: [
      cloudApi({ appId, appSecret, verifyToken, configId, graphVersion, graphUrl, dialogUrl }),
      twilio({ apiUrl: config.twilio.apiUrl }),
      bridge === undefined
        ? unofficial({ webSocketUrl })
        : unofficial({ bridges: { default: { url: bridge.url, secrets: bridge.secret } } }),
    ],
    storage,
    encryptionKeys,
    ...(config.publicUrl && { publicUrl: config.publicUrl }),
    ...(config.activeChannel && { activeChannel: config.activeChannel }),
  });

  answerTexts(wadesk, chats);
  if (config.logEvents) wadesk.on("event.completed", (event) => console.log(JSON.stringify(event)));
  return wadesk;
}
