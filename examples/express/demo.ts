import { createApp } from "./app.ts";
import { createClient } from "./client.ts";
import { type Config, readConfig } from "./config.ts";
import { type FakeWorld, openFakeWorld } from "./fake-world.ts";
import { listen } from "./listen.ts";
import { serve } from "./server.ts";
import { play } from "./story.ts";
import { watch } from "./watch.ts";

try {
  const config = readConfig(process.env);
  const { phoneNumberId, wabaId, accessToken } = config.meta;
  const isReal = phoneNumberId && wabaId && accessToken && process.env.DEMO_FAKE !== "1";
  // with the credentials of a real number the same application runs against Meta
  if (isReal) await serve(config);
  else await runDemo(config, process.argv.includes("--once"));
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function runDemo(config: Config, once: boolean): Promise<void> {
  const world = await openFakeWorld(config, process.env);
  try {
    await tell(world, once);
  } catch (error) {
    await world.meta.close();
    throw error;
  }
}

async function tell(world: FakeWorld, once: boolean): Promise<void> {
  const wadesk = createClient(world.config);
  await wadesk.start();
  const { url, close } = await listen(createApp(wadesk), world.config);
  const stop = async (): Promise<void> => {
    await wadesk.stop();
    await close();
    await world.meta.close();
  };
  console.log("WaDesk demo: this Express app, and a Meta of our own on loopback. No account, nothing leaves this machine.");
  try {
    await play({ wadesk, world, watch: watch(wadesk), url, say: console.log });
  } catch (error) {
    await stop();
    throw error;
  }
  if (once) {
    console.log("\nAll of it was seen.");
    return stop();
  }
  console.log(`
Running until Ctrl+C.
   App              ${url}  (GET /connections, POST /connections, POST /messages)
   Webhooks         ${url}/webhooks/whatsapp/inbound
   Fake Meta        ${world.config.meta.graphUrl}
   Phone Number ID  ${world.credentials.phoneNumberId}, WABA ID ${world.credentials.wabaId}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
}
