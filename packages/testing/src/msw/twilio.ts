import { optionInvalid } from "@wadesk/core/ports";
import { type HttpHandler, HttpResponse, http } from "msw";
import { TWILIO_HOSTS } from "../fakes/twilio/api/operation.ts";
import type { FakeTwilio } from "../fakes/twilio/fake-twilio.ts";

/**
 * MSW handlers with which a fake Twilio answers its three APIs' hosts and the host of files in this process.
 *
 * @example
 * ```ts
 * const server = setupServer(...twilioHandlers(twilio));
 * server.listen({ onUnhandledFrame: "error" }); // MSW 3's name; under the old one unknown requests would go out
 * ```
 */
export function twilioHandlers(twilio: Pick<FakeTwilio, "answer">): HttpHandler[] {
  if (typeof (twilio as Partial<FakeTwilio> | undefined)?.answer !== "function")
    throw optionInvalid("twilioHandlers", "twilio", "must be what createFakeTwilio answers", "wrong_type");
  return TWILIO_HOSTS.map((host) =>
    http.all(`https://${host}/*`, async ({ request }) => (await twilio.answer(request)) ?? HttpResponse.error()),
  );
}
