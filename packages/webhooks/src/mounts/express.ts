import type { IncomingMessage, ServerResponse } from "node:http";
import { isUnmatched } from "../answer.ts";
import { checkHandler } from "./check-handler.ts";
import { answer, type FetchHandler } from "./node.ts";
import { sendResponse } from "./send-response.ts";

/** A middleware of Express 4 and 5. */
export type ExpressMiddleware = (incoming: IncomingMessage, outgoing: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * Mounts a handler on Express 4 or 5, at the root or at its own path; it always looks at the URL as it was called. Put it before `express.json()`:
 * signatures cover the raw bytes. Where a parser must come first, `express.raw()` and a `rawBody` saved by `express.json({ verify })` are used.
 * A path that is not the handler's goes on to the app's other routes, its body unread.
 *
 * @example
 * app.use(toExpress(createWebhookHandler(wadesk)));
 * app.use(express.json());
 */
export function toExpress(handler: FetchHandler): ExpressMiddleware {
  checkHandler(handler);
  return (incoming, outgoing, next) => {
    answer(handler, incoming, outgoing)
      .then((response) => (isUnmatched(response) ? next() : sendResponse(response, outgoing)))
      .catch(next);
  };
}
