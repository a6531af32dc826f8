import type { ManualInput } from "@wadesk/cloud-api";
import { createSignupHandler } from "@wadesk/cloud-api/signup";
import { isWadeskError, type SendRequest } from "@wadesk/core";
import { createDevicesHandler } from "@wadesk/devices";
import { createAppHandler, createSessions } from "@wadesk/example-app";
import type { OpenedApp } from "@wadesk/example-app/server";
import { createWebhookHandler } from "@wadesk/webhooks";
import { toFastify } from "@wadesk/webhooks/fastify";
import fastify, { type FastifyInstance } from "fastify";

/**
 * The application: the vendors' webhooks, the Devices screen, the way back from Meta's dialog, its own pages with the chat, and three routes for `curl`. Those
 * three ask nobody who they are, so keep them on loopback.
 */
export async function createApp({ wadesk, parts }: Pick<OpenedApp, "wadesk" | "parts">): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true });
  const sessions = createSessions(wadesk);
  const { personOf, ownerOf, secure } = sessions;
  const devices = createDevicesHandler(wadesk, { authorize: personOf, secure });
  const signup = createSignupHandler(wadesk, { authorize: ownerOf, page: "/app/connected", secure });

  await app.register(toFastify(createWebhookHandler(wadesk)), { prefix: "/webhooks" });
  await app.register(toFastify(devices), { prefix: "/wadesk" });
  await app.register(toFastify(signup), { prefix: "/connect/wa-store" });
  await app.register(toFastify(createAppHandler({ wadesk, sessions, ...parts })), { prefix: "/app" });
  app.get("/", (_request, reply) => reply.redirect("/app"));
  // what is told live would keep it open
  app.addHook("preClose", () => devices.close());

  // a real application takes the workspace from the session of whoever is signed in, as the screens do
  const acme = wadesk.workspace("acme");
  // on the channel in force, whichever the admin has chosen
  app.post<{ Body: ManualInput }>("/connections", async ({ body }, reply) => {
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
