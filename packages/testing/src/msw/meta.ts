import { optionInvalid } from "@wadesk/core/ports";
import { type HttpHandler, HttpResponse, http } from "msw";
import type { FakeMeta } from "../fakes/meta/fake-meta.ts";

/**
 * MSW handlers with which a fake Meta answers `https://graph.facebook.com`, `https://api.facebook.com` and the host of media downloads in this process.
 *
 * @example
 * ```ts
 * const server = setupServer(...metaHandlers(meta));
 * server.listen({ onUnhandledFrame: "error" }); // MSW 3's name; under the old one unknown requests would go out
 * ```
 */
export function metaHandlers(meta: Pick<FakeMeta, "answer">): HttpHandler[] {
  if (typeof (meta as Partial<FakeMeta> | undefined)?.answer !== "function")
    throw optionInvalid("metaHandlers", "meta", "must be what createFakeMeta answers", "wrong_type");
  return ["https://graph.facebook.com/*", "https://api.facebook.com/*", "https://lookaside.fbsbx.com/*"].map((address) =>
    http.all(address, async ({ request }) => (await meta.answer(request)) ?? HttpResponse.error()),
  );
}
