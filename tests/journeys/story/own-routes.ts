import type { ManualInput } from "@wadesk/cloud-api";
import type { SendRequest } from "@wadesk/core";
import type { TwilioInput } from "@wadesk/twilio";
import type { Client } from "../../../examples/app/server/index.ts";

/** What the examples' three routes do, for frameworks that have no example. */
export interface OwnRoutes {
  connect(body: unknown): Promise<unknown>;
  list(body?: unknown): Promise<unknown>;
  send(body: unknown): Promise<unknown>;
}

/** The routes of one workspace, on whichever channel is in force. */
export function ownRoutes(wadesk: Client): OwnRoutes {
  const acme = wadesk.workspace("acme");
  return {
    connect: async (body) => acme.connect(await wadesk.settings.activeChannel(), body as ManualInput & TwilioInput),
    list: () => acme.list(),
    send: (body) => acme.send(body as SendRequest),
  };
}
