import type { IncomingMessage, ServerResponse } from "node:http";
import { isUnmatched } from "../answer.ts";
import { checkHandler } from "./check-handler.ts";
import { answer, type FetchHandler } from "./node.ts";
import { sendResponse } from "./send-response.ts";

/** A plugin for `app.register()` of Fastify 5. */
export type FastifyMount = (scope: FastifyScope) => Promise<void>;

/** What the mount uses of a Fastify instance. */
export interface FastifyScope {
  /** Empty when the plugin was registered without one. */
  readonly prefix: string;
  /** Forgets the app's parsers below the prefix. */
  removeAllContentTypeParsers(): unknown;
  /** Sets how bodies are read below the prefix. */
  addContentTypeParser(type: string, parse: (request: unknown, payload: unknown, done: (error: Error | null) => void) => void): unknown;
  /** Adds a route for every method. */
  all(path: string, handle: (request: FastifyCall, reply: FastifyAnswer) => Promise<unknown>): unknown;
}

/** What the mount uses of a Fastify request. */
export interface FastifyCall {
  /** Node's own request, with its body unread. */
  readonly raw: IncomingMessage;
  /** The bytes where a plugin of the app's, as `fastify-raw-body`, has read them first. */
  readonly rawBody?: unknown;
}

/** What the mount uses of a Fastify reply. */
export interface FastifyAnswer {
  /** Node's own answer. */
  readonly raw: ServerResponse;
  /** What the app's hooks have set so far. */
  getHeaders(): Readonly<Record<string, number | string | string[] | undefined>>;
  /** Takes the answer out of Fastify's hands. */
  hijack(): unknown;
  /** Leaves the request to the app's own answer for what is not there. */
  callNotFound(): unknown;
}

/**
 * Mounts a handler on Fastify 5, at a prefix or at the root; it always looks at the URL as it was called. Bodies stay raw within the plugin's
 * own scope: the app's parsers and its `bodyLimit` hold everywhere else, and the handler's own limit holds here. The app's hooks run, but
 * `onSend` has no part in an answer that is streamed. A path that is not the handler's is the app's not-found, its body unread: give
 * it a prefix of its own where the app has other routes beside it.
 *
 * @example
 * await app.register(toFastify(createWebhookHandler(wadesk)), { prefix: "/webhooks" });
 */
export function toFastify(handler: FetchHandler): FastifyMount {
  checkHandler(handler);
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    const handle = async ({ raw, rawBody }: FastifyCall, reply: FastifyAnswer): Promise<unknown> => {
      const response = await answer(handler, rawBody === undefined ? raw : Object.assign(raw, { rawBody }), reply.raw);
      if (isUnmatched(response)) return reply.callNotFound();
      reply.hijack();
      // what the app's hooks have set, as for CORS
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
      return await sendResponse(response, reply.raw);
    };
    scope.all("/*", handle);
    if (scope.prefix !== "") scope.all("", handle);
  };
}
