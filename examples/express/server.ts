import { createApp } from "./app.ts";
import { createClient } from "./client.ts";
import { type Config, readConfig } from "./config.ts";
import { listen } from "./listen.ts";

/** Runs the application against Meta itself, and connects the number that the environment names. */
export async function serve(config: Config): Promise<void> {
  const wadesk = createClient(config);
  await wadesk.start();
  const { url, close } = await listen(createApp(wadesk), config);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void wadesk.stop().then(close));
  console.log(`Listening on ${url}. Meta's callback URL is ${config.publicUrl ?? url}/webhooks/whatsapp/inbound`);

  const { phoneNumberId, wabaId, accessToken } = config.meta;
  if (!phoneNumberId || !wabaId || !accessToken) {
    console.log(`Connect a number: POST ${url}/connections {"phoneNumberId": "…", "wabaId": "…", "accessToken": "…"}`);
    return;
  }
  const linking = wadesk.workspace("acme").connect("cloud-api", { phoneNumberId, wabaId, accessToken });
  for await (const step of linking) if (step.type === "check") console.log(`${step.state.padEnd(7)} ${step.name} ${step.detail ?? ""}`);
  const { label, phone, warnings } = await linking;
  console.log(`Connected ${label} (${phone})`);
  for (const warning of warnings) console.log(`Mind: ${warning}`);
}

if (import.meta.main) {
  await Promise.resolve()
    .then(() => serve(readConfig(process.env)))
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
}
