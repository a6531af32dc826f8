import { createApp } from "./app.ts";
import { createClient } from "./wadesk.ts";

const wadesk = createClient(process.env);
const app = await createApp(wadesk);
const url = await app.listen({ host: process.env.HOST ?? "127.0.0.1", port: Number(process.env.PORT ?? 3000) });
await wadesk.start();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void wadesk.stop().then(() => app.close()));
console.log(`Listening on ${url}. The vendors' callback URL is ${process.env.PUBLIC_URL ?? url}/webhooks/whatsapp/inbound`);
