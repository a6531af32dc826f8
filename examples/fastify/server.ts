import { openApp } from "@wadesk/example-app/server";
import { createApp } from "./app.ts";

const opened = await openApp(process.env, ".wadesk");
const app = await createApp(opened);
const { host, port } = opened.config;
const url = await app.listen({ host, port });
await opened.start();
await opened.reached();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
console.log(`Listening on ${url}: open it in a browser. The vendors' callback URL is ${opened.url}/webhooks/whatsapp/inbound`);

async function stop(): Promise<void> {
  await app.close();
  await opened.stop();
}
