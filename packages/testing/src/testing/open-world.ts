import { createFakeMeta } from "../fakes/meta/create-fake-meta.ts";
import type { FakeApp, FakeContact, FakeMeta, FakeMetaOptions } from "../fakes/meta/fake-meta.ts";
import type { Fields } from "../fakes/meta/graph/rules.ts";
import { type ManualClock, manualClock } from "../manual-clock.ts";

/** A webhook as the host got it. */
export interface Heard {
  readonly url: string;
  readonly body: string;
  readonly headers: Headers;
  readonly at: number;
}

/** A fake with one of everything, for its own tests. */
export interface World {
  readonly time: ManualClock;
  readonly meta: FakeMeta;
  readonly app: FakeApp;
  readonly wabaId: string;
  readonly businessId: string;
  readonly numberId: string;
  readonly token: string;
  readonly ana: FakeContact;
  /** What the host was sent, refused attempts among it. */
  readonly heard: Heard[];
  /** Statuses of the host's next answers; 200 once there are none. 0 is no answer. */
  readonly answers: number[];
  /** Calls the Graph API with the token; `body` is sent as JSON. */
  call(path: string, init?: RequestInit & { readonly json?: unknown; readonly as?: string | undefined }): Promise<Answer>;
  /** Sends Ana a message; `rest` is type and content, and may take `to` away. */
  send(rest: Fields): Promise<Answer>;
}

/** An answer of the Graph API. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever Meta answers
  readonly body: any;
}

/** The token with which the test host answers a challenge. */
export const VERIFY_TOKEN = "open sesame";

/** Opens a world; the host listens at `https://host.example/hook`, without a socket. */
export async function openWorld(options: Omit<FakeMetaOptions, "clock" | "fetch"> = {}): Promise<World> {
  const time = manualClock();
  const heard: Heard[] = [];
  const answers: number[] = [];
  const host = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (request.method === "GET") {
      const granted = url.searchParams.get("hub.verify_token") === VERIFY_TOKEN;
      return new Response(granted ? url.searchParams.get("hub.challenge") : null, { status: granted ? 200 : 403 });
    }
    heard.push({ url: request.url, body: await request.text(), headers: request.headers, at: time.now() });
    const status = answers.shift() ?? 200;
    if (status === 0) throw new TypeError("fetch failed");
    return new Response(null, { status });
  };
  const meta = createFakeMeta({ ...options, clock: time.clock, fetch: host });
  const app = meta.addApp();
  const { id: wabaId, businessId } = meta.addWaba();
  const { id: numberId } = meta.addNumber({ wabaId });
  const token = meta.addToken({
    appId: app.id,
    scopes: ["whatsapp_business_management", "whatsapp_business_messaging", "catalog_management"],
    wabaIds: [wabaId],
  });
  const ana = meta.addContact({ phone: "+5511999990000", userId: "BR.1A2b3C4d5E" });
  await app.setWebhook({ url: "https://host.example/hook", verifyToken: VERIFY_TOKEN });
  const call: World["call"] = async (path, { json, as = token, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (as !== "") headers.set("authorization", `Bearer ${as}`);
    if (json !== undefined) headers.set("content-type", "application/json");
    const body = json === undefined ? {} : { body: JSON.stringify(json), method: "POST" };
    const url = path.startsWith("https:") ? path : `https://graph.facebook.com/v23.0/${path}`;
    const response = await meta.fetch(new Request(url, { ...body, ...init, headers }));
    const text = await response.text();
    const parsed = response.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: parsed };
  };
  await call(`${wabaId}/subscribed_apps`, { json: {} });
  return {
    time,
    meta,
    app,
    wabaId,
    businessId,
    numberId,
    token,
    ana,
    heard,
    answers,
    call,
    send: (rest) => call(`${numberId}/messages`, { json: { messaging_product: "whatsapp", to: ana.phone, ...rest } }),
  };
}
