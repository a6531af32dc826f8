import { type CloudApiChannel, cloudApi, type ManualInput } from "@wadesk/cloud-api";
import { type Connection, createWadesk, memoryStorage, type Storage, type Wadesk } from "@wadesk/core";
import { createFakeMeta, type FakeApp, type FakeMeta, type LogLine, recordingLogger } from "@wadesk/testing";
import { createWebhookHandler } from "@wadesk/webhooks";
import { ENCRYPTION_KEYS, VERIFY_TOKEN } from "./open-world.ts";

/** Where the host is reached. */
export const ADDRESS = "https://chat.example.com/webhooks/whatsapp/inbound";

/** A host and a Meta that reach each other without a socket, and tenants with apps of their own. */
export interface OwnApps {
  readonly meta: FakeMeta;
  /** The platform's. */
  readonly app: FakeApp;
  readonly wadesk: Wadesk<CloudApiChannel>;
  readonly storage: Storage;
  readonly lines: LogLine[];
  /** Sends a request to the host, as anybody may. */
  readonly call: (address: string, init?: RequestInit) => Promise<Response>;
  /** Another process of the same host. */
  readonly beside: (watch: (storage: Storage) => Storage) => (address: string, init?: RequestInit) => Promise<Response>;
  /** Adds an account and a number, and what a person types in to connect it through an app of theirs; without one through the platform's. */
  readonly number: (app?: FakeApp, wabaId?: string) => Promise<NewTenant>;
  /** Connects it. The label is the workspace's name. */
  readonly connect: (workspaceId: string, tenant: NewTenant, input?: Partial<ManualInput>) => Promise<Connection>;
}

/** A number of a tenant who has not connected it yet. */
export interface NewTenant {
  readonly wabaId: string;
  readonly id: string;
  readonly input: ManualInput;
}

/** Opens them. The fake is to be closed after the test. */
export function openOwnApps(): OwnApps {
  const storage = memoryStorage();
  const { log, lines } = recordingLogger();
  const meta = createFakeMeta({ fetch: (input, init) => call(input instanceof Request ? input.url : String(input), init) });
  const app = meta.addApp();
  const open = (of: Storage): Wadesk<CloudApiChannel> =>
    createWadesk({
      channels: [cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: VERIFY_TOKEN, retryDelayMs: 0 })],
      storage: of,
      encryptionKeys: ENCRYPTION_KEYS,
      publicUrl: "https://chat.example.com",
      fetch: (input, init) => meta.fetch(new Request(input, init)),
      log,
    });
  const callOf =
    (handler: ReturnType<typeof createWebhookHandler>) =>
    (address: string, init?: RequestInit): Promise<Response> =>
      handler(new Request(address, init));
  const wadesk = open(storage);
  const call = callOf(createWebhookHandler(wadesk));
  return {
    meta,
    app,
    wadesk,
    storage,
    lines,
    call,
    beside: (watch) => callOf(createWebhookHandler(open(watch(storage)))),
    async number(own, given) {
      const wabaId = given ?? meta.addWaba().id;
      const { id } = meta.addNumber({ wabaId });
      const accessToken = meta.addToken({ appId: (own ?? app).id, wabaIds: [wabaId] });
      const app_ = own && { appId: own.id, appSecret: own.secret, verifyToken: `verify-${own.id}` };
      return { wabaId, id, input: { phoneNumberId: id, wabaId, accessToken, ...app_ } };
    },
    connect: async (workspaceId, { input }, change = {}) =>
      wadesk.workspace(workspaceId).connect("cloud-api", { ...input, ...change, label: workspaceId }),
  };
}
