import type { LinkStep } from "@wadesk/core";
import { openChats } from "@wadesk/example-app";
import {
  type Config,
  createClient,
  demoName,
  type Kept,
  openKept,
  readConfig,
  seedOf,
  templatesOf,
  withFakes,
} from "@wadesk/example-app/server";
import { type FakeWorld, openFakeWorld, openPanel } from "@wadesk/example-app/world";
import { createApp } from "./app.ts";
import { leave } from "./leave.ts";
import { listen } from "./listen.ts";
import { besideExample, serve } from "./server.ts";
import { showStep } from "./show-step.ts";
import { play } from "./story.ts";
import { watch } from "./watch.ts";

const USAGE = `The WaDesk demo: an Express app, and a Meta, a Twilio and a WhatsApp of our own on loopback.

  npx -y pnpm@12 demo          tells the story, then runs until Ctrl+C
  npx -y pnpm@12 demo --once   ends after the story, with 1 where something of it was not seen

The README lists the variables, PORT and DATABASE among them. With the credentials of a real number the app runs against the vendor itself.`;

try {
  const unknown = process.argv.slice(2).find((word) => word !== "--once" && word !== "--help");
  if (unknown !== undefined) throw new Error(`${unknown} is not an option\n\n${USAGE}`);
  if (process.argv.includes("--help")) {
    console.log(USAGE);
    process.exit();
  }
  const config = readConfig(process.env);
  // with the credentials of a real number the same application runs against the vendor
  if (hasCredentials(config) && process.env.DEMO_FAKE !== "1") await serve(config);
  else await runDemo(config, process.argv.includes("--once"));
} catch (error) {
  await leave(async () => {
    throw new Error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  });
}

function hasCredentials({ meta, twilio, whatsappWeb }: Config): boolean {
  const ofMeta = meta.phoneNumberId && meta.wabaId && meta.accessToken;
  return Boolean(ofMeta || (twilio.accountSid && twilio.authToken) || whatsappWeb.phone);
}

async function runDemo(config: Config, once: boolean): Promise<void> {
  const kept = openKept(config, besideExample(demoName(config)));
  const world = await openFakeWorld(config, seedOf(kept));
  try {
    await tell(withFakes(config, world), world, kept, once);
  } catch (error) {
    await world.close();
    throw error;
  }
}

function isOther(url: string, port: number): boolean {
  return port !== 0 && new URL(url).port !== String(port);
}

async function tell(config: Config, world: FakeWorld, kept: Kept, once: boolean): Promise<void> {
  const { url, serve: use, close } = await listen(config);
  console.log(`WaDesk demo: this Express app, and a Meta, a Twilio and a WhatsApp with phones of our own on loopback.
No account, nothing leaves this machine.
   App        ${url}${isOther(url, config.port) ? `, since port ${config.port} is taken` : ""}
   Database   ${kept.database}
   Key        ${kept.key}
   Chats      ${kept.chats}`);
  const chats = openChats(kept.chats);
  const meta = { ...config.meta, configId: world.meta.offerDialog(url) };
  const wadesk = createClient({ ...config, meta, publicUrl: url }, kept, chats);
  await kept.open();
  await wadesk.start();
  const { phones } = world;
  const show = async (step: LinkStep): Promise<void> => {
    if (step.type === "qr") await phones.hand(step.text);
    await showStep(step);
  };
  use(createApp(wadesk, { chats, templates: templatesOf(config), world: openPanel(world, wadesk), show }));
  await world.bridge.serve(url);
  const stop = async (): Promise<void> => {
    await wadesk.stop();
    await world.close();
    await close();
    await kept.storage.close();
    chats.close();
  };
  try {
    await play({ wadesk, world, verifyToken: config.meta.verifyToken, watch: watch(wadesk), url, say: console.log });
  } catch (error) {
    await stop();
    throw error;
  }
  if (once) {
    console.log("\nAll of it was seen.");
    return leave(stop);
  }
  const { twilio } = world;
  console.log(`
Running until Ctrl+C.
   Open it          ${url}  (Devices, Chats and Settings, with the simulated world at the side)
   App              ${url}  (GET /connections, POST /connections, POST /messages)
   Webhooks         ${url}/webhooks/whatsapp/inbound
   Fake Meta        ${config.meta.graphUrl}  Phone Number ID ${world.meta.input.phoneNumberId}, WABA ID ${world.meta.input.wabaId}
   Fake Twilio      ${config.twilio.apiUrl}  Account SID ${twilio.input.accountSid}, sender ${twilio.input.from}
   The phones       ${phones.page.url}

Open the phones in a browser. Write from Ana's to ${phones.shop.number}: the application answers. To link the other phone, run
   curl ${url}/connections -H 'Content-Type: application/json' -d '{"phone":"+15550100004"}'
and press "Scan the newest" on it: the QR is drawn here.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void leave(stop));
}
