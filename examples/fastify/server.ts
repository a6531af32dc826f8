import { createApp } from "./app.ts";
import { openKept } from "./kept.ts";
import { createClient } from "./wadesk.ts";

const kept = openKept(process.env);
const wadesk = createClient(process.env, kept);
const app = await createApp(wadesk);
const url = await app.listen({ host: process.env.HOST ?? "127.0.0.1", port: Number(process.env.PORT ?? 3000) });
await wadesk.start();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
console.log(`Listening on ${url}. The vendors' callback URL is ${process.env.PUBLIC_URL ?? url}/webhooks/whatsapp/inbound`);

async function stop(): Promise<void> {
  await app.close();
  await wadesk.stop();
  await kept.storage.close();
}
