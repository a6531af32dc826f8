import { createHash } from "node:crypto";
import type { LinkStep } from "@wadesk/core";
import { openChats } from "@wadesk/example-app";
import { type FakeWorld, openFakeWorld, openPanel } from "@wadesk/example-app/world";
import { createApp } from "./app.ts";
import { createClient } from "./client.ts";
import { type Config, readConfig } from "./config.ts";
import { type Kept, openKept } from "./kept.ts";
import { leave } from "./leave.ts";
import { listen } from "./listen.ts";
import { serve, templatesOf } from "./server.ts";
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
  // what one key sealed another does not open
  const kept = openKept(config, config.encryptionKeys === undefined ? "demo.db" : `demo-${digestOf(config.encryptionKeys).slice(0, 8)}.db`);
  // from one seed the vendors have the same accounts, ids and secrets on each run
  const world = await openFakeWorld(config, digestOf(`the demo's vendors ${kept.encryptionKeys}`));
  const told = {
    ...config,
    meta: { ...config.meta, ...world.given.meta },
    twilio: { ...config.twilio, ...world.given.twilio },
    whatsappWeb: { ...config.whatsappWeb, ...world.given.whatsappWeb },
  };
  try {
    await tell(told, world, kept, once);
  } catch (error) {
    await world.close();
    throw error;
  }
}

function isOther(url: string, port: number): boolean {
  return port !== 0 && new URL(url).port !== String(port);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
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
  const wadesk = createClient({ ...config, publicUrl: url }, kept, chats);
  await kept.open();
  await wadesk.start();
  const { phones } = world;
  const show = async (step: LinkStep): Promise<void> => {
    if (step.type === "qr") await phones.hand(step.text);
    await showStep(step);
  };
  use(createApp(wadesk, { chats, templates: templatesOf(config), world: openPanel(world, wadesk), show }));
  const stop = async (): Promise<void> => {
    // sessions say goodbye before WhatsApp is gone
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
  const { meta, twilio } = world;
  console.log(`
Running until Ctrl+C.
   Open it          ${url}  (Devices, Chats and Settings, with the simulated world at the side)
   App              ${url}  (GET /connections, POST /connections, POST /messages)
   Webhooks         ${url}/webhooks/whatsapp/inbound
   Fake Meta        ${config.meta.graphUrl}  Phone Number ID ${meta.input.phoneNumberId}, WABA ID ${meta.input.wabaId}
   Fake Twilio      ${config.twilio.apiUrl}  Account SID ${twilio.input.accountSid}, sender ${twilio.input.from}
   The phones       ${phones.page.url}

Open the phones in a browser. Write from Ana's to ${phones.shop.number}: the application answers. To link the other phone, run
   curl ${url}/connections -H 'Content-Type: application/json' -d '{"phone":"+15550100004"}'
and press "Scan the newest" on it: the QR is drawn here.`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void leave(stop));
}
