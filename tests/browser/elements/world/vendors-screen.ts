import { cloudApi } from "@wadesk/cloud-api";
import { type AnyChannel, createWadesk, memoryStorage, type Wadesk } from "@wadesk/core";
import { createDevicesHandler, type DevicesPerson } from "@wadesk/devices";
import { createFakeMeta, createFakeTwilio, type FakeApp, type FakeMeta, type FakeTwilio } from "@wadesk/testing";
import { twilio } from "@wadesk/twilio";
import { unofficial } from "@wadesk/unofficial";
import { createWebhookHandler } from "@wadesk/webhooks";
import { ENCRYPTION_KEYS } from "../../../journeys/world/open-world.ts";

/** The real handler on fakes of the vendors, and everything that went through it. */
export interface VendorsScreen {
  readonly wadesk: Wadesk<AnyChannel>;
  readonly meta: FakeMeta;
  readonly app: FakeApp;
  readonly twilio: FakeTwilio;
  /** What the browser was answered, as text. */
  readonly answers: string[];
  /** Who looks, from now on. */
  person: DevicesPerson;
  answer(request: Request): Promise<Response>;
}

/** Secrets that no answer may have in it. */
export const SECRETS = { appSecret: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", bridge: "the-shared-secret-of-the-main-bridge" } as const;

/** The platform's operator, who owns a workspace, too. */
const OPERATOR: DevicesPerson = { workspaceId: "acme", userId: "olga", role: "owner", platform: true };

/** Where the helper service would be: nothing listens there. */
const AWAY = "127.0.0.1:9";
const ORIGIN = "https://chat.example.com";

/** Opens one; `extra` stands beside the three channels, and the first of all is in force. */
export function vendorsScreen(
  active: "cloud-api" | "twilio" | "unofficial" | "echo" = "cloud-api",
  extra: readonly AnyChannel[] = [],
): VendorsScreen {
  const meta = createFakeMeta();
  const vendor = createFakeTwilio();
  const app = meta.addApp({ secret: SECRETS.appSecret });
  const webhooks: { handle?: (request: Request) => Promise<Response> } = {};
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { host } = new URL(request.url);
    if (host === new URL(ORIGIN).host) return (await webhooks.handle?.(request)) ?? new Response(null, { status: 502 });
    if (host === AWAY) throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
    return host.includes("twilio") ? vendor.fetch(request) : meta.fetch(request);
  };
  const channels: AnyChannel[] = [
    cloudApi({ appId: app.id, appSecret: app.secret, verifyToken: "open-sesame", retryDelayMs: 0 }),
    twilio({ retryDelayMs: 0 }),
    unofficial({ bridges: { default: { url: `http://${AWAY}`, secrets: SECRETS.bridge } } }),
    ...extra,
  ];
  const first = channels.findIndex(({ kind }) => kind === active);
  const wadesk = createWadesk({
    channels: [...channels.slice(first), ...channels.slice(0, first)],
    storage: memoryStorage(),
    encryptionKeys: ENCRYPTION_KEYS,
    publicUrl: ORIGIN,
    fetch,
  }) as unknown as Wadesk<AnyChannel>;
  webhooks.handle = createWebhookHandler(wadesk as never);
  const screen: VendorsScreen = {
    wadesk,
    meta,
    app,
    twilio: vendor,
    answers: [],
    person: OPERATOR,
    async answer(request) {
      const response = await handler(request);
      // the script is ours, and the stream does not end
      if (/\/(script|events)\b/.test(new URL(request.url).pathname)) return response;
      screen.answers.push(await response.clone().text());
      return response;
    },
  };
  const handler = createDevicesHandler(wadesk as never, { authorize: () => screen.person, secure: false });
  return screen;
}
