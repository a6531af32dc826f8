import { join } from "node:path";
import { createSignupHandler } from "@wadesk/cloud-api/signup";
import { createDevicesHandler } from "@wadesk/devices";
import { createAppHandler, createSessions } from "@wadesk/example-app";
import { openApp } from "@wadesk/example-app/server";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toNext } from "@wadesk/webhooks/next";
import { after } from "next/server";

type Example = Awaited<ReturnType<typeof open>>;

// one for all routes: Next.js may load this file once for each of them, and again after a change during development
const kept = globalThis as { wadesk?: Promise<Example> };

/** The application, opened with the first call: `next build` loads this file, too. */
export function example(): Promise<Example> {
  kept.wadesk ??= open();
  return kept.wadesk;
}

/** Route handlers that lead to one of the application's; `after` lets work go on when the answer is out. */
export function routesTo(name: "webhooks" | "devices" | "signup" | "app"): ReturnType<typeof toNext> {
  return toNext(async (request, platform) => (await example())[name](request, platform), { after });
}

async function open() {
  const opened = await openApp(process.env, ".wadesk");
  const { wadesk, parts } = opened;
  const sessions = createSessions(wadesk);
  const { personOf, ownerOf, secure } = sessions;
  const pages = createAppHandler({ wadesk, sessions, files: join(process.cwd(), "example-app", "files"), ...parts });
  await opened.start();
  return {
    wadesk,
    // a real application takes the workspace from the session of whoever is signed in, as the screens do
    acme: wadesk.workspace("acme"),
    webhooks: createWebhookHandler(wadesk),
    devices: createDevicesHandler(wadesk, { authorize: personOf, secure }),
    signup: createSignupHandler(wadesk, { authorize: ownerOf, page: "/app/connected", secure }),
    async app(request: Request): Promise<Response> {
      // whoever asks for a page shows that it can be reached
      await opened.reached().catch(console.error);
      return pages(request);
    },
  };
}
