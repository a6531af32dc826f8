import { createApp } from "./app.ts";
import { createClient } from "./client.ts";
import { readConfig } from "./config.ts";
import { listen } from "./listen.ts";

const config = readConfig(process.env);
const wadesk = createClient(config);
await wadesk.start();
const { url } = await listen(createApp(wadesk), config);
console.log(`Listening on ${url}. Meta's callback URL is ${config.publicUrl ?? url}/webhooks/whatsapp/inbound`);

const { phoneNumberId, wabaId, accessToken } = config.meta;
if (phoneNumberId && wabaId && accessToken) {
  const linking = wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken });
  for await (const step of linking) if (step.type === "check") console.log(`${step.state.padEnd(7)} ${step.name} ${step.detail ?? ""}`);
  const { label, phone, warnings } = await linking;
  console.log(`Connected ${label} (${phone})`);
  for (const warning of warnings) console.log(`Mind: ${warning}`);
} else {
  console.log(`Connect a number: POST ${url}/connections {"phoneNumberId": "…", "wabaId": "…", "accessToken": "…"}`);
}
