import type { Platform } from "@wadesk/core";
import { checkOptions } from "@wadesk/core/ports";
import { checkHandler } from "./check-handler.ts";

/** A handler that Next.js calls: a request in, a response out, and the means to work on after the answer. */
export type NextHandler = (request: Request, platform?: Platform) => Promise<Response> | Response;

/** A route handler of the App Router. */
export type NextRoute = (request: Request) => Promise<Response>;

/** The methods that a `route.ts` of the App Router may export. */
export type NextMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** What of Next.js the mount is given. */
export interface NextOptions {
  /** `after` of `next/server` (Next.js 15.1 and newer): work goes on after the answer wherever Next.js can keep the process alive for it. */
  readonly after?: (work: Promise<unknown>) => void;
}

/**
 * Mounts a handler as route handlers of Next.js 15 and 16: in a `route.ts` at the handler's own path, or in one at `[...path]`, since the
 * handler looks at the URL as it was called. Next.js hands over the raw bytes; a `request` that was read before it came here is answered with
 * `raw_body_missing`. Without `after` the `waitUntil` of Vercel, or of another host that Next.js knows, is used where there is one.
 *
 * @example
 * // app/webhooks/[...path]/route.ts
 * import { after } from "next/server";
 * export const { GET, POST } = toNext(createWebhookHandler(wadesk), { after });
 */
export function toNext(handler: NextHandler, options: NextOptions = {}): Readonly<Record<NextMethod, NextRoute>> {
  checkHandler(handler);
  checkOptions<NextOptions>("toNext", options, { after: "function" });
  const { after } = options;
  const route: NextRoute = async (request) => {
    const waitUntil = after ?? hostsWaitUntil();
    return await handler(request, waitUntil && { waitUntil });
  };
  return { GET: route, HEAD: route, POST: route, PUT: route, PATCH: route, DELETE: route, OPTIONS: route };
}

type WaitUntil = NonNullable<Platform["waitUntil"]>;

// where hosts of Next.js leave what belongs to the running request; Next.js reads the first one itself for `after`
const REQUEST_CONTEXTS = [Symbol.for("@next/request-context"), Symbol.for("@vercel/request-context")];

function hostsWaitUntil(): WaitUntil | undefined {
  for (const name of REQUEST_CONTEXTS) {
    const holder = (globalThis as { readonly [name: symbol]: RequestContext | undefined })[name];
    const context = holder?.get?.();
    if (typeof context?.waitUntil === "function") return (work) => context.waitUntil?.(work);
  }
  return undefined;
}

interface RequestContext {
  get?(): { readonly waitUntil?: WaitUntil } | undefined;
}
