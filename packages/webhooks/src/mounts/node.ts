import type { IncomingMessage, ServerResponse } from "node:http";
import { checkHandler } from "./check-handler.ts";
import { sendResponse } from "./send-response.ts";
import { toRequest } from "./to-request.ts";

export { sendResponse, toRequest };

/** A handler in the web's own terms: a request in, a response out. */
export type FetchHandler = (request: Request) => Promise<Response> | Response;

/**
 * Serves a handler on Node's own HTTP server, or wherever a `(request, response)` listener goes.
 *
 * @example
 * createServer(toNode(createWebhookHandler(wadesk))).listen(3000);
 */
export function toNode(handler: FetchHandler): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  checkHandler(handler);
  return (incoming, outgoing) => {
    answer(handler, incoming, outgoing)
      .then((response) => sendResponse(response, outgoing))
      .catch((error: unknown) => {
        // a WaDesk handler answers its own failures; this is for one of the host's that does not, and must not fail unheard
        console.error("the handler behind toNode() failed", error);
        return sendResponse(new Response(null, { status: 500 }), outgoing);
      })
      .catch(() => outgoing.destroy());
  };
}

// a request that nobody holds is collected, and whoever listens to its signal hears of no hang-up any more
const requestOf = new WeakMap<ServerResponse, Request>();

/** Runs a handler for a Node request. The handler's `request.signal` ends when the client hangs up. */
export async function answer(handler: FetchHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Response> {
  // the fetch standard has no TRACE, and makes no request of it
  if (incoming.method === "TRACE") return new Response(null, { status: 501 });
  const hangUp = new AbortController();
  const request = toRequest(incoming, hangUp.signal);
  requestOf.set(outgoing, request);
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) hangUp.abort();
  });
  return await handler(request);
}
