import { createWadesk } from "@wadesk/core";
import { type Channel, lazySchema } from "@wadesk/core/ports";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNext } from "@wadesk/webhooks/next";

// put beside the example's own routes when it is tested: a vendor that calls each app at a path of its own

interface AppsSettings {
  readonly apps: Readonly<Record<string, { readonly secrets: readonly string[] }>>;
}

const anything = <Value>() =>
  lazySchema<Value>(async () => ({ "~standard": { validate: (value: unknown) => ({ value: value as Value }) } }));

const echo: Channel<"echo", object, object, object, AppsSettings> = {
  spec: "v1",
  kind: "echo",
  content: new Set(["text"]),
  input: anything<object>(),
  settings: {
    schema: anything<Partial<AppsSettings>>(),
    defaults: { apps: { eu: { secrets: ["secret-of-eu"] }, "a b": { secrets: ["secret-of-a-b"] } } },
    secrets: [],
    groups: { apps: { schema: anything<Partial<AppsSettings["apps"][string]>>(), secrets: ["secrets"] } },
  },
  connect: async () => ({ route: "echo:1", details: {}, secret: {} }),
  line: ({ epoch }, { now }) => ({
    send: async ({ id }) => ({ providerId: id, acceptedAt: now() }),
    check: async () => ({ signals: [{ type: "alive", at: now(), epoch }] }),
    disconnect: async () => {},
  }),
  webhook: {
    paths: ["/echo/:app"],
    scheme: {
      detect: ({ headers }) => headers.has("x-echo-secret"),
      account: () => undefined,
      verify: async ({ headers }, secret) => headers.get("x-echo-secret") === secret,
    },
    secretsFor: async (_account, { parameter = "", settings }) =>
      ((await settings()).apps[parameter]?.secrets ?? []).map((secret) => ({ secret, speaker: `echo:app:${parameter}` })),
    normalize: () => [],
    // names the app, so that a test sees which one it was
    acknowledge: ({ parameter, body }) => Response.json({ app: parameter, bytes: body.length }),
  },
};

const wadesk = createWadesk({ channels: [echo], encryptionKeys: `k1:${Buffer.alloc(32, 7).toString("base64url")}` });
const inside = toNext(createWebhookHandler(wadesk, { basePath: "/hooks" }));
// `rewrites` of next.config leave the address as it was called
const outside = toNext(createWebhookHandler(wadesk, { basePath: "/outside" }));

/** What Next.js calls. */
export function POST(request: Request): Promise<Response> {
  return (new URL(request.url).pathname.startsWith("/outside/") ? outside : inside).POST(request);
}
