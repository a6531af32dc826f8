import { createHash } from "node:crypto";
import { join } from "node:path";
import type { AppOptions } from "../app-handler.ts";
import type { ChatTemplate } from "../chat-routes.ts";
import { openChats } from "../chats.ts";
import type { FakeWorld } from "../world/index.ts";
import { type Client, createClient } from "./client.ts";
import { type Config, readConfig } from "./config.ts";
import { type Kept, openKept } from "./kept.ts";

/** What an application is made of, whatever framework serves it. */
export interface OpenedApp {
  readonly config: Config;
  /** Where people and vendors reach it. */
  readonly url: string;
  readonly wadesk: Client;
  /** What its pages show. */
  readonly parts: Pick<AppOptions, "chats" | "templates" | "world">;
  /** Goes on with what an earlier run left. */
  start(): Promise<void>;
  /** Tells simulated vendors where it listens, once; vendors themselves are told by people. */
  reached(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens it as the environment says, on the vendors that it names or else on simulated ones; what outlives a run is kept in this folder. */
export async function openApp(environment: NodeJS.ProcessEnv, folder: string): Promise<OpenedApp> {
  const given = readConfig(environment);
  const isSimulated = environment.DEMO_FAKE === "1" || !namesVendors(given);
  const url = given.publicUrl ?? `http://${given.host}:${given.port}`;
  const kept = openKept(given, join(folder, isSimulated ? demoName(given) : "wadesk.db"));
  const { world, panel } = isSimulated ? await simulated(given, seedOf(kept)) : {};
  const faked = world === undefined ? given : withFakes(given, world);
  const config = { ...faked, publicUrl: url, meta: { ...faked.meta, ...(world && { configId: world.meta.offerDialog(url) }) } };
  const chats = openChats(kept.chats);
  const wadesk = createClient(config, kept, chats);
  let reached: Promise<void> | undefined;
  const tell = async ({ meta, bridge }: FakeWorld): Promise<void> => {
    await bridge.serve(url);
    await meta.app.setWebhook({ url: `${url}/webhooks/whatsapp/inbound`, verifyToken: config.meta.verifyToken ?? "" });
    await meta.remember();
  };
  return {
    config,
    url,
    wadesk,
    parts: { chats, templates: templatesOf(config), ...(world && panel && { world: panel(world, wadesk) }) },
    async start() {
      await kept.open();
      await wadesk.start();
    },
    async reached() {
      if (world !== undefined) reached ??= tell(world);
      await reached;
    },
    async stop() {
      await wadesk.stop();
      await world?.close();
      await kept.storage.close();
      chats.close();
    },
  };
}

/** The templates with which a chat may begin, as the vendors know them. */
export function templatesOf({ twilio: { contentSid } }: Config): Readonly<Record<string, ChatTemplate>> {
  return contentSid === undefined ? {} : { twilio: { name: contentSid, language: "en" } };
}

/** The name of a simulated run's database: what one key sealed another does not open. */
export function demoName({ encryptionKeys }: Config): string {
  return encryptionKeys === undefined ? "demo.db" : `demo-${digestOf(encryptionKeys).slice(0, 8)}.db`;
}

/** What the simulated vendors are made from: from one seed they have the same accounts, ids and secrets on each run. */
export function seedOf({ encryptionKeys }: Kept): string {
  return digestOf(`the demo's vendors ${encryptionKeys}`);
}

/** The configuration with what the consoles of the simulated vendors would have given. */
export function withFakes(config: Config, { given: { meta, twilio, whatsappWeb } }: FakeWorld): Config {
  return {
    ...config,
    meta: { ...config.meta, ...meta },
    twilio: { ...config.twilio, ...twilio },
    whatsappWeb: { ...config.whatsappWeb, ...whatsappWeb },
  };
}

// loaded where it is used: an application of your own has neither
async function simulated(config: Config, seed: string) {
  const { openFakeWorld, openPanel } = await import("../world/index.ts");
  return { world: await openFakeWorld(config, seed), panel: openPanel };
}

function namesVendors({ meta, twilio, whatsappWeb }: Config): boolean {
  const ofMeta = meta.appId ?? meta.appSecret ?? meta.graphUrl;
  return (ofMeta ?? twilio.accountSid ?? twilio.apiUrl ?? whatsappWeb.phone ?? whatsappWeb.url) !== undefined;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
