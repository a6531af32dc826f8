import { type CloudApiChannel, type CloudApiOptions, cloudApi, type ManualInput } from "@wadesk/cloud-api";
import { type AnyChannel, createWadesk, type InboxOptions, memoryStorage, type Storage, type Wadesk } from "@wadesk/core";
import {
  createFakeMeta,
  type FakeApp,
  type FakeMeta,
  type FakeMetaOptions,
  type LogLine,
  type ManualClock,
  type NewNumber,
  recordingLogger,
} from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { onTestFinished } from "vitest";
import { freePort } from "../story/free-port.ts";
import { type Framework, serveHost } from "./host-app.ts";

/** The token that the host configured for Meta's challenge. */
export const VERIFY_TOKEN = "open-sesame-5f1e7c";

/** A key ring of one key. */
export const ENCRYPTION_KEYS: string = `k1:${Buffer.alloc(32, "key one of the journeys").toString("base64url")}`;

/** A host application with WaDesk in it, and a Meta that calls it, both on loopback. */
export interface World<Extra extends AnyChannel = never> {
  readonly meta: FakeMeta;
  readonly app: FakeApp;
  readonly wadesk: Wadesk<CloudApiChannel | Extra>;
  readonly storage: Storage;
  /** What WaDesk logged, at every level. */
  readonly lines: LogLine[];
  /** Where the fake Meta listens. */
  readonly graphUrl: string;
  /** The callback URL as Meta knows it. */
  readonly callback: string;
  /** An account with one number and a permanent token, ready to connect. */
  readonly account: Account;
}

/** One WhatsApp account at Meta. */
export interface Account {
  readonly wabaId: string;
  readonly businessId: string;
  readonly numberId: string;
  /** E.164 with the plus. */
  readonly phone: string;
  readonly token: string;
  /** What a person pastes to connect the number. */
  readonly input: ManualInput;
}

/** How a world differs from the usual one. */
export interface WorldOptions<Extra extends AnyChannel = never> {
  readonly framework?: Framework;
  /** Everything timed goes through it; the machine's clock when absent. */
  readonly time?: ManualClock;
  readonly pace?: FakeMetaOptions["pace"];
  readonly inbox?: InboxOptions;
  readonly channel?: CloudApiOptions;
  /** Channels installed after `cloud-api`. */
  readonly extra?: readonly Extra[];
  /** How WaDesk reaches Meta; the global `fetch` when absent. */
  readonly fetch?: typeof fetch;
  /** Called for each request that reaches the host. */
  readonly onRequest?: () => void;
  /** Stands between WaDesk and its storage, to see what goes there. */
  readonly watch?: (storage: Storage) => Storage;
  /** Whether the callback is set at Meta, with its challenge. Default true. */
  readonly webhook?: boolean;
  /** Whether WaDesk is told where it is reached. */
  readonly publicUrl?: boolean;
}

/** Opens a world and closes it when the test has finished. */
export async function openWorld<Extra extends AnyChannel = never>(options: WorldOptions<Extra> = {}): Promise<World<Extra>> {
  const { time, framework = "node:http", extra = [] } = options;
  const meta = createFakeMeta({ ...(time && { clock: time.clock }), ...(options.pace && { pace: options.pace }) });
  const { url: graphUrl } = await meta.listen();
  const app = meta.addApp();
  const account = addAccount(meta, app, { display: "+1 555-010-0001", verifiedName: "Acme Shop" });
  const { watch = (unwatched) => unwatched } = options;
  const storage = watch(memoryStorage(time && { now: time.now }));
  const { log, lines } = recordingLogger();
  const secrets = { appId: app.id, appSecret: app.secret, verifyToken: VERIFY_TOKEN };
  const channels: readonly (CloudApiChannel | Extra)[] = [
    cloudApi({ ...secrets, graphUrl, retryDelayMs: 1, ...options.channel }),
    ...extra,
  ];
  const port = options.publicUrl ? await freePort() : 0;
  const wadesk: Wadesk<CloudApiChannel | Extra> = createWadesk({
    ...(options.publicUrl && { publicUrl: `http://127.0.0.1:${port}` }),
    channels,
    storage,
    encryptionKeys: ENCRYPTION_KEYS,
    log,
    // the longest of each wait, so that a test can say when it ends
    random: () => 0,
    ...(time && { clock: time.clock }),
    ...(options.fetch && { fetch: options.fetch }),
    ...(options.inbox && { inbox: options.inbox }),
  });
  const host = await serveHost(createWebhookHandler(wadesk), framework, options.onRequest, port);
  onTestFinished(async () => {
    await meta.close();
    await wadesk.stop();
    await host.close();
  });
  const callback = `${host.origin}/webhooks/whatsapp/inbound`;
  if (options.webhook !== false) await app.setWebhook({ url: callback, verifyToken: VERIFY_TOKEN });
  return { meta, app, wadesk, storage, lines, graphUrl, callback, account };
}

/** Adds an account with a number and a permanent token to a Meta. */
export function addAccount(meta: FakeMeta, app: FakeApp, number: Omit<NewNumber, "wabaId"> = {}): Account {
  const { id: wabaId, businessId } = meta.addWaba();
  const { id: numberId, phone } = meta.addNumber({ ...number, wabaId });
  const token = meta.addToken({ appId: app.id, wabaIds: [wabaId] });
  return { wabaId, businessId, numberId, phone, token, input: { phoneNumberId: numberId, wabaId, accessToken: token } };
}
