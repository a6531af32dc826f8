import { createServer } from "node:http";
import { createWadesk } from "@wadesk/core";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNode } from "@wadesk/webhooks/node";
import { parrot } from "./parrot.ts";

const wadesk = createWadesk({
  channels: [parrot({ signingSecret: process.env.PARROT_SIGNING_SECRET ?? "" })],
  encryptionKeys: process.env.WADESK_ENCRYPTION_KEYS,
});
wadesk.process("message.received", async ({ data, workspaceId }) => {
  await wadesk.workspace(workspaceId).send({ to: data.contact, content: { kind: "text", text: "Thank you, we will answer soon." } });
});
await wadesk.start();
createServer(toNode(createWebhookHandler(wadesk))).listen(3000); // Parrot is told https://<your host>/webhooks/parrot
