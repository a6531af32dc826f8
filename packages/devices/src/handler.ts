import type { Platform } from "@wadesk/core";
import { optionInvalid } from "@wadesk/core/ports";
import type { Desk, DevicesClient } from "./desk.ts";
import { type DevicesOptions, readOptions } from "./options.ts";
import { refusal, refused } from "./refusal.ts";
import type { Server } from "./serve.ts";

/** A fetch handler; any runtime and, through a mount of `@wadesk/webhooks`, any framework serves it. */
export interface DevicesHandler {
  (request: Request, platform?: Platform): Promise<Response>;
  /** Ends the streams of live events, so that a server can close: call it where you call `wadesk.stop()`. */
  close(): Promise<void>;
}

/**
 * Makes the handler behind a screen for numbers: connections, linking, signup and settings as JSON, and what happens as a stream of live events. Each request is
 * somebody's whom `authorize` names, of whose workspace alone it is; it describes itself at `/openapi.json`. A path that is not its own is answered 404, or goes on
 * to the application's other routes. Nothing is loaded before the first request. Throws `configuration_invalid` for options that cannot work.
 *
 * @example
 * app.use("/wadesk", toExpress(createDevicesHandler(wadesk, { authorize })));
 */
export function createDevicesHandler(client: DevicesClient, options: DevicesOptions): DevicesHandler {
  if ((client as Partial<DevicesClient> | undefined)?.screen === undefined)
    throw optionInvalid("createDevicesHandler", "wadesk", "must be the client that createWadesk answers", "wrong_type");
  const desk: Desk = { client, options: readOptions(options), log: client.inbound.log };
  let loading: Promise<Server> | undefined;
  const load = (): Promise<Server> => {
    // a load that failed is tried again
    loading ??= import("./serve.ts").then(
      ({ createServer }) => createServer(desk),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const handle = async (request: Request, platform?: Platform): Promise<Response> => {
    // a request of Express or of Node has no such method
    if (!("clone" in request)) return (await import("./unmounted.ts")).answerUnmounted(desk, platform);
    for (const path of pathsBelow(desk, new URL(request.url).pathname)) {
      const response = await (await load()).serve(request, path, platform);
      if (response !== undefined) return response;
    }
    return unmatched(refused(refusal("not_found")));
  };
  return Object.assign(handle, { close: async () => (await loading)?.close() });
}

// a proxy may have left the public URL's own path in front, or not
function pathsBelow({ options, client }: Desk, pathname: string): readonly string[] {
  const prefix = client.inbound.publicUrl?.pathname.replace(/\/+$/, "") ?? "";
  const bases = prefix === "" ? [options.basePath] : [prefix + options.basePath, options.basePath];
  return bases.filter((base) => pathname.startsWith(`${base}/`)).map((base) => pathname.slice(base.length).replace(/(?<=.)\/$/, ""));
}

// known to the mounts of `@wadesk/webhooks`, which then ask the application's other routes
const UNMATCHED = Symbol.for("wadesk.unmatched");

function unmatched(response: Response): Response {
  return Object.defineProperty(response, UNMATCHED, { value: true });
}
