import { fileURLToPath } from "node:url";
import { isWadeskError, type Linking } from "@wadesk/core";
import { openChats } from "@wadesk/example-app";
import { type Config, createClient, openKept, readConfig, templatesOf } from "@wadesk/example-app/server";
import { createApp } from "./app.ts";
import { leave } from "./leave.ts";
import { listen } from "./listen.ts";
import { showStep } from "./show-step.ts";

/** Runs the application against the vendors themselves, and connects the numbers that the environment names. */
export async function serve(config: Config): Promise<void> {
  const kept = openKept(config, besideExample("wadesk.db"));
  const { url, serve: use, close } = await listen(config);
  const publicUrl = config.publicUrl ?? url;
  const chats = openChats(kept.chats);
  const wadesk = createClient({ ...config, publicUrl }, kept, chats);
  await kept.open();
  await wadesk.start();
  use(createApp(wadesk, { chats, templates: templatesOf(config) }));
  const stop = async (): Promise<void> => {
    await close();
    await wadesk.stop();
    await kept.storage.close();
    chats.close();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void leave(stop));
  console.log(
    `Listening on ${url}: open it in a browser. The callback URL for Meta and for Twilio is ${publicUrl}/webhooks/whatsapp/inbound`,
  );

  const acme = wadesk.workspace("acme");
  const { phoneNumberId, wabaId, accessToken } = config.meta;
  const { accountSid, authToken, from } = config.twilio;
  if (phoneNumberId && wabaId && accessToken) await follow(acme.connect("cloud-api", { phoneNumberId, wabaId, accessToken }));
  if (accountSid && authToken) {
    await follow(acme.connect("twilio", { accountSid, authToken, ...(from && { from }), mode: from ? "production" : "sandbox" }));
  }
  const { phone } = config.whatsappWeb;
  if (phone) await follow(acme.connect("unofficial", { phone }));
  console.log(`The channel in force is ${await wadesk.settings.activeChannel()}. Connect a number on it: POST ${url}/connections`);
}

/** A file that outlives a run, where the environment names none. */
export function besideExample(name: string): string {
  return fileURLToPath(new URL(`.wadesk/${name}`, import.meta.url));
}

async function follow(linking: Linking<unknown>): Promise<void> {
  try {
    for await (const step of linking) {
      if (step.type === "check") console.log(`${step.state.padEnd(7)} ${step.name} ${step.detail ?? ""}`);
      else await showStep(step);
    }
    const connection = await linking;
    console.log(`Connected ${connection.label} (${connection.phone})`);
    for (const warning of connection.warnings) console.log(`Mind: ${warning.text}`);
  } catch (error) {
    if (!isWadeskError(error, "number_in_use")) throw error;
    console.log("The number is connected since an earlier run");
  }
}

if (import.meta.main) {
  await Promise.resolve()
    .then(() => serve(readConfig(process.env)))
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
}
