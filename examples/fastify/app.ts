import type { ManualInput } from "@wadesk/cloud-api";
import { isWadeskError, type SendRequest } from "@wadesk/core";
import type { TwilioInput } from "@wadesk/twilio";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toFastify } from "@wadesk/webhooks/fastify";
import fastify, { type FastifyInstance } from "fastify";
import type { Client } from "./wadesk.ts";

/** The application: the vendors' webhooks, and three routes of its own. They ask nobody who they are, so keep them on loopback. */
export async function createApp(wadesk: Client): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true });
  // a real application takes the workspace from the session of whoever is signed in
  const acme = wadesk.workspace("acme");

  await app.register(toFastify(createWebhookHandler(wadesk)), { prefix: "/webhooks" });

  // on the channel in force, whichever the admin has chosen
  app.post<{ Body: ManualInput & TwilioInput }>("/connections", async ({ body }, reply) => {
    return reply.code(201).send(await acme.connect(await wadesk.settings.activeChannel(), body));
  });
  app.get("/connections", () => acme.list());
  app.post<{ Body: SendRequest }>("/messages", async ({ body }, reply) => {
    return reply.code(202).send(await acme.send(body));
  });

  app.setErrorHandler((error, _request, reply) => {
    return isWadeskError(error) ? reply.code(error.httpStatus).send({ error }) : reply.send(error);
  });
  return app;
}
